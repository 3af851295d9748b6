"""Mail leaves in two steps: a row in the transaction that caused it, then a worker's sending.

A crash between sending and marking may send a mail twice (with the same Message-ID, so that mail
programs show it once); a rolled back transaction sends none.
"""

import logging
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from portal.core.logs import without_links
from portal.core.models import Mail

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Addressee:
    """Somebody without an account to write to; for the outbox as good as a user."""

    email: str
    full_name: str
    language: str


def post(
    *, to, template: str, context: dict, unsubscribe_url: str = "", is_secret: bool = False
) -> Mail:
    """Write a mail to a user or an addressee, in that person's language.

    The template's first line is the subject; subjects hold no personal data. Links are made from
    SITE_URL, never from the request's Host header. A secret mail (with a code that opens an
    account) is shown to nobody, and its text goes when it has been sent.
    """
    with override(to.language):
        text = render_to_string(template, {**context, **_frame(to)})
    subject, _, body = text.strip().partition("\n")
    host = urlsplit(settings.SITE_URL).hostname
    mail = Mail.objects.create(
        to=to.email,
        subject=subject.strip(),
        body=body.strip() + "\n",
        message_id=f"<{uuid.uuid4()}@{host}>",
        unsubscribe_url=unsubscribe_url,
        is_secret=is_secret,
    )
    if settings.OUTBOX_SEND_ON_COMMIT:
        transaction.on_commit(send_pending, robust=True)
    return mail


def _frame(to) -> dict:
    """What every mail may name: the recipient, the site, who signs and whom to write to."""
    return {
        "to": to,
        "site_url": settings.SITE_URL,
        "committee": settings.REGION[f"committee_{to.language}"],
        "contact": settings.REGION["contact"],
    }


def send_pending() -> int:
    """Send what waits, each mail in a short transaction of its own; returns how many were sent.

    A mail that cannot be sent holds up no other: it stays unsent and is tried at the next run.
    """
    sent, after = 0, 0
    while mail_pk := Mail.objects.waiting(after).values_list("pk", flat=True).first():
        sent += _try(mail_pk)
        after = mail_pk
    return sent


def _try(mail_pk: int) -> bool:
    try:
        return _send(mail_pk)
    except Exception as error:
        # The server's own words hold the address: only what kind of error it was is logged.
        kind = type(error).__name__
        log.error("Mail %s could not be sent (%s); it stays in the outbox.", mail_pk, kind)
        return False


@transaction.atomic
def _send(mail_pk: int) -> bool:
    mail = Mail.objects.claim(mail_pk)
    if mail is None:
        return False
    EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers=_headers(mail),
    ).send()
    # Whoever reads the outbox later does not get at the links that were sent.
    mail.sent_at = timezone.now()
    mail.body = "" if mail.is_secret else without_links(mail.body)
    mail.save(update_fields=["sent_at", "body"])
    return True


def _headers(mail: Mail) -> dict[str, str]:
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.unsubscribe_url:
        # RFC 8058: the reader's mail program can end the subscription with one press.
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers
