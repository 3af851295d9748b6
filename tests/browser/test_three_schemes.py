"""Three real schemes: each built from nothing, refusing what its rules forbid, and applied for.

The rules are those the region has published, as `reference/schemes.json` has them.
"""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from grants.models import Call, Scheme
from portal.core.models import Organisation
from tests.browser import building
from tests.browser.building import change_page, fill, published_rules, told
from tests.browser.handing_in import (
    ask_whether,
    attach,
    begin,
    certify,
    go_on,
    hand_in,
    kept_answers,
    mend,
    refused,
    write_until_budget,
)
from tests.browser.test_admin import admin_page
from tests.browser.test_applying import go_to, press, press_first

pytestmark = pytest.mark.browser

NO_CEILING = ("", "Inget tak")
HALF = "Du kan söka högst 50 % av den totala kostnaden: 10\u00a0000\u00a0kr."
FIFTY_THOUSAND = "Du kan söka högst 50\u00a0000\u00a0kr."
OWN_COSTS = (
    "Stödet gäller bara sökandens egna kostnader: ta bort det som samarbetspartnern betalar."
)
RESIDENTS = "Stödet är för den som bor och är verksam i regionen."
WITHOUT_PROFIT = "Stödet är för den som arbetar utan vinstsyfte."


@pytest.fixture
def be(page, live_server, enter):
    """Be somebody, and go somewhere."""

    def be(user, path):
        enter(user)
        page.goto(live_server.url + path)

    return be


@pytest.fixture
def build(page, be, officer, administrator, perspectives, goal, line, now):
    """An officer builds scheme, budget, round and questions; an administrator confirms."""

    def build(rules, *, budget, section, questions, **found):
        be(officer, admin_page(Scheme, "changelist"))
        scheme = building.build_scheme(
            page, rules, line=line, goal=goal, perspectives=perspectives, found=found
        )
        check_rules(scheme, rules)
        typed, shown = budget
        proposed = building.propose_budget(page, scheme, now.year, typed)
        be(officer, change_page(scheme))
        opens_at, closes_at = now - timedelta(days=1), now + timedelta(days=20)
        call = building.build_round(page, scheme, ("Våren", "Spring"), opens_at, closes_at)
        building.build_questions(page, section, questions)
        be(officer, change_page(call))
        building.publish(page)
        expect(told(page, "error")).to_contain_text(
            f"Be en administratör att bekräfta budgeten för {now.year} först."
        )
        be(administrator, "/admin/")
        building.confirm_budget(page, scheme, shown)
        proposed.refresh_from_db()
        assert (proposed.proposed_by, proposed.confirmed_by) == (officer, administrator)
        be(officer, change_page(call))
        building.publish(page)
        told(page)
        return Call.objects.public().get()

    return build


def check_rules(scheme, rules):
    """What was typed is what is kept, and public."""
    names = ("name_sv", "name_en")
    assert [
        scheme.title_sv, scheme.title_en, scheme.applicants, scheme.max_share_percent,
        scheme.max_award, scheme.requires_residence, scheme.requires_non_profit,
        scheme.only_own_costs, scheme.report_days_after_end, scheme.delegation_point is not None,
        list(scheme.criteria.values(*names)), list(scheme.attachments.values(*names)),
        [one.text_sv for one in scheme.terms.all()],
        [one.perspective.slug for one in scheme.tags.select_related("perspective")],
        scheme.publication,
    ] == [
        rules["title_sv"], rules["title_en"], rules["applicants"],
        rules.get("max_share_of_cost_percent"), rules.get("max_award_sek"),
        rules.get("requires_residence_in_region", False), rules.get("requires_non_profit", False),
        rules.get("only_own_costs", False), rules.get("report_days_after_end"),
        rules["decision"] == "delegated", rules["criteria"], rules.get("attachments", []),
        [one["sv"] for one in rules.get("terms", [])],
        [one["slug"] for one in rules["perspectives"]], "published",
    ]  # fmt: skip


@pytest.fixture
def nothing_broke(console):
    """A refusal's own status is all that the browser may note."""
    yield
    assert [said for said in console if "422" not in said] == []


@pytest.mark.usefixtures("nothing_broke")
def test_a_travel_grant_pays_at_most_half_of_the_journey(
    page, be, build, delegation_point, applicant, partner, tmp_path, now
):
    call = build(
        published_rules("internationellt-resestipendium"),
        budget=("200 000", "200\u00a0000\u00a0kr"), delegation_point="Stipendier",
        section=("Om resan", "About the journey"),
        questions=[("Varför just dit?", "Why there?", "Lång text"),
                   ("Reser du ensam?", "Do you travel alone?", "Ja eller nej")],
    )  # fmt: skip
    be(applicant, call.get_absolute_url())
    expect(page.get_by_text("Högst 50 procent av den totala kostnaden")).to_be_visible()
    page.get_by_role("link", name="Får jag söka?").click()
    answer = ask_whether(page, {"Vem skulle": "Privatperson", "bosatt och verksam": "Nej"})
    expect(answer.locator("li")).to_have_text([RESIDENTS])
    ask_whether(page, {"bosatt och verksam": "Ja"})
    begin(page, "Jag, som privatperson")
    write_until_budget(page, "Vävkonst i Vilnius", "Studieresa", partner="Vilniusregionen")
    fill(page, "costs-0-", text="Tåg och båt", amount="20 000")
    fill(page, amount="12 000", **{"incomes-0-amount": "8 000"})
    expect(page.locator("[data-share=applied]")).to_have_text("60,0 %")
    go_on(page, ".form-section")
    page.get_by_label("Varför just dit?").fill("Där vävs lin.")
    page.get_by_role("group", name="Reser du ensam?").get_by_label("Ja").check()
    go_on(page, "[name=truth]")
    certify(page, "residence", "truth")
    attach(page, tmp_path / "cv.pdf", "CV")

    mend(page, refused(page, HALF), "Budget", HALF)
    fill(page, amount="10 000", **{"incomes-0-amount": "10 000"})
    expect(page.locator("[data-share=applied]")).to_have_text("50,0 %")
    go_on(page, ".form-section")
    kept = hand_in(page, now.year)
    assert (kept.amount, kept.total_cost) == (Decimal(10_000), Decimal(20_000))
    assert kept_answers(kept) == ["Där vävs lin.", "yes"]
    assert [one.required.name_sv for one in kept.attachments.all()] == ["CV"]


@pytest.mark.usefixtures("nothing_broke")
def test_a_residency_is_given_at_most_fifty_thousand(
    page, be, build, delegation_point, applicant, now
):
    asked = "Vad tillför vistelsen konstnärskapet?"
    call = build(
        published_rules("valfri-gastatelje"),
        budget=NO_CEILING, delegation_point="Stipendier",
        section=("Om vistelsen", "About the stay"),
        questions=[(asked, "What does the stay give the artist's work?", "Lång text")],
    )  # fmt: skip
    be(applicant, call.get_absolute_url())
    expect(page.get_by_text("Högst 50\u00a0000\u00a0kr per ansökan")).to_be_visible()
    begin(page, "Jag, som privatperson")
    write_until_budget(
        page, "Ateljé i Nida", "Vistelse", name="Nidas konstkoloni", country="Litauen"
    )
    fill(page, "costs-0-", text="Resa och uppehälle", amount="9 000")
    press(page, "Lägg till en kostnad")
    fill(page, "costs-1-", text="Ateljé, bostad och material", amount="51 000")
    fill(page, amount="60 000")
    go_on(page, ".form-section")
    page.get_by_label(asked).fill("Ljuset.")
    go_on(page, "[name=truth]")
    certify(page, "residence", "truth")

    mend(page, refused(page, FIFTY_THOUSAND), "Budget", FIFTY_THOUSAND)
    fill(page, amount="50 000", **{"incomes-0-amount": "10 000"})
    go_on(page, ".form-section")
    kept = hand_in(page, now.year)
    assert (kept.amount, kept.total_cost) == (Decimal(50_000), Decimal(60_000))
    assert [line.amount for line in kept.budget_lines.filter(kind="own")] == [Decimal(10_000)]
    assert kept_answers(kept) == ["Ljuset."]


@pytest.fixture
def company(other_applicant, now):
    company = Organisation.objects.create(name="Scen AB", number="556036-0793", kind="company")
    company.members.create(user=other_applicant, role="manager", since=now.date())
    return company


@pytest.mark.usefixtures("nothing_broke", "company")
def test_cooperation_is_for_those_without_profit_and_their_own_costs_with_both_certificates(
    page, be, build, agreement, applicant, organisation, other_applicant, tmp_path, now
):
    rules, asked = published_rules("stod-for-avtalssamarbete"), "Vad betyder det för avtalet?"
    written, certificate = (one["name_sv"] for one in rules["attachments"])
    call = build(
        rules, budget=NO_CEILING, agreements="Vilnius",
        section=("Om samarbetet", "About the cooperation"),
        questions=[(asked, "What does it mean to the agreement?", "Lång text")],
    )  # fmt: skip
    assert list(call.scheme.agreements.all()) == [agreement]

    # A company is told why it may not, before it writes a word and where it would begin.
    be(other_applicant, call.get_absolute_url())
    expect(page.get_by_role("link", name=str(agreement))).to_be_visible()
    page.get_by_role("link", name="Får jag söka?").click()
    answer = ask_whether(
        page, {"Vem skulle": "Företag", "vinstsyfte": "Nej", "egna kostnader": "Ja"}
    )
    only = re.compile("^De som får söka är: Ideell förening, .*Trossamfund.$")
    expect(answer.locator("li")).to_have_text([only, WITHOUT_PROFIT])
    be(other_applicant, call.get_absolute_url())
    page.get_by_role("link", name="Ansök nu").click()
    told_why = page.get_by_text("Scen AB (Företag) får inte söka det här stödet")
    expect(told_why).to_be_visible()
    expect(page.get_by_text("De som får söka är: Ideell förening")).to_be_visible()
    expect(page.get_by_role("button", name="Påbörja ansökan")).to_have_count(0)

    be(applicant, call.get_absolute_url())
    begin(page, organisation.name)
    write_until_budget(
        page, "Kör i två städer", "Konsert", partner="Vilniusregionen", own_funding="30 000"
    )
    fill(page, "costs-0-", text="Våra resor", amount="20 000")
    press(page, "Lägg till en kostnad")
    fill(page, "costs-1-", text="Deras resor", amount="30 000", bearer="Samarbetspartnerns kostnad")
    fill(page, amount="50 000")
    go_on(page, ".form-section")
    page.get_by_label(asked).fill("Mer sång.")
    go_on(page, "[name=truth]")
    certify(page, "own_costs", "truth")

    lacking = (f"Bifoga: {written}.", f"Bifoga: {certificate}.")
    summary = refused(page, OWN_COSTS, WITHOUT_PROFIT, *lacking)
    mend(page, summary, "Budget", f"Kostnad 2, Vems kostnad: {OWN_COSTS}")
    press_first(page, "Ta bort Kostnad 2")
    fill(page, amount="20 000")
    go_on(page, ".form-section")
    summary = refused(page, WITHOUT_PROFIT, *lacking)
    mend(page, summary, "Intyg", f"Sökanden verkar utan vinstsyfte. {WITHOUT_PROFIT}")
    certify(page, "non_profit")
    attach(page, tmp_path / "avtal.pdf", written)
    refused(page, lacking[1])
    go_to(page, "Attachments")
    attach(page, tmp_path / "intyg.pdf", certificate)
    kept = hand_in(page, now.year)
    assert (kept.organisation, kept.amount, kept.total_cost) == (organisation, 20_000, 20_000)
    assert [line.text for line in kept.budget_lines.all()] == ["Våra resor"]
    assert [one.required.name_sv for one in kept.attachments.all()] == [written, certificate]
    assert kept_answers(kept) == ["Mer sång."]
    assert set(kept.declarations["certified"]) == {"non_profit", "own_costs", "truth"}
