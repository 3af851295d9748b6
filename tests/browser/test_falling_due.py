"""What falls due reaches its officer by mail, and leads on to what is to be done."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from portal.core.models import Mail
from tests.browser.looking import check_with_axe

pytestmark = pytest.mark.browser


def test_an_expiring_agreement_and_an_ending_mandate_are_reminded_of(
    page, console, live_server, enter, agreement, network, officer, settings
):
    settings.OUTBOX_SEND_ON_COMMIT = False  # links lose their addresses when a mail is sent
    day = timezone.localdate() + timedelta(days=30)
    agreement.versions.filter(number=2).update(valid_until=day, until_precision="day")
    agreement.follow_versions()
    agreement.case.officer = officer
    agreement.case.save()
    network.representatives.create(
        name="Kim Snart", kind="elected", start=day.replace(year=day.year - 2), end=day
    )
    call_command("send_reminders", verbosity=0)
    call_command("send_reminders", verbosity=0)  # once is enough
    mail = Mail.objects.get(to=officer.email)
    assert "Samarbetsavtal med Vilnius" in mail.body
    assert "Kim Snart" in mail.body

    enter(officer)
    path = re.search(r"https://portal\.example\.org(/arbetsrum/)", mail.body)[1]
    page.goto(live_server.url + path)
    row = page.get_by_role("row", name=re.compile("Samarbetsavtal med Vilnius.*Löper ut"))
    expect(row).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Kim Snart.*andat"))).to_be_visible()
    check_with_axe(page)
    row.get_by_role("link").focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Påbörja en förlängning").or_(
        page.get_by_role("button", name="Påbörja en förlängning")
    ).first.wait_for()
    assert console == []
