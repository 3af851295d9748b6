"""One whole application by the keys alone, and one without a script: every form and every step."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from grants.models import Application
from tests.browser.handing_in import kept_answers
from tests.browser.hands import Hands, Keys
from tests.cases.uploads import PDF
from tests.conftest import PASSWORD
from tests.grants.questions.conftest import add

pytestmark = [pytest.mark.browser, pytest.mark.one_engine]

CV = "Meritförteckning"


@pytest.fixture(params=[Keys, Hands], ids=["keys", "no_script"])
def hands(request, browser, live_server):
    context = browser.new_context(
        java_script_enabled=request.param is Keys, base_url=live_server.url
    )
    yield request.param(context.new_page())
    context.close()


@pytest.fixture
def asking(call, officer, now):
    """A call with questions of its own, one of them only after a certain answer, and a file."""
    form = call.begin_form(by=officer)
    section = form.sections.create(order=1, title_sv="Om resan", title_en="About the trip")
    alone = add(section, "yes_no", "Reser du ensam?", "Do you travel alone?")
    add(section, "long", "Vilka reser med?", "Who else?", shown_if=alone, shown_if_answer="no")
    add(section, "money", "Vad kostar resan?", "What does it cost?", is_required=False)
    form.publish(by=officer, at=now)
    call.scheme.attachments.create(name_sv=CV, name_en="Curriculum vitae")
    return call


class Walk:
    """Through the pages by what they say."""

    def __init__(self, hands):
        self.hands, self.page = hands, hands.page
        self.main = self.page.locator("main")

    def link(self, name):
        self.hands.press(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name):
        self.hands.press(self.main.get_by_role("button", name=name, exact=True).first)

    def write(self, prefix="", **typed):
        for name, text in typed.items():
            self.hands.write(self.main.locator(f"[name={prefix}{name}]"), text)

    def pick(self, name, label):
        self.hands.pick(self.main.locator(f"[name={name}]"), label)

    def tick(self, label, question=None):
        within = self.main.get_by_role("group", name=question) if question else self.main
        self.hands.tick(within.get_by_label(label, exact=True).first)

    def go_on(self, title):
        """Save, and go on to the step of this title."""
        self.button("Spara och fortsätt")
        self.arrives(title)

    def arrives(self, title):
        expect(self.main.locator(".write-steps [aria-current]")).to_have_text(title)
        self.page.wait_for_load_state()  # the script is there

    def says(self, text):
        expect(self.main).to_contain_text(text)


def test_an_application_is_written_handed_in_completed_and_withdrawn(
    hands, asking, applicant, other_applicant, officer, partner, perspectives, tmp_path
):
    walk = Walk(hands)
    walk.page.goto(reverse("my_pages"))
    walk.write(login=applicant.email, password=PASSWORD)
    walk.button("Logga in")
    begins(walk, asking)
    walk.button("Påbörja ansökan")
    writes(walk)
    declares(walk)
    attaches(walk, tmp_path)
    brings_others(walk, other_applicant)
    hands_in(walk)
    writes_a_message(walk)
    completes(walk, officer)
    withdraws(walk)
    begins_again_from_it(walk, asking)
    drafts = Application.objects.filter(state="draft")
    assert (Application.objects.get().state, drafts.count()) == ("withdrawn", 0)


def begins(walk, call):
    """From my pages to the call, whether one may apply, and to the form."""
    walk.link("Välj en utlysning och ansök")
    walk.link(str(call.scheme))
    walk.link("Får jag söka?")
    walk.tick("Privatperson", re.compile("Vem skulle"))
    walk.button("Visa svaret")
    walk.link("Ansök nu")
    walk.tick("Jag, som privatperson")


def writes(walk):
    """Each step of what is to be done and what it costs; rows come and go. One thing is left."""
    walk.arrives("Projektet")
    walk.write(title="Vävkonst i Vilnius", starts_on="2027-03-01", ends_on="2027-03-21")
    walk.go_on("Samarbetspartner utomlands")
    walk.pick("partners-0-partner", "Vilniusregionen")
    walk.write("partners-0-", email="rasa@example.org", role="Värd", gives="Vävstolar.",
               gets="Nya verk.")  # fmt: skip
    walk.button("Lägg till en samarbetspartner")
    expect(walk.main.locator("[name=partners-1-role]")).to_be_visible()
    walk.button("Ta bort Samarbetspartner 2")
    expect(walk.main.locator("[name=partners-1-role]")).to_have_count(0)
    walk.go_on("Aktiviteter")
    walk.write("activities-0-", what="Vävning", starts_on="2027-03-02", place="Vilnius")
    walk.pick("activities-0-country", "Litauen")
    walk.go_on("Perspektiv")
    walk.tick("Kunskap")
    walk.write("perspectives_kunskap_", how="Ny kunskap hem.", evidence="Fler kan mer.")
    walk.go_on("Budget")
    walk.write("costs-0-", text="Resa", amount="20 000")
    walk.button("Lägg till en kostnad")
    walk.write("costs-1-", text="Garn", amount="4 000,50")
    walk.write(amount="12 000")
    walk.pick("incomes-0-kind", "Sökandens egen insats")
    walk.write("incomes-0-", amount="12 000,50")
    walk.go_on("Utlysningens frågor")
    walk.tick("Nej", "Reser du ensam?")
    walk.hands.write(walk.main.get_by_label("Vilka reser med?"), "Två vävare.")


def declares(walk):
    walk.go_on("Intyg")
    walk.hands.tick(walk.main.locator("[name=truth]"))
    walk.tick("Nej", re.compile("EU-rättens mening"))
    walk.go_on("Bilagor")


def attaches(walk, tmp_path):
    """A wrong file is refused, the right one taken, and taken away and attached again."""
    honest, hostile = tmp_path / "cv.pdf", tmp_path / "fel.pdf"
    honest.write_bytes(PDF)
    hostile.write_bytes(b"<html>")
    for path, told in ((hostile, "ingen hel PDF-fil"), (honest, "bifogad")):
        walk.hands.attach(walk.main.get_by_label("Fil", exact=True).first, path)
        walk.button(re.compile("^Bifoga filen"))
        walk.says(told)
    walk.button(re.compile("^Ta bort"))
    walk.says("saknas")
    walk.hands.attach(walk.main.get_by_label("Fil", exact=True).first, honest)
    walk.button(re.compile("^Bifoga filen"))
    walk.says("bifogad")
    walk.link("Fortsätt")


def brings_others(walk, other):
    """Somebody is invited and uninvited; the partner abroad is asked to confirm."""
    address = reverse("application", args=[Application.objects.get().pk])
    walk.page.goto(address)
    walk.link("Skriv tillsammans")
    walk.write(email=other.email)
    walk.tick("Läser")
    walk.button("Skicka inbjudan")
    walk.button(re.compile("^Dra tillbaka"))
    expect(walk.main).not_to_contain_text(other.email)
    walk.link("Tillbaka till ansökan")
    walk.link("Samarbetspartnernas bekräftelser")
    walk.button(re.compile("^Be om bekräftelse"))
    walk.says("Tillfrågad")
    walk.page.goto(address)
    walk.link("Fortsätt skriva")


def hands_in(walk):
    """Refused for what was left, which is mended from the list of reasons."""
    walk.link("Granska och skicka in")
    walk.button("Skicka in ansökan")
    walk.hands.press(walk.main.locator("[aria-labelledby=left] a"))
    walk.link(re.compile("^Vad ni vill göra"))
    walk.write(summary="Tre veckor i en vävstuga.")
    walk.button("Spara")
    walk.link("Granska och skicka in")
    walk.button("Skicka in ansökan")
    expect(walk.main.locator(".receipt-number")).to_be_visible()
    kept = Application.objects.get()
    assert (kept.state, kept_answers(kept)) == ("submitted", ["no", "Två vävare.", None])


def writes_a_message(walk):
    walk.link("Till ansökan")
    walk.link("Läs och skriv")
    walk.write(text="När får vi veta?")
    walk.button("Skicka")
    walk.says("När får vi veta?")


def completes(walk, officer):
    """What the officer asked for is open, and sent in anew."""
    application, now = Application.objects.get(), timezone.now()
    application.request_completion(
        by=officer, at=now, fields=["summary"], text="Berätta mer.",
        due_on=timezone.localdate(now) + timedelta(days=7),
    )  # fmt: skip
    walk.page.goto(reverse("my_pages"))
    walk.link("Komplettera ”Vävkonst i Vilnius”")
    walk.link("Komplettera ansökan")
    walk.write(summary="Tre veckor i en vävstuga vid floden.")
    walk.button("Spara")
    walk.link("Granska och skicka in")
    walk.button("Skicka kompletteringen")
    walk.says("vid floden")
    assert Application.objects.get().state == "submitted"


def withdraws(walk):
    walk.page.goto(reverse("application", args=[Application.objects.get().pk]))
    walk.link("Återkalla ansökan")
    walk.button("Återkalla ansökan")
    walk.says("Återkallad")


def begins_again_from_it(walk, call):
    """What was written once is copied; and the new draft is thrown away."""
    walk.page.goto(reverse("my_pages"))
    begins(walk, call)
    walk.pick("earlier", "Vävkonst i Vilnius")
    walk.button("Påbörja ansökan")
    walk.link("Projektet")
    expect(walk.main.locator("[name=summary]")).to_have_value(re.compile("vid floden"))
    walk.link("Ta bort utkastet")
    walk.button("Ta bort utkastet")
    walk.says("Utkastet är borttaget")
