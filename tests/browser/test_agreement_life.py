"""An agreement with Vilnius in a real browser: from draft to both confirmations, and again."""

import re

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from agreements.models import Agreement
from tests.browser.looking import check_with_axe
from tests.browser.test_thin_thread import person  # noqa: F401

pytestmark = pytest.mark.browser

LINK = r"https://portal\.example\.org(/\S+/(?:bekrafta|confirm)/\S+/)"


@pytest.fixture
def language():
    return "sv"


def press(desk, text):
    """A verb of the page."""
    desk.locator(".verbs").get_by_text(text, exact=True).click()
    desk.wait_for_load_state()


def links(live_server):
    found = {}
    for message in mail.outbox:
        link = re.search(LINK, message.body)
        if link:
            found[message.to[0]] = live_server.url + link[1]
    mail.outbox.clear()
    return found


def confirm(page, url, name):
    page.goto(url)
    check_with_axe(page)
    page.locator("[name=name]").fill(name)
    page.locator("[name=role]").fill("Ordförande")
    page.locator("[name=agrees]").check()
    page.locator("main button[type=submit]").click()
    page.wait_for_load_state()
    check_with_axe(page)


def decide(desk, open_, section):
    open_("admin:committee_proposal_changelist")
    desk.locator("#result_list tbody tr", has_text="Väntar på beslut").locator("th a").click()
    press(desk, "Registrera nämndens beslut")
    desk.locator("[name=outcome][value=approved]").check()
    desk.locator("[name=reasons]").fill("Ömsesidigt.")
    desk.locator("[name=met_on]").fill(timezone.localdate().isoformat())
    desk.locator("[name=section]").fill(str(section))
    desk.locator("[type=submit].default").click()
    expect(desk.locator(".messagelist .success")).to_have_count(1)


def test_from_draft_to_both_confirmations_and_again(
    person,  # noqa: F811
    page,
    live_server,
    officer,
    secretary,
    partner,
    perspectives,
    goal,
    line,
):
    # An officer writes the agreement and its first version.
    desk, open_ = person(officer)
    open_("admin:agreements_agreement_add")
    for code in ("sv", "en"):
        desk.locator(f"[name=title_{code}]").fill(f"Vilnius {code}")
    desk.locator("[name=slug]").fill("vilnius-nytt")
    desk.locator("[name=kind]").select_option("cooperation_agreement")
    desk.locator("#parties-group .add-row a").click()
    desk.locator("#parties-0 .select2-selection").first.click()
    desk.locator(".select2-search__field").fill("vilnius")
    desk.locator(".select2-results__option", has_text="Vilniusregionen").click()
    desk.locator("[name=_save]").click()
    agreement = Agreement.objects.get()
    agreement.parties.filter(partner=None).update(email="hugo@example.org", signatory="Hugo")
    agreement.parties.filter(partner=partner).update(email="rasa@example.org", language="lt")
    agreement.goals.add(goal)
    agreement.tags.create(perspective=perspectives[0], how_sv="Möten", how_en="Encounters")
    Agreement.objects.update(line=line)
    version = agreement.versions.get()

    def write():
        open_("admin:agreements_agreementversion_change", version.pk)

    write()
    desk.locator("[name=valid_until]").fill(f"{timezone.localdate().year + 3}-12-31")
    desk.locator("#texts-group .add-row a").click()
    desk.locator("[name=texts-0-language]").select_option("sv")
    desk.locator("[name=texts-0-title]").fill("Avtal")
    desk.locator("[name=texts-0-body]").fill("Vi byter dansare.")
    desk.locator("[name=texts_public]").check()
    desk.locator("[name=_continue]").click()
    press(desk, "Inled förhandlingen")
    press(desk, "Föreslå beslut")
    desk.locator("[name=reasons]").fill("Stärker utbytet.")
    desk.locator("[type=submit].default").click()

    # The committee approves; each party confirms through its own link.
    board, visit = person(secretary)
    decide(board, visit, 12)
    write()
    press(desk, "Skicka länkarna för att bekräfta")
    first = links(live_server)
    assert sorted(first) == ["hugo@example.org", "rasa@example.org"]
    confirm(page, first["rasa@example.org"], "Rasa Petraitė")
    confirm(page, first["hugo@example.org"], "Hugo Påhittad")
    page.goto(first["rasa@example.org"])
    expect(page.locator("h1")).to_have_text("The link does not open")
    check_with_axe(page)

    # A changed term voids both, and tells them; the way is walked again.
    write()
    press(desk, "Ändra villkoren")
    assert agreement.versions.get().confirmations.live().count() == 0
    assert sorted(message.to[0] for message in mail.outbox) == sorted(first)
    desk.locator("[name=texts-0-body]").fill("Vi byter dansare och sångare.")
    desk.locator("[name=_continue]").click()
    press(desk, "Föreslå beslut")
    desk.locator("[name=reasons]").fill("Ändrat villkor.")
    desk.locator("[type=submit].default").click()
    decide(board, visit, 31)
    write()
    press(desk, "Skicka länkarna för att bekräfta")
    second = links(live_server)
    for address, name in (("hugo@example.org", "Hugo"), ("rasa@example.org", "Rasa")):
        confirm(page, second[address], name)
    write()
    press(desk, "Anteckna som undertecknat")
    desk.locator("[type=submit].default").click()
    open_("admin:agreements_agreement_change", agreement.pk)
    press(desk, "Publicera")

    # The public reads the same terms; a renewal begins from them.
    page.goto(live_server.url + reverse("agreement", args=["vilnius-nytt"]))
    expect(page.locator(".texts")).to_contain_text("dansare och sångare")
    expect(page.locator("main")).to_contain_text(agreement.versions.get().fingerprint)
    check_with_axe(page)
    press(desk, "Påbörja en förlängning")
    renewal = agreement.versions.get(number=2)
    assert (renewal.state, renewal.texts.get().body) == ("draft", "Vi byter dansare och sångare.")
