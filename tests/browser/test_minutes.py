"""Minutes from their draft to the notice board, and the decision as everybody reads it."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.committee.models import Decision, Notice
from tests.browser.looking import check_with_axe
from tests.committee.conftest import (  # noqa: F401
    closed,
    committee,
    in_session,
    planned,
    proposal,
    summoned,
)

pytestmark = pytest.mark.browser


def test_minutes_are_adjusted_announced_and_read(
    page,
    console,
    enter,
    live_server,
    closed,  # noqa: F811
    committee,  # noqa: F811
    secretary,
):
    def visit(path):
        page.goto(live_server.url + path)

    minutes = reverse("meeting_minutes", args=[closed.pk])
    for name in ("chair", "first"):
        enter(committee[name])
        visit(minutes)
        check_with_axe(page)
        page.get_by_role("button", name="Justera protokollet").click()
        expect(page.get_by_role("button", name="Justera protokollet")).to_have_count(0)
    expect(page.locator(".eyebrow")).to_have_text("Justerat protokoll")

    enter(secretary)
    visit(reverse("to_announce"))
    check_with_axe(page)
    page.locator("tbody a").click()
    check_with_axe(page)
    page.locator("[name=where]").fill("Registrator, Residenset i Vänersborg")
    page.get_by_role("checkbox", name="Visa protokollet på webben").check()
    page.get_by_role("button", name="Anslå").click()
    expect(page.locator(".ds-alert")).to_contain_text("Det är anslaget.")

    page.context.clear_cookies()
    notice, decision = Notice.objects.get(), Decision.objects.get()
    for path in ("/anslagstavla/", notice.get_absolute_url(), "/beslut/"):
        visit(path)
        check_with_axe(page)
    page.locator("tbody a").click()
    page.wait_for_url(f"**{decision.get_absolute_url()}")
    check_with_axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Protokollet som PDF").click()
    assert download.value.suggested_filename.startswith("protokoll-")
    assert console == []
