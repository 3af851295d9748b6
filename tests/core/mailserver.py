from smtplib import SMTPRecipientsRefused

from django.core.mail.backends.locmem import EmailBackend

from portal.core.models import Mail


class RefusesFirst(EmailBackend):
    """A mail server that never takes the oldest mail, and takes the others."""

    def send_messages(self, messages):
        oldest = Mail.objects.order_by("pk").first()
        if any(m.extra_headers["Message-ID"] == oldest.message_id for m in messages):
            raise SMTPRecipientsRefused({})
        return super().send_messages(messages)


class RefusesAll(EmailBackend):
    """A mail server that repeats the address it refuses, as real ones do."""

    def send_messages(self, messages):
        raise SMTPRecipientsRefused({address: (550, b"no") for m in messages for address in m.to})
