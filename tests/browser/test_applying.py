"""From a call's questions, built by staff, to an application handed in; nothing typed is lost."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from playwright.sync_api import expect

from grants.models import Application, Call
from tests.browser.looking import check_with_axe
from tests.cases.uploads import PDF
from tests.conftest import BACKEND, complete

pytestmark = pytest.mark.browser


@pytest.fixture
def be(page, live_server, enter):
    """Be somebody, and go somewhere."""

    def be(user, path):
        enter(user)
        page.goto(live_server.url + path)

    return be


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
    check_with_axe(page)
    press(page, "Spara")
    ask(page, "Reser du ensam?", "Do you travel alone?", "Ja eller nej")
    ask(page, "Vilka reser med?", "Who else?", "Lång text", after="Reser du ensam? – Nej")
    ask(page, "Vad kostar biljetterna?", "What do the tickets cost?", "Belopp i kronor")
    check_with_axe(page)
    page.get_by_role("link", name="Se det som sökande").click()
    expect(page.get_by_role("group", name="Reser du ensam?")).to_be_visible()
    check_with_axe(page)
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
    check_with_axe(page)
    page.get_by_role("link", name="Ansök nu").click()
    page.get_by_label("Jag, som privatperson").check()
    press(page, "Påbörja ansökan")
    page.locator("[name=title]").wait_for()
    page.wait_for_load_state()  # the script is there


def go_to(page, step):
    """Through the list of steps, in English as in the code."""
    link = page.locator(".write-steps").get_by_role("link", name=say(step), exact=True)
    address = link.get_attribute("href")
    link.click()
    page.wait_for_url(f"**{address}")
    page.wait_for_load_state()


def say(text):
    return str(gettext(text))


def saved(page):
    expect(page.locator("[data-saved]")).to_have_text(re.compile(r"^Sparat \d\d:\d\d$"))


def test_a_call_is_built_published_applied_for_and_handed_in(
    page, console, be, built, applicant, partner, perspectives, now
):
    begin(page, be, built, applicant)
    draft = Application.objects.get()
    page.locator("[name=title]").fill("Dans över havet")
    # The way to another step waits until all is saved.
    go_to(page, "The call's questions")
    assert Application.objects.get().title == "Dans över havet"
    others = page.get_by_label("Vilka reser med?")
    expect(others).to_be_hidden()
    page.get_by_role("group", name="Reser du ensam?").get_by_label("Nej").check()
    expect(others).to_be_visible()
    others.fill("Två dansare")
    page.get_by_label("Vad kostar biljetterna?").fill("1 000,50")
    saved(page)
    check_with_axe(page)
    draft.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))
    go_to(page, "Look over and submit")
    press(page, say("Submit the application"))
    page.get_by_text(re.compile(r"KUN \d{4}-\d{5}")).first.wait_for()
    kept = Application.objects.get()
    assert (kept.state, sorted(map(str, kept.answers.values()))) == (
        "submitted", ["1000.50", "Två dansare", "no"],
    )  # fmt: skip
    assert console == []


def test_rows_come_and_go_and_the_sums_follow(page, console, be, call, applicant):
    begin(page, be, call, applicant)
    go_to(page, "Budget")
    page.locator("[name=costs-0-text]").fill("Resor")
    page.locator("[name=costs-0-amount]").fill("20 000")
    press(page, say("Add a cost"))
    expect(page.locator("[name=costs-1-text]")).to_be_focused()
    page.locator("[name=costs-1-amount]").fill("5 000,50")
    press(page, say("Add a cost"))
    page.locator("[name=costs-2-amount]").fill("1_0")
    page.locator("[name=amount]").fill("10 000")
    page.locator("[name=incomes-0-amount]").fill("15 000")
    sums = page.locator("[data-sum]")
    shown = ["25\u00a0000,50\u00a0kr", "10\u00a0000\u00a0kr", "15\u00a0000\u00a0kr"]
    expect(sums).to_have_text([*shown, *["0\u00a0kr"] * 3])
    expect(page.locator("[data-balance] [data-told]")).to_contain_text("0,50\u00a0kr")
    expect(page.locator("[data-saved]")).to_contain_text(f"{say('Cost')} 3")
    check_with_axe(page)
    # The second row goes, the third is the second now; what cannot be read waits on the page.
    press_first(page, f"{say('Remove')} {say('Cost')} 2")
    expect(page.locator("[data-rows=costs] legend")).to_have_text(
        [f"{say('Cost')} {n}" for n in (1, 2)]
    )
    page.locator("[name=costs-2-amount]").fill("5 000")
    expect(sums.first).to_have_text("25\u00a0000\u00a0kr")
    saved(page)
    draft = Application.objects.get()
    assert [line.amount for line in draft.budget_lines.filter(kind="cost")] == [20_000, 5_000]
    press(page, say("Save"))
    expect(page.locator("[name=costs-1-amount]")).to_have_value("5\u00a0000")
    assert console == []


def test_a_second_tab_is_told_and_overwrites_nothing(page, be, call, applicant):
    begin(page, be, call, applicant)
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.wait_for_load_state()
    page.locator("[name=title]").fill("I den ena")
    saved(page)
    tab.locator("[name=title]").fill("I den andra")
    expect(tab.locator("[data-saved]")).to_have_class(re.compile("is-wrong"))
    assert Application.objects.get().title == "I den ena"
    press(tab, say("Save"))
    cells = tab.locator(".ds-error-summary td")
    expect(cells).to_have_text(["I den ena", "I den andra"])
    press(tab, say("Save"))
    expect(tab.locator("[name=title]")).to_have_value("I den andra")
    assert Application.objects.get().title == "I den andra"


def test_one_takes_the_pen_and_the_other_takes_it_back(
    page, be, call, applicant, other_applicant, organisation, now, browser, live_server
):
    organisation.members.create(user=other_applicant, since=now.date())
    draft = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    path = reverse("write_project", args=[draft.pk])
    be(applicant, path)
    page.wait_for_load_state()
    theirs = Client()
    theirs.force_login(other_applicant, BACKEND)
    context = browser.new_context()
    session = theirs.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    other = context.new_page()
    other.goto(live_server.url + path)
    expect(other.get_by_text("Anna Ek").first).to_be_visible()
    expect(other.locator("[name=title]")).to_have_count(0)
    check_with_axe(other)
    press(other, say("Take over and write"))
    other.locator("[name=title]").fill("Bos")
    saved(other)
    page.locator("[name=title]").fill("Annas")
    expect(page.locator("[data-saved]")).to_contain_text("Bo Lind")
    press(page, say("Save and go on"))
    expect(page.locator(".ds-error-summary td")).to_have_text(["Bos", "Annas"])
    check_with_axe(page)
    press(page, say("Take over, and save what stands here"))
    expect(page.get_by_text(say("Saved.")).first).to_be_visible()
    draft.refresh_from_db()
    assert (draft.title, draft.writer) == ("Annas", applicant)
    context.close()


def test_a_file_is_attached_and_a_hostile_one_is_told(
    page, console, be, call, applicant, scheme, tmp_path
):
    scheme.attachments.create(name_sv="Meritförteckning", name_en="Curriculum vitae")
    honest, hostile = tmp_path / "cv.pdf", tmp_path / "fel.pdf"
    honest.write_bytes(PDF)
    hostile.write_bytes(b"<html>")
    begin(page, be, call, applicant)
    go_to(page, "Attachments")
    check_with_axe(page)
    page.get_by_label("Fil", exact=True).first.set_input_files(hostile)
    press_first(page, "Bifoga filen")
    expect(page.locator("[data-told]").first).to_contain_text("ingen hel PDF-fil")
    page.get_by_label("Fil", exact=True).first.set_input_files(honest)
    # The connection breaks on the way: the chosen file is still there to be sent again.
    page.route("**/bilagor/", lambda route: route.abort("connectionreset"), times=1)
    press_first(page, "Bifoga filen")
    expect(page.locator("[data-told]").first).to_contain_text("Försök igen")
    press_first(page, "Bifoga filen")
    expect(page.get_by_text("Filen är bifogad")).to_be_visible()
    check_with_axe(page)
    press_first(page, "Ta bort")
    expect(page.get_by_text("saknas")).to_be_visible()
    # The refusal's own status is all that the browser notes.
    assert [said for said in console if "422" not in said and "CONNECTION_RESET" not in said] == []
    assert Application.objects.get().attachments.count() == 0


def test_a_deadline_that_passes_while_the_form_is_open_is_told_and_leaves_the_words(
    page, be, call, applicant, now
):
    begin(page, be, call, applicant)
    page.locator("[name=title]").fill("Sparat i tid")
    saved(page)
    Call.objects.update(closes_at=now)
    page.locator("[name=summary]").fill("Skrivet för sent")
    expect(page.locator("[data-saved]")).to_contain_text("Utlysningen har stängt")
    press(page, say("Save"))
    expect(page.locator("#error-summary")).to_contain_text("Utlysningen har stängt")
    expect(page.locator("[name=summary]")).to_have_value("Skrivet för sent")
    draft = Application.objects.get()
    assert (draft.title, draft.summary) == ("Sparat i tid", "")


def test_the_other_language_takes_along_what_is_typed(page, console, be, call, applicant):
    begin(page, be, call, applicant)
    go_to(page, "Budget")
    page.locator("[name=amount]").fill("1_000")
    press(page, say("Add a cost"))
    page.locator("[name=costs-1-text]").fill("Resor")
    page.locator("#language-switch a", has_text="English").click()
    expect(page.get_by_label("Amount you apply for")).to_have_value("1_000")
    expect(page.locator("[name=costs-1-text]")).to_have_value("Resor")
    assert console == []


def test_a_session_that_ends_while_one_writes_loses_nothing(page, be, call, applicant, live_server):
    begin(page, be, call, applicant)
    page.context.clear_cookies(name="sessionid")
    page.locator("[name=title]").fill("Skrivet för sent")
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^Du har blivit utloggad"))
    path = page.url.removeprefix(live_server.url)
    press(page, say("Save"))
    page.get_by_label("Lösenord").wait_for()
    page.get_by_label("E-postadress").fill(applicant.email)
    page.get_by_label("Lösenord").fill("a long password for tests")
    press(page, "Logga in")
    expect(page.locator("[name=title]")).to_have_value("Skrivet för sent")
    assert page.url == live_server.url + path
    check_with_axe(page)
    press(page, say("Save"))
    expect(page.get_by_text(say("Saved.")).first).to_be_visible()
    assert Application.objects.get().title == "Skrivet för sent"
