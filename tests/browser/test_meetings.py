"""A meeting in a real browser: planned, kept and closed; and its papers on a member's tablet."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from portal.cases.models import Conflict
from portal.committee.models import Decision, Meeting
from tests.browser.looking import check_with_axe
from tests.committee.conftest import committee, proposal, row  # noqa: F401

pytestmark = pytest.mark.browser


def test_a_meeting_is_kept_without_a_script_and_read_by_its_members(
    page,
    console,
    live_server,
    enter,
    committee,  # noqa: F811
    proposal,  # noqa: F811
    secretary,
    now,
):
    def press(name):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_load_state()

    enter(secretary)
    page.goto(live_server.url + reverse("workroom"))
    page.get_by_role("link", name="Sammanträden").first.click()
    page.get_by_label("Plats").fill("Residenset")
    press("Planera sammanträdet")
    expect(page.locator("#error-summary")).to_be_focused()
    check_with_axe(page)
    page.get_by_label("Dag", exact=True).fill(str(timezone.localdate(now) + timedelta(days=9)))
    page.get_by_label("Tid", exact=True).fill("13:00")
    press("Planera sammanträdet")
    check_with_axe(page)
    page.get_by_label("Dans över havet").check()
    press("Ta upp de valda på föredragningslistan")
    page.get_by_text("Ett annat ärende").click()
    page.locator("[name=put_up-title]").fill("Övrigt")
    press("Ta upp det på föredragningslistan")
    press("↑ Flytta upp: Övrigt")
    press("Kalla")
    meeting = Meeting.objects.get()
    for one in meeting.attendance.all():
        page.locator(f"[name=note_attendance-there_{one.pk}]").check()
    check_with_axe(page)
    press("Anteckna närvaron")
    page.get_by_label("Justerare").select_option(label="First")
    press("Öppna sammanträdet")
    check_with_axe(page)

    # At the item one has to leave, and a substitute steps in.
    Conflict.objects.declare(proposal.case, ground="agent", by=committee["third"], at=now)
    page.get_by_role("link", name="§ 2 Dans över havet").click()
    expect(page.locator("aside")).to_contain_text("Third")
    press("Skriv texten efter utfallen")
    press("Anteckna beslutet")
    expect(page.locator("#error-summary")).to_contain_text("Third")
    check_with_axe(page)
    page.locator("[name=leave-attendance]").select_option(label="Third")
    page.locator("[name=leave-replaced_by]").select_option(label="Stand_In")
    page.locator("form:has([name=leave-attendance]) [type=submit]").click()
    page.get_by_text("En omröstning").click()
    check_with_axe(page)
    press("Anteckna beslutet")
    assert Decision.objects.get().amount == 15_000
    page.goto(live_server.url + reverse("agenda_item", args=[meeting.pk, meeting.items.last().pk]))
    check_with_axe(page)

    # On a member's tablet; and what is left for one who is barred.
    papers = live_server.url + reverse("meeting_papers", args=[meeting.pk])
    enter(committee["other_stand_in"])
    page.goto(papers)
    page.get_by_text("Ärendet i sin helhet").click()
    expect(page.locator("main")).to_contain_text("Tre veckors residens")
    check_with_axe(page)
    enter(committee["third"])
    page.goto(papers)
    expect(page.locator("main")).not_to_contain_text("Dans över havet")
    check_with_axe(page)
    assert [one for one in console if "422" not in one] == []
