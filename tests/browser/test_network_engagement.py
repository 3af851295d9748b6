"""From monitoring a network to being active in it, by a recorded decision, in a real browser."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from playwright.sync_api import expect

from networks.models import Engagement, Network
from portal.cases.models import Case
from tests.browser.looking import check_with_axe
from tests.browser.test_thin_thread import choose, person, press  # noqa: F401

pytestmark = pytest.mark.browser


@pytest.fixture
def language():
    return "sv"


@pytest.fixture
def ricc(perspectives, goal, line):
    network = Network.objects.create(
        slug="ricc", acronym="RICC", kind="eu_organisation", publication="published",
        name_sv="Initiativ för kultur", name_en="Initiative for culture",
        about_sv="Om kultur.", about_en="On culture.",
    )  # fmt: skip
    network.tags.create(perspective=perspectives[3], how_sv="Påverkar", how_en="Influences")
    case = Case.objects.create(kind="engagement", title="RICC")
    network.engagements.create(case=case, level="monitors", source="Regionens webbplats")
    return network


def test_a_change_is_begun_proposed_decided_and_shown(
    person,  # noqa: F811
    live_server,
    ricc,
    officer,
    secretary,
    page,
):
    today = timezone.localdate()
    # An officer begins the change on the network's page, and proposes it.
    desk, open_ = person(officer)
    open_("admin:networks_network_change", ricc.pk)
    press(desk, "Börja ett nytt engagemang")
    desk.locator("[name=level]").select_option("active")
    desk.locator("[name=start]").fill(today.isoformat())
    desk.get_by_role("checkbox", name="Utbyte").check()
    desk.locator("[name=_save]").click()
    change = Engagement.objects.get(level="active")
    assert change.state == "draft"
    open_("admin:networks_engagement_change", change.pk)
    press(desk, "Föreslå beslut")
    desk.locator("[name=reasons]").fill("Vi vill vara med och påverka.")
    desk.locator("[type=submit].default").click()
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    expect(desk.locator("[name=level]")).to_have_count(0)

    # Nobody outside reads of it yet.
    address = live_server.url + ricc.get_absolute_url()
    page.goto(address)
    expect(page.locator(".timeline li")).to_have_count(1)
    expect(page.locator(".status").first).to_have_text("Bevakar")

    # The secretary records the committee's decision.
    proposal = change.case.proposals.get()
    desk, open_ = person(secretary)
    open_("admin:committee_proposal_verb", proposal.pk, "record_meeting_decision")
    choose(desk, "outcome", "approved")
    desk.locator("[name=reasons]").fill("Enligt förslaget.")
    desk.locator("[name=met_on]").fill(today.isoformat())
    desk.locator("[name=section]").fill("17")
    desk.locator("[type=submit].default").click()
    expect(desk.locator(".messagelist .success")).to_have_count(1)

    # Everybody reads what holds, by which decision, and what ended the day before.
    page.goto(address)
    expect(page.locator(".status").first).to_have_text("Aktiv")
    first, second = page.locator(".timeline li").all()
    expect(first).to_contain_text("Aktiv inom")
    expect(first).to_contain_text(f"{proposal.case.number}, § 17")
    expect(second).to_contain_text("Bevakar")
    expect(second).to_contain_text("Regionens webbplats")
    eve = today - timedelta(days=1)
    assert Engagement.objects.get(level="monitors").end == eve
    listed = page.request.get(f"{live_server.url}/api/v1/networks/?engagement=active").json()
    assert [network["slug"] for network in listed["results"]] == ["ricc"]


def test_staff_see_whose_mandate_ends(person, ricc, officer):  # noqa: F811
    today = timezone.localdate()
    for name, days in (("Kim Snart", 30), ("Lo Sedan", 300)):
        ricc.representatives.create(
            name=name, kind="elected", start=date(2024, 1, 1), end=today + timedelta(days=days)
        )
    desk, open_ = person(officer)
    open_("admin:networks_representative_changelist")
    expect(desk.locator("#result_list tbody tr")).to_have_count(2)
    desk.get_by_role("link", name="Mandatet slutar inom 90 dagar").click()
    expect(desk.locator("#result_list tbody tr")).to_have_count(1)
    expect(desk.locator("#result_list tbody")).to_contain_text("Kim Snart")


@pytest.fixture
def full(ricc, perspectives, partner, officer):
    """A network with one of everything that its page can show, and a professional one."""
    today = timezone.localdate()
    group = ricc.groups.create(name_sv="Museer", name_en="Museums")
    ricc.participations.create(partner=partner, group=group, source="Källa")
    partner.network_participations.create(network=ricc, invented=True)
    kim = ricc.representatives.create(
        name="Kim Öppen", kind="elected", start=date(2024, 1, 1), is_public=True, invented=True
    )
    ricc.representatives.create(
        name="Lo Öppen", kind="staff", start=date(2024, 1, 1), is_public=True, substitute_for=kim
    )
    membership = ricc.memberships.create(source="KUN 2020-00001", start=date(2020, 1, 1))
    for year in (2025, 2026):
        membership.fees.create(year=year, amount=100_000)
    for number, report in enumerate(("Det gick bra.", "")):
        ricc.meetings.create(
            title_sv=f"Möte {number}", title_en=f"Meeting {number}", is_public=True,
            report_sv=report, report_en=report, starts_on=today - timedelta(days=9),
        )  # fmt: skip
    Network.objects.create(
        slug="pro", acronym="PRO", kind="professional", publication="published", parent=ricc,
        name_sv="Yrkesnätverk", name_en="Professionals",
    )  # fmt: skip
    return partner


@pytest.mark.one_engine
@pytest.mark.parametrize("spoken", ["sv", "en"])
def test_axe_finds_no_fault_on_networks_and_nothing_overflows(
    page, live_server, full, ricc, spoken
):
    with translation.override(spoken):
        addresses = [ricc.get_absolute_url(), reverse("networks"), full.get_absolute_url()]
    for address in addresses:
        page.goto(live_server.url + address)
        for details in page.locator("main details:not(.filter-fold)").all():
            details.locator("summary").click()
        check_with_axe(page)
