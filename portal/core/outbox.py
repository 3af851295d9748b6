"""Mail leaves in two steps: a row in the transaction that caused it, then a worker's sending.

A crash between sending and marking may send a mail twice (with the same Message-ID, so that mail
programs show it once); a rolled back transaction sends none.
"""

import uuid
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from portal.core.models import Mail


def post(*, to, template: str, context: dict) -> Mail:
    """Write a mail to a user, in the user's language.

    The template's first line is the subject; subjects hold no personal data. Links are made from
    SITE_URL, never from the request's Host header.
    """
    with override(to.language):
        text = render_to_string(template, {**context, "to": to, "site_url": settings.SITE_URL})
    subject, _, body = text.strip().partition("\n")
    host = urlsplit(settings.SITE_URL).hostname
    mail = Mail.objects.create(
        to=to.email,
        subject=subject.strip(),
        body=body.strip() + "\n",
        message_id=f"<{uuid.uuid4()}@{host}>",
    )
    if settings.OUTBOX_SEND_ON_COMMIT:
        transaction.on_commit(send_pending, robust=True)
    return mail


def send_pending() -> int:
    """Send what waits, one short transaction a mail; returns how many were sent."""
    sent = 0
    with get_connection() as connection:
        while _send_next(connection):
            sent += 1
    return sent


@transaction.atomic
def _send_next(connection) -> bool:
    mail = Mail.objects.claimable().first()
    if mail is None:
        return False
    EmailMessage(
        subject=mail.subject,
        body=mail.body,
        to=[mail.to],
        headers={"Message-ID": mail.message_id},
        connection=connection,
    ).send()
    mail.sent_at = timezone.now()
    mail.save(update_fields=["sent_at"])
    return True
