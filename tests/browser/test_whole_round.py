"""A whole round in a real browser: twelve applications, three assessors, a budget that does not
reach, a meeting with a conflict and a vote, minutes, the notice board, letters, and the awards.
"""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from grants.models import Application, Assessment, Assignment, Award, Call, Letter
from portal.cases.models import Case
from portal.committee.models import Decision, Meeting, Proposal
from portal.core.roles import Role
from tests.committee.conftest import committee  # noqa: F401
from tests.conftest import complete, make_user, write_assessment

pytestmark = pytest.mark.browser

EACH, GRANTED, OF = "20 000", 10, 12


@pytest.fixture
def be(page, live_server, enter):
    """Be somebody, and go somewhere."""

    def be(user, name, *args):
        page.context.clear_cookies(name="sessionid")
        if user is not None:
            enter(user)
        page.goto(live_server.url + reverse(name, args=args))

    return be


def press(page, name, exact=True):
    page.locator("main").get_by_role("button", name=name, exact=exact).first.click()
    page.wait_for_load_state()


def told(page, text):
    expect(page.locator(".ds-alert, .messages").first).to_contain_text(text, timeout=15_000)


@pytest.fixture
def handed_in(call, partner, perspectives, now):
    """All but one of the twelve, each of a person of its own."""
    for number in range(1, OF):
        person = make_user(f"person{number}@example.org", name=f"Person {number}")
        draft = Application.objects.start(call=call, by=person, at=now)
        content = complete(partner, perspectives[0], title=f"Projekt {number}")
        draft.edit(by=person, at=now, content=content).submit(by=person, at=now)


@pytest.fixture
def experts(db):
    names = ("Eva", "Erik", "Ester")
    return [
        make_user(f"{name}@example.org", Role.ASSESSOR, name=f"{name} Expert") for name in names
    ]


def test_a_round_goes_from_its_opening_to_the_notice_board(
    page, console, be, call, handed_in, draft, applicant, officer, secretary, experts,
    committee, now,  # noqa: F811
):  # fmt: skip
    be(applicant, "review_application", draft.pk)
    press(page, "Skicka in ansökan")
    expect(page.locator("main")).to_contain_text("KUN ")
    Call.objects.update(closes_at=now)

    assessed(page, be, call, officer, experts, now)
    packet = proposed(page, be, call, officer)
    meeting = met(page, be, packet, secretary, committee, now)
    announced(page, be, meeting, secretary, committee)

    # Letters: read, and sent in one press.
    be(officer, "letters")
    press(page, f"Skicka alla {OF}")
    press(page, f"Skicka {OF} brev")
    told(page, f"{OF} brev är skickade.")
    assert Letter.objects.sent().count() == OF

    # What everybody reads.
    be(None, "grants")
    expect(page.locator("main")).to_contain_text("Projekt 1")
    be(None, "decisions")
    page.locator("tbody a").first.click()
    expect(page.get_by_role("link", name="Protokollet som PDF")).to_be_visible()
    be(applicant, "application", draft.pk)
    expect(page.get_by_role("link", name="Beslut om din ansökan")).to_be_visible()
    refused = [said for said in console if "422" not in said and "409" not in said]
    assert refused == []


def assessed(page, be, call, officer, experts, now):
    """Begun, assigned, one conflict declared and its place filled, all assessments sent."""
    be(officer, "call_queue", call.pk)
    press(page, "Börja bedöma de markerade")
    told(page, f"{OF} ansökningar har börjat bedömas.")
    be(officer, "call_assessors", call.pk)
    for expert in experts:
        page.get_by_label("Sakkunnig", exact=True).select_option(label=expert.full_name)
        press(page, "Lägg till")
    be(officer, "assignments", call.pk)
    press(page, "Bekräfta")
    told(page, f"Bekräftat: {2 * OF} nya.")

    eva = experts[0]
    be(eva, "my_assessments")
    page.locator("main .tasks a, main tbody a, main .row a").first.click()
    page.get_by_role("link", name="Jag är jävig").click()
    page.get_by_label("annan", exact=False).last.check()
    press(page, "Jag är jävig")
    left = Case.objects.get(conflicts__user=eva)
    assert Assignment.objects.in_force().count() == 2 * OF - 1
    be(officer, "assignments", call.pk)
    press(page, "Bekräfta")
    told(page, "Bekräftat: 1 nya.")

    first = Assignment.objects.in_force().filter(assessor=eva).first()
    be(eva, "assess", first.application_id)
    press(page, "Jag är inte jävig")
    page.get_by_label("5 – ", exact=False).check()
    page.get_by_label("Motivering").fill("Säker hand.")
    press(page, "Skicka bedömningen")
    told(page, "Bedömningen är skickad.")
    for one in Assignment.objects.in_force().unsent().select_related("application", "assessor"):
        score = 1 + one.application_id % 5
        at = timezone.now()
        write_assessment(one.application, one.assessor, at, score=score).send(
            by=one.assessor, at=at
        )
    assert not Assessment.objects.filter(application__case=left, assessor=eva).exists()


def proposed(page, be, call, officer):
    """Ranked by the assessments; twelve do not fit, ten do."""
    be(officer, "packet", call.pk)
    rows, left = page.locator("form.plan"), page.locator("#left-now")
    for number in range(OF):
        row = rows.nth(number)
        row.locator("summary").click()
        row.get_by_label("Skäl för beslutet").fill("Vägd mot de andra.")
        row.get_by_label("Utfall").select_option("Beviljad")
        row.get_by_label("Belopp").fill(EACH)
    # What was typed last is saved before the packet is proposed.
    press(page, f"Föreslå paketet: {OF} ansökningar")
    expect(page.locator("#error-summary")).to_contain_text("200\u00a0000\u00a0kr", timeout=15_000)
    expect(left).to_contain_text("överskrids med 40\u00a0000\u00a0kr")
    assert not Proposal.objects.exists()
    for number in range(GRANTED, OF):
        rows.nth(number).get_by_label("Utfall").select_option("Avslag")
    expect(left).to_have_text(re.compile("^0.kr är kvar"))
    press(page, f"Föreslå paketet: {OF} ansökningar")
    told(page, f"{OF} ansökningar har fått förslag.")
    return call.packet


def met(page, be, packet, secretary, committee, now):  # noqa: F811
    """Planned, summoned and opened; a member leaves for the packet and a substitute steps in."""
    be(secretary, "meetings")
    page.get_by_label("Plats").fill("Residenset")
    day = timezone.localdate(now) + timedelta(days=9)
    page.get_by_label("Dag", exact=True).fill(str(day))
    page.get_by_label("Tid", exact=True).fill("13:00")
    press(page, "Planera sammanträdet")
    press(page, f"Ta upp alla i ”{packet}” på föredragningslistan", exact=False)
    press(page, "Kalla")
    meeting = Meeting.objects.get()

    case = Case.objects.filter(proposals__item__meeting=meeting).first()
    be(committee["third"], "declare_conflict", case.pk)
    page.get_by_label("annan", exact=False).last.check()
    press(page, "Jag är jävig")

    be(secretary, "meeting", meeting.pk)
    for one in meeting.attendance.all():
        page.locator(f"[name=note_attendance-there_{one.pk}]").check()
    press(page, "Anteckna närvaron")
    page.get_by_label("Justerare").select_option(label="First")
    press(page, "Öppna sammanträdet")
    item = meeting.items.get()
    be(secretary, "agenda_item", meeting.pk, item.pk)
    expect(page.locator("aside")).to_contain_text("Third")
    page.locator("[name=leave-attendance]").select_option(label="Third")
    page.locator("[name=leave-replaced_by]").select_option(label="Stand_In")
    page.locator("form:has([name=leave-attendance]) [type=submit]").click()
    page.get_by_text("En omröstning").click()
    page.locator("[name=vote-question]").fill("Ska paketet beviljas som föreslaget?")
    for number, ballot in enumerate(page.locator(".ballots select").all()):
        ballot.select_option(index=1 if number < 3 else 2)
    press(page, "Anteckna omröstningen")
    press(page, "Skriv texten efter utfallen")
    press(page, "Anteckna beslutet")
    gone = page.get_by_role("button", name="Anteckna beslutet")
    expect(gone).to_have_count(0, timeout=15_000)
    assert (Decision.objects.count(), Award.objects.count()) == (OF, GRANTED)
    be(secretary, "meeting", meeting.pk)
    press(page, "Avsluta sammanträdet")
    return meeting


def announced(page, be, meeting, secretary, committee):  # noqa: F811
    for name in ("chair", "first"):
        be(committee[name], "meeting_minutes", meeting.pk)
        press(page, "Justera protokollet")
    be(secretary, "announce_meeting", meeting.pk)
    page.locator("[name=where]").fill("Registrator, Residenset i Vänersborg")
    page.get_by_role("checkbox", name="Visa protokollet på webben").check()
    press(page, "Anslå")
    told(page, "Det är anslaget.")
    be(None, "notices")
    expect(page.locator("main")).to_contain_text("Protokoll")


def test_a_delegated_decision_goes_to_its_reporting(
    page, console, be, live_server, proposed, officer, secretary, delegation_point,
    committee, now,  # noqa: F811
):  # fmt: skip
    delegation_point.is_reported = True
    delegation_point.save()
    proposed.case.proposals.update(delegation_point=delegation_point)

    be(officer, "admin:index")
    page.locator(".awaiting .mine a").first.click()
    page.locator("#result_list tbody th a").click()
    page.locator(".verbs a").first.click()
    page.locator("#id_amount").fill("60 000")
    page.locator(".submit-row input").click()
    expect(page.locator(".errornote, .errorlist").first).to_be_visible()
    assert not Decision.objects.exists()
    page.locator("#id_amount").fill("12 000")
    page.locator(".submit-row input").click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    decision = Decision.objects.get()
    assert (decision.delegate, decision.delegation_point) == (officer, delegation_point)
    be(officer, "letters")
    press(page, "Skicka det")
    press(page, "Skicka 1 brev")
    told(page, "1 brev är skickat.")

    be(secretary, "meetings")
    page.get_by_label("Plats").fill("Residenset")
    page.get_by_label("Dag", exact=True).fill(str(timezone.localdate(now) + timedelta(days=9)))
    page.get_by_label("Tid", exact=True).fill("13:00")
    press(page, "Planera sammanträdet")
    page.get_by_text("Ett annat ärende", exact=True).click()
    page.locator("[name=put_up-title]").fill("Övrigt")
    press(page, "Ta upp det på föredragningslistan")
    press(page, "Kalla")
    expect(page.get_by_role("link", name="Delegationsbeslut")).to_be_visible()
    meeting = Meeting.objects.get()
    for one in meeting.attendance.all():
        page.locator(f"[name=note_attendance-there_{one.pk}]").check()
    press(page, "Anteckna närvaron")
    page.get_by_label("Justerare").select_option(label="First")
    press(page, "Öppna sammanträdet")
    for item in meeting.items.order_by("order"):
        be(secretary, "agenda_item", meeting.pk, item.pk)
        if item.kind == "report":
            expect(page.locator("main")).to_contain_text(proposed.case.number)
        page.locator("[name=decide-text]").fill("Nämnden lägger det till handlingarna.")
        press(page, "Anteckna beslutet")
    be(secretary, "meeting", meeting.pk)
    press(page, "Avsluta sammanträdet")
    announced(page, be, meeting, secretary, committee)

    be(None, "decision", decision.pk)
    expect(page.locator("main")).to_contain_text("punkt 7.1")
    expect(page.locator("main")).to_contain_text("Det anslogs")
    assert [said for said in console if "422" not in said] == []
