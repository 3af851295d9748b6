"""Three real schemes, each built from nothing, refusing what its rules forbid, and applied for.

The rules are those the region has published, as `reference/schemes.json` has them.
"""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from grants.models import Application, Call
from portal.core.models import Organisation
from tests.browser import building
from tests.browser.building import begin_questions, fill, published_rules, rows_of, told
from tests.browser.test_applying import ask, go_to, press, press_first
from tests.cases.uploads import PDF

pytestmark = pytest.mark.browser


@pytest.fixture
def be(page, live_server, enter):
    """Be somebody, and go somewhere."""

    def be(user, path="/"):
        page.context.clear_cookies()
        enter(user)
        page.goto(live_server.url + path)

    return be


@pytest.fixture
def build(page, be, live_server, officer, administrator, perspectives, goal, line, now):
    """Officer and administrator make a call of the scheme; `questions` builds its own questions."""

    def build(rules, *, budget, shown, questions, **find_also):
        be(officer)
        rows = rows_of(rules, perspectives)
        scheme = building.build_scheme(
            page, live_server, rules, line=line, goal=goal, rows=rows, find_also=find_also
        )
        assert_kept(scheme, rules)
        proposed = building.propose_budget(page, live_server, scheme, now.year, budget)
        opens_at = now - timedelta(days=1)
        call = building.build_round(
            page, live_server, scheme, ("Våren", "Spring"), opens_at, now + timedelta(days=20)
        )
        questions()
        page.get_by_role("link", name="Se det som sökande").click()
        expect(page.get_by_role("heading", name="Förhandsvisning")).to_be_visible()
        preview = page.locator("main").inner_text()
        be(officer, f"/admin/grants/call/{call.pk}/change/")
        building.do(page, "Publicera")
        expect(told(page, "error")).to_contain_text(
            f"Be en administratör att bekräfta budgeten för {now.year} först."
        )
        be(administrator)
        building.confirm_budget(page, live_server, scheme, shown)
        proposed.refresh_from_db()
        assert (proposed.proposed_by, proposed.confirmed_by) == (officer, administrator)
        be(officer, f"/admin/grants/call/{call.pk}/change/")
        building.do(page, "Publicera")
        told(page)
        return Call.objects.get(), preview

    return build


def assert_kept(scheme, rules):
    assert (
        scheme.title_en, scheme.applicants, scheme.max_share_percent, scheme.max_award,
        scheme.requires_residence, scheme.requires_non_profit, scheme.only_own_costs,
        [one.name_sv for one in scheme.criteria.all()],
        [one.name_en for one in scheme.attachments.all()],
        [one.text_sv for one in scheme.terms.all()],
        scheme.delegation_point is not None, scheme.publication,
    ) == (
        rules["title_en"], rules["applicants"], rules.get("max_share_of_cost_percent"),
        rules.get("max_award_sek"), rules.get("requires_residence_in_region", False),
        rules.get("requires_non_profit", False), rules.get("only_own_costs", False),
        [one["name_sv"] for one in rules["criteria"]],
        [one["name_en"] for one in rules.get("attachments", [])],
        [one["sv"] for one in rules.get("terms", [])],
        rules["decision"] == "delegated", "published",
    )  # fmt: skip


def ask_whether(page, answers):
    """May I apply? As whom, then each question by a word of it."""
    for question, answer in answers.items():
        page.get_by_role("group", name=re.compile(question)).get_by_label(answer, exact=True).check()
    press(page, "Visa svaret")
    return page.locator("#answer")


def begin(page, who):
    page.get_by_role("link", name="Ansök nu").click()
    page.get_by_label(who).check()
    press(page, "Påbörja ansökan")
    page.locator("[name=title]").wait_for()
    page.wait_for_load_state()


def go_on(page):
    page.locator("main").get_by_role("button", name="Spara och fortsätt").click()
    page.wait_for_load_state()


def write_project(page, title, summary, partner, activity):
    """The first four steps, and on to the budget."""
    fill(page, title=title, summary=summary, starts_on="2027-03-01", ends_on="2027-03-21")
    go_on(page)
    fill(page, "partners-0-", role="Värd", gives="Lokal och publik.", gets="Nya verk.", **partner)
    go_on(page)
    fill(page, "activities-0-", what=activity, starts_on="2027-03-02", place="Vilnius",
         country="Litauen")  # fmt: skip
    go_on(page)
    page.locator("[name=perspectives_kunskap]").check()
    fill(page, "perspectives_kunskap_", how="Ny kunskap hem.", evidence="Fler kan mer.")
    go_on(page)
    page.locator("[name=costs-0-text]").wait_for()


def certify(page, *names):
    for name in names:
        page.locator(f"[name={name}]").check()
    page.get_by_role("group", name="Är sökanden ett företag i EU-rättens mening?").get_by_label("Nej").check()
    go_on(page)


def attach(page, path, title):
    path.write_bytes(PDF)
    part = page.get_by_role("region", name=title)
    part.get_by_label("Fil", exact=True).set_input_files(path)
    part.get_by_role("button", name="Bifoga filen").click()
    expect(part.get_by_text("bifogad", exact=True)).to_be_visible()


def refused(page, *reasons):
    """It is not handed in, and that is why."""
    go_to(page, "Look over and submit")
    press(page, "Skicka in ansökan")
    summary = page.locator("[aria-labelledby=left]")
    expect(summary).to_be_focused()
    expect(summary.locator("li")).to_have_text(reasons)
    draft = Application.objects.get()
    assert (draft.state, draft.case.number) == ("draft", None)
    return summary


def hand_in(page, year):
    go_to(page, "Look over and submit")
    press(page, "Skicka in ansökan")
    expect(page.locator(".receipt-number")).to_have_text(f"KUN {year}-00001")
    application = Application.objects.get()
    assert (application.state, application.case.number) == ("submitted", f"KUN {year}-00001")
    return application


def answered(application):
    given = application.answers
    return [given[one.key] for one in application.form.all_questions()]


def test_a_travel_grant_pays_at_most_half_the_journey(
    page, console, be, build, delegation_point, applicant, partner, tmp_path, now
):
    rules = published_rules("internationellt-resestipendium")

    def questions():
        begin_questions(page, "Om resan", "About the journey")
        ask(page, "Varför just dit?", "Why there?", "Lång text")
        ask(page, "Reser du ensam?", "Do you travel alone?", "Ja eller nej")

    call, preview = build(
        rules, budget="200 000", shown="200\u00a0000\u00a0kr", questions=questions,
        delegation_point="Stipendier",
    )  # fmt: skip
    assert "Varför just dit?" in preview
    be(applicant, call.get_absolute_url())
    expect(page.get_by_text("Högst 50 procent av den totala kostnaden")).to_be_visible()
    page.get_by_role("link", name="Får jag söka?").click()
    answer = ask_whether(page, {"Vem": "Privatperson", "bosatt och verksam": "Nej"})
    expect(answer).to_contain_text("Stödet är för den som bor och är verksam i regionen.")
    ask_whether(page, {"Vem": "Privatperson", "bosatt och verksam": "Ja"})
    begin(page, "Jag, som privatperson")
    write_project(page, "Vävkonst i Vilnius", "Jag lär mig linvävning.",
                  {"partner": "Vilniusregionen"}, "Studieresa")  # fmt: skip
    fill(page, "costs-0-", text="Tåg och båt", amount="20 000")
    fill(page, "incomes-0-", amount="8 000")
    fill(page, amount="12 000")
    go_on(page)
    page.get_by_label("Varför just dit?").fill("Där vävs lin.")
    page.get_by_role("group", name="Reser du ensam?").get_by_label("Ja").check()
    go_on(page)
    certify(page, "residence", "truth")
    attach(page, tmp_path / "cv.pdf", "CV")
    half = "Du kan söka högst 50 % av den totala kostnaden: 10\u00a0000\u00a0kr."
    refused(page, half).get_by_role("link", name="Budget").click()
    expect(page.locator("main .ds-alert li", has_text=half).get_by_role("link")).to_be_visible()
    fill(page, amount="10 000")
    fill(page, "incomes-0-", amount="10 000")
    expect(page.locator("[data-share=applied]")).to_have_text("50,0 %")
    go_on(page)
    kept = hand_in(page, now.year)
    assert (kept.amount, kept.total_cost) == (Decimal(10_000), Decimal(20_000))
    assert answered(kept) == ["Där vävs lin.", "yes"]
    assert [one.required.name_sv for one in kept.attachments.all()] == ["CV"]
    assert [said for said in console if "422" not in said] == []


def test_a_residency_is_given_at_most_fifty_thousand(
    page, console, be, build, delegation_point, applicant, now
):
    rules = published_rules("valfri-gastatelje")

    def questions():
        begin_questions(page, "Om vistelsen", "About the stay")
        ask(page, "Vad tillför vistelsen konstnärskapet?", "What does it give?", "Lång text")

    call, preview = build(
        rules, budget="", shown="Inget tak", questions=questions, delegation_point="Stipendier"
    )
    assert "Vad tillför vistelsen konstnärskapet?" in preview
    be(applicant, call.get_absolute_url())
    expect(page.get_by_text("Högst 50\u00a0000\u00a0kr per ansökan")).to_be_visible()
    page.get_by_role("link", name="Får jag söka?").click()
    ask_whether(page, {"Vem": "Privatperson", "bosatt och verksam": "Ja"})
    begin(page, "Jag, som privatperson")
    write_project(page, "Tre veckor i Nida", "Jag arbetar i en ateljé vid havet.",
                  {"name": "Nidas konstkoloni", "country": "Litauen"}, "Vistelse")  # fmt: skip
    for number, (text, amount) in enumerate({"Resa": "9 000", "Ateljé och bostad": "51 000"}.items()):
        if number:
            press(page, "Lägg till en kostnad")
        fill(page, f"costs-{number}-", text=text, amount=amount)
    fill(page, amount="60 000")
    go_on(page)
    page.get_by_label("Vad tillför vistelsen konstnärskapet?").fill("Ljuset.")
    go_on(page)
    certify(page, "residence", "truth")
    ceiling = "Du kan söka högst 50\u00a0000\u00a0kr."
    refused(page, ceiling).get_by_role("link", name="Budget").click()
    fill(page, amount="50 000")
    fill(page, "incomes-0-", amount="10 000")
    go_on(page)
    kept = hand_in(page, now.year)
    assert (kept.amount, kept.total_cost) == (Decimal(50_000), Decimal(60_000))
    assert answered(kept) == ["Ljuset."]
    assert [said for said in console if "422" not in said] == []


def test_cooperation_is_for_those_without_profit_and_for_their_own_costs(
    page, console, be, build, agreement, applicant, organisation, other_applicant, partner,
    tmp_path, now,
):  # fmt: skip
    rules = published_rules("stod-for-avtalssamarbete")
    written, certificate = (one["name_sv"] for one in rules["attachments"])

    def questions():
        begin_questions(page, "Om samarbetet", "About the cooperation")
        ask(page, "Vad betyder det för avtalet?", "What does it mean to the agreement?", "Lång text")

    call, preview = build(
        rules, budget="", shown="Inget tak", questions=questions, agreements="Vilnius"
    )
    assert list(call.scheme.agreements.all()) == [agreement]
    assert "Vad betyder det för avtalet?" in preview

    company = Organisation.objects.create(name="Scen AB", number="556036-0793", kind="company")
    company.members.create(user=other_applicant, role="manager", since=now.date())
    be(other_applicant, call.get_absolute_url())
    expect(page.get_by_role("link", name=str(agreement))).to_be_visible()
    page.get_by_role("link", name="Får jag söka?").click()
    answer = ask_whether(page, {"Vem": "Företag", "vinstsyfte": "Nej", "egna kostnader": "Nej"})
    expect(answer.locator("li")).to_have_text([
        re.compile("^De som får söka är: Ideell förening"),
        "Stödet är för den som arbetar utan vinstsyfte.",
        "Stödet täcker den sökandes egna kostnader, inte motpartens.",
    ])
    page.screenshot(path="/tmp/schemes_elig.png", full_page=True)
    be(other_applicant, call.get_absolute_url())
    page.get_by_role("link", name="Ansök nu").click()
    page.screenshot(path="/tmp/schemes_company.png", full_page=True)

    be(applicant, call.get_absolute_url())
    begin(page, organisation.name)
    write_project(page, "Kör i två städer", "Vi sjunger tillsammans.",
                  {"partner": "Vilniusregionen", "own_funding": "30 000"}, "Konsert")  # fmt: skip
    fill(page, "costs-0-", text="Våra resor", amount="20 000")
    press(page, "Lägg till en kostnad")
    fill(page, "costs-1-", text="Deras resor", amount="30 000", bearer="Samarbetspartnerns kostnad")
    fill(page, amount="50 000")
    go_on(page)
    page.get_by_label("Vad betyder det för avtalet?").fill("Mer sång.")
    go_on(page)
    certify(page, "own_costs", "truth")
    refused(
        page,
        "Stödet gäller bara sökandens egna kostnader: ta bort det som samarbetspartnern betalar.",
        "Stödet är för den som arbetar utan vinstsyfte.",
        f"Bifoga: {written}.",
        f"Bifoga: {certificate}.",
    )
    page.screenshot(path="/tmp/schemes_refused.png", full_page=True)
    go_to(page, "Budget")
    press_first(page, "Ta bort Kostnad 2")
    fill(page, amount="20 000")
    go_on(page)
    page.get_by_label("Vad betyder det för avtalet?").wait_for()
    go_to(page, "Declarations")
    certify(page, "non_profit")
    attach(page, tmp_path / "avtal.pdf", written)
    refused(page, f"Bifoga: {certificate}.").get_by_role("link", name="Bilagor").click()
    attach(page, tmp_path / "intyg.pdf", certificate)
    kept = hand_in(page, now.year)
    assert (kept.organisation, kept.amount, kept.total_cost) == (organisation, 20_000, 20_000)
    assert [line.bearer for line in kept.budget_lines.filter(kind="cost")] == ["applicant"]
    assert [one.required.name_sv for one in kept.attachments.all()] == [written, certificate]
    assert answered(kept) == ["Mer sång."]
    assert [said for said in console if "422" not in said] == []
