"""An agreement and a membership pass through the same chain as an application: agenda, §, minutes,
notice board, and what everybody reads.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from portal.committee.models import Decision, Meeting
from tests.agreements.conftest import coming, negotiated  # noqa: F401
from tests.browser.looking import check_with_axe
from tests.browser.test_whole_round import announced, be, press  # noqa: F401
from tests.committee.conftest import committee  # noqa: F401
from tests.networks.conftest import change, monitoring, proposed_change, ricc  # noqa: F401

pytestmark = pytest.mark.browser

REASONS = {"agreement": "Stärker utbytet.", "engagement": "Vi vill delta."}


def test_an_agreement_and_a_membership_are_decided_at_a_meeting(
    page, console, be, negotiated, proposed_change, officer, secretary, committee, now,  # noqa: F811
):  # fmt: skip
    version = negotiated.propose(by=officer, at=now, reasons=REASONS["agreement"])
    be(secretary, "meetings")
    page.get_by_label("Plats").fill("Residenset")
    page.get_by_label("Dag", exact=True).fill(str(timezone.localdate(now) + timedelta(days=9)))
    page.get_by_label("Tid", exact=True).fill("13:00")
    press(page, "Planera sammanträdet")
    matters = page.locator("[name=put_up_proposals-proposals]")
    expect(matters).to_have_count(len(REASONS))
    for matter in matters.all():
        matter.check()
    page.get_by_label("Vart och ett som ett eget ärende").check()
    press(page, "Ta upp de valda på föredragningslistan")
    press(page, "Kalla")
    meeting = Meeting.objects.get()

    # A member reads the terms before the meeting.
    be(committee["second"], "meeting_papers", meeting.pk)
    for fold in page.get_by_text("Ärendet i sin helhet").all():
        fold.click()
    for text in ("Vi byter dansare.", "Bjuda in två dansare", "RICC", *REASONS.values()):
        expect(page.locator("main")).to_contain_text(text)
    check_with_axe(page)

    be(secretary, "meeting", meeting.pk)
    for one in meeting.attendance.all():
        page.locator(f"[name=note_attendance-there_{one.pk}]").check()
    press(page, "Anteckna närvaron")
    page.get_by_label("Justerare").select_option(label="First")
    press(page, "Öppna sammanträdet")
    for item in meeting.items.order_by("order"):
        be(secretary, "agenda_item", meeting.pk, item.pk)
        press(page, "Skriv texten efter utfallen")
        press(page, "Anteckna beslutet")
        expect(page.locator("main")).to_contain_text("Beslutet är antecknat.", timeout=15_000)
    be(secretary, "meeting", meeting.pk)
    press(page, "Avsluta sammanträdet")
    announced(page, be, meeting, secretary, committee)

    version.refresh_from_db()
    proposed_change.refresh_from_db()
    assert (version.state, proposed_change.state) == ("approved", "in_force")
    for decision in Decision.objects.select_related("proposal__case"):
        be(None, "decision", decision.pk)
        for text in (
            f"§ {decision.section}", "Godkänt", decision.proposal.case.title,
            REASONS[decision.proposal.case.kind], "Det anslogs",
        ):  # fmt: skip
            expect(page.locator("main")).to_contain_text(text)
        check_with_axe(page)
    be(None, "decisions")
    expect(page.locator("tbody tr")).to_have_count(2)
    assert [said for said in console if "422" not in said] == []
