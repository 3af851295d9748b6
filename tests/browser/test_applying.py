"""From a call's questions, built by staff, to an application handed in; nothing typed is lost."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from grants.models import Application, Call
from tests.cases.uploads import PDF
from tests.conftest import BACKEND

pytestmark = pytest.mark.browser

SCREENS = ((1280, "light"), (390, "dark"))


@pytest.fixture
def be(page, live_server, enter):
    """Be somebody, and go somewhere."""

    def be(user, path):
        enter(user)
        page.goto(live_server.url + path)

    return be


def check(page):
    for width, scheme in SCREENS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": 900})
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()
        assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1280, "height": 900})


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def press_first(page, name):
    """Of several alike, told apart by what they are about."""
    page.locator("main").get_by_role("button", name=re.compile(f"^{name}")).first.click()


@pytest.fixture
def built(page, be, call, officer, live_server):
    """An officer builds the questions of a draft call and publishes it, all in the browser."""
    Call.objects.update(state="draft")
    be(officer, f"/admin/grants/call/{call.pk}/change/")
    page.get_by_role("link", name="Utlysningens egna frågor").click()
    press(page, "Börja med ett första avsnitt")
    page.get_by_role("link", name="Lägg till ett avsnitt").click()
    page.get_by_label("Rubrik på svenska").fill("Om resan")
    page.get_by_label("Rubrik på engelska").fill("About the trip")
    check(page)
    press(page, "Spara")
    ask(page, "Reser du ensam?", "Do you travel alone?", "Ja eller nej")
    ask(page, "Vilka reser med?", "Who else?", "Lång text", after="Reser du ensam? – Nej")
    ask(page, "Vad kostar biljetterna?", "What do the tickets cost?", "Belopp i kronor")
    check(page)
    page.get_by_role("link", name="Se det som sökande").click()
    expect(page.get_by_role("group", name="Reser du ensam?")).to_be_visible()
    check(page)
    page.goto(f"{live_server.url}/admin/grants/call/{call.pk}/change/")
    page.locator(".verbs button").first.click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    return call


def ask(page, swedish, english, kind, after=None):
    page.get_by_role("link", name=re.compile("^Lägg till en fråga")).click()
    page.get_by_label("Fråga på svenska").fill(swedish)
    page.get_by_label("Fråga på engelska").fill(english)
    page.get_by_label("Typ av svar").select_option(label=kind)
    if after:
        page.get_by_label("Visas bara när").select_option(label=after)
    press(page, "Spara")
    expect(page.get_by_text(swedish).first).to_be_visible()


def begin(page, be, call, applicant):
    be(applicant, f"/utlysningar/{call.slug}/")
    page.get_by_role("link", name="Får jag söka?").first.click()
    page.get_by_label("Privatperson").check()
    press(page, "Visa svaret")
    check(page)
    page.get_by_role("link", name="Ansök nu").click()
    page.get_by_label("Jag, som privatperson").check()
    press(page, "Påbörja ansökan")
    page.get_by_label("Projektets namn").wait_for()
    page.wait_for_load_state()  # the script is there


def test_a_call_is_built_published_applied_for_and_handed_in(
    page, console, be, built, applicant, partner, perspectives
):
    begin(page, be, built, applicant)
    others = page.get_by_label("Vilka reser med?")
    expect(others).to_be_hidden()
    page.get_by_role("group", name="Reser du ensam?").get_by_label("Nej").check()
    expect(others).to_be_visible()
    others.fill("Två dansare")
    page.get_by_label("Vad kostar biljetterna?").fill("1 000,50")
    page.get_by_label("Projektets namn").fill("Dans över havet")
    page.get_by_label("Vad vill du göra?").fill("Vi dansar.")
    page.get_by_label("Samarbetspartner").select_option(label=str(partner))
    page.get_by_label("Invanare", exact=True).check()
    page.get_by_label("Invanare: så bidrar projektet").fill("Möten")
    page.get_by_label("Belopp du söker").fill("20 000")
    page.get_by_label("Projektets totala kostnad").fill("60 000")
    page.get_by_label("Startdatum").fill("2027-03-01")
    page.get_by_label("Slutdatum").fill("2027-03-21")
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Sparat \d\d:\d\d$"))
    assert Application.objects.get().title == "Dans över havet"
    check(page)
    press(page, "Skicka in ansökan")
    page.get_by_text(re.compile(r"KUN \d{4}-\d{5}")).first.wait_for()
    kept = Application.objects.get()
    assert (kept.state, sorted(map(str, kept.answers.values()))) == (
        "submitted", ["1000.50", "Två dansare", "no"],
    )  # fmt: skip
    assert console == []


def test_a_file_is_attached_and_a_hostile_one_is_told(
    page, console, be, call, applicant, scheme, tmp_path
):
    scheme.attachments.create(name_sv="Meritförteckning", name_en="Curriculum vitae")
    honest, hostile = tmp_path / "cv.pdf", tmp_path / "fel.pdf"
    honest.write_bytes(PDF)
    hostile.write_bytes(b"<html>")
    begin(page, be, call, applicant)
    page.get_by_role("link", name="Bilagor").click()
    check(page)
    page.get_by_label("Fil", exact=True).first.set_input_files(hostile)
    press_first(page, "Bifoga filen")
    expect(page.locator("[data-told]").first).to_contain_text("ingen hel PDF-fil")
    page.get_by_label("Fil", exact=True).first.set_input_files(honest)
    press_first(page, "Bifoga filen")
    expect(page.get_by_text("Filen är bifogad")).to_be_visible()
    check(page)
    press_first(page, "Ta bort")
    expect(page.get_by_text("saknas")).to_be_visible()
    # The refusal's own status is all that the browser notes.
    assert [said for said in console if "422" not in said] == []


def test_the_other_language_takes_along_what_is_typed(page, console, be, call, applicant):
    begin(page, be, call, applicant)
    page.get_by_label("Projektets namn").fill("Dans över havet")
    page.get_by_label("Belopp du söker").fill("1_000")
    page.locator("#language-switch a", has_text="English").click()
    expect(page.get_by_label("Name of the project")).to_have_value("Dans över havet")
    expect(page.get_by_label("Amount you apply for")).to_have_value("1_000")
    assert console == []


def test_a_session_that_ends_while_one_writes_loses_nothing(page, be, call, applicant, live_server):
    begin(page, be, call, applicant)
    page.context.clear_cookies(name="sessionid")
    page.get_by_label("Projektets namn").fill("Skrivet för sent")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^Du har blivit utloggad"))
    path = page.url.removeprefix(live_server.url)
    press(page, "Spara utkastet")
    page.get_by_label("Lösenord").wait_for()
    page.get_by_label("E-postadress").fill(applicant.email)
    page.get_by_label("Lösenord").fill("a long password for tests")
    press(page, "Logga in")
    expect(page.get_by_label("Projektets namn")).to_have_value("Skrivet för sent")
    assert page.url == live_server.url + path
    check(page)
    press(page, "Spara utkastet")
    expect(page.get_by_text("Utkastet är sparat")).to_be_visible()
    assert Application.objects.get().title == "Skrivet för sent"


def test_without_script_every_question_stands_there(
    browser, be, built, applicant, live_server, client
):
    draft = Application.objects.start(call=built, by=applicant, at=built.opens_at)
    client.force_login(applicant, BACKEND)
    context = browser.new_context(java_script_enabled=False)
    cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value}
    context.add_cookies([{**cookie, "url": live_server.url}])
    page = context.new_page()
    page.goto(f"{live_server.url}/mina-sidor/{draft.pk}/skriv/")
    expect(page.get_by_label("Vilka reser med?")).to_be_visible()
    expect(page.get_by_text("Bara om du har svarat ”Nej” på ”Reser du ensam?”.")).to_be_visible()
    page.get_by_label("Vilka reser med?").fill("Ingen")
    press(page, "Spara utkastet")
    expect(page.get_by_text("Utkastet är sparat")).to_be_visible()
    context.close()
