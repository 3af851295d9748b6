"""A yearly review by both sides in a real browser: sent, written by link and by staff, closed."""

import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from agreements.models import Commitment, Review
from tests.browser.looking import check_with_axe
from tests.browser.test_thin_thread import person  # noqa: F401

pytestmark = pytest.mark.browser

LINK = r"https://portal\.example\.org(/en/agreements/review/\S+/)"


@pytest.fixture
def language():
    return "sv"


@pytest.fixture
def ledger(agreement, perspectives, now):
    """What both sides have undertaken."""
    agreement.parties.filter(partner__slug="vilnius").update(
        email="rasa@example.org", signatory="Rasa Petraitė"
    )
    version = agreement.versions.signed().last()
    for party, text in zip(agreement.parties.all(), ("Visa dans", "Ta emot konst"), strict=True):
        commitment = Commitment.objects.create(
            agreement=agreement, version=version, party=party, text_sv=text,
            text_en=f"{text} (en)", is_public=True, due_on=now.date(),
        )  # fmt: skip
        commitment.perspectives.add(perspectives[0])
    return agreement


def press(desk, text):
    """A verb of the page."""
    desk.locator(".verbs").get_by_text(text, exact=True).click()
    desk.wait_for_load_state()


def test_a_yearly_review_is_written_by_both_sides(
    person,  # noqa: F811
    browser,
    live_server,
    officer,
    ledger,
):
    # An officer begins the review of the year and sends the link.
    desk, open_ = person(officer)
    open_("admin:agreements_review_add")
    desk.locator(".field-agreement .select2-selection").click()
    desk.locator(".select2-search__field").fill("vilnius")
    desk.locator(".select2-results__option", has_text="Samarbetsavtal").click()
    check_with_axe(desk)
    desk.locator("[name=_continue]").click()
    desk.wait_for_load_state()
    review = Review.objects.get()
    press(desk, "Skicka länkarna för att skriva")
    expect(desk.locator(".messagelist .success")).to_have_count(1)
    message = mail.outbox[-1]
    assert message.to == ["rasa@example.org"]
    link = live_server.url + re.search(LINK, message.body)[1]

    # The partner writes in English on a telephone, without an account; a mistake keeps the words.
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(link)
    expect(page.locator("html")).to_have_attribute("lang", "en")
    check_with_axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.get_by_label("What went well").fill("People met.\nAnd stayed.")
    page.get_by_label("Ta emot konst (en)").check()
    page.get_by_label("Your role").fill("Head of culture")
    page.get_by_role("button", name="Send our part").click()
    page.wait_for_load_state()
    expect(page.locator("#error-summary")).to_be_focused()
    check_with_axe(page)
    assert page.get_by_label("What went well").input_value() == "People met.\nAnd stayed."
    assert page.get_by_label("Ta emot konst (en)").is_checked()
    page.get_by_label("Your name").fill("Rasa Petraitė")
    page.get_by_label("invanare (en)").fill("More encounters.")
    page.get_by_role("button", name="Send our part").click()
    expect(page.locator("h1")).to_have_text("Thank you")
    check_with_axe(page)
    assert context.cookies() == []
    assert page.goto(link).status == 410
    expect(page.locator("main")).to_contain_text("It works once.")
    check_with_axe(page)

    # Staff write our part, read both, and close with what the public reads.
    open_("admin:agreements_review_change", review.pk)
    expect(desk.locator("#parts-group")).to_contain_text("And stayed.")
    check_with_axe(desk)
    press(desk, "Skriv vår del")
    check_with_axe(desk)
    desk.locator("[name=went_well]").fill("Vi lärde oss mycket.")
    desk.locator("[name=author_role]").fill("Handläggare")
    desk.locator("[name=achieved_invanare]").fill("Fler möten.")
    desk.locator("[type=submit].default").click()
    desk.wait_for_load_state()
    press(desk, "Avsluta utvärderingen")
    assert "Vi lärde oss mycket." in desk.locator("[name=summary_sv]").input_value()
    assert "People met." in desk.locator("[name=summary_en]").input_value()
    assert desk.locator("[name=achieved_en_invanare]").input_value() == "More encounters."
    check_with_axe(desk)
    desk.locator("[name=summary_sv]").fill("Ett gott år.")
    desk.locator("[type=submit].default").click()
    desk.wait_for_load_state()
    expect(desk.locator(".field-state")).to_contain_text("Stängd")

    # Everybody reads the summary on the agreement's page, and nobody's name.
    page.goto(live_server.url + ledger.get_absolute_url())
    main = page.locator("main")
    for text in ("Ett gott år.", "Fler möten.", "Visa dans", "Ta emot konst"):
        expect(main).to_contain_text(text)
    expect(main).not_to_contain_text("Rasa")
    check_with_axe(page)
    context.close()

    # The overview counts both.
    open_("agreements_overview")
    check_with_axe(desk)
