import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from portal.core.models import Mail
from tests.conftest import PASSWORD, TOTP_SECRET


def code_now(secret=TOTP_SECRET):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


@pytest.fixture
def outbox(db, settings):
    """The mails as they were written: what is secret loses its text when it has been sent."""
    settings.OUTBOX_SEND_ON_COMMIT = False
    return Mail.objects


def mailed_code(to):
    """The code in the latest mail to somebody."""
    body = Mail.objects.filter(to=to).latest("pk").body
    return re.search(r"(?:Koden är|The code is) (\S+)", body)[1]


@pytest.fixture
def send_password(client):
    def send_password(email, password=PASSWORD, **besides):
        data = {"login": email, "password": password, **besides}
        return client.post("/konto/logga-in/", data)

    return send_password
