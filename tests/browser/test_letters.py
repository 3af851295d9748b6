"""Letters in the browser: read, changed, a batch sent, and the PDF fetched by its applicant."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from grants.models import Letter
from tests.browser.looking import check_with_axe
from tests.grants.letters.conftest import letter, many, several  # noqa: F401

pytestmark = pytest.mark.browser


def test_letters_are_read_changed_sent_and_fetched(
    page,
    console,
    enter,
    live_server,
    several,  # noqa: F811
    officer,
):
    first = several(2)[0]

    def visit(name, *args):
        page.goto(live_server.url + reverse(name, args=args))

    enter(officer)
    visit("workroom")
    page.get_by_role("link", name="Brev", exact=True).click()
    check_with_axe(page)
    page.get_by_role("link", name="Person 0").click()
    check_with_axe(page)
    page.get_by_role("link", name="Ändra det").click()
    check_with_axe(page)
    page.get_by_label("Text").fill("Hej!\n\n# Beslutet\nDet blev ja.")
    page.get_by_role("button", name="Spara").click()
    expect(page.locator(".letter-paper h3")).to_have_text("Beslutet")

    # Tick one, by keyboard; then all: the confirmation says to whom.
    visit("letters")
    page.get_by_role("checkbox", name="Skicka till Person 1").press("Space")
    page.get_by_role("button", name="Skicka de förkryssade").click()
    expect(page.locator("h1")).to_have_text("Skicka 1 brev?")
    check_with_axe(page)
    page.get_by_role("link", name="Inte nu").click()
    page.get_by_role("button", name="Skicka alla 2").click()
    page.get_by_role("button", name="Skicka 2 brev").click()
    expect(page.locator(".ds-alert").first).to_contain_text("2 brev är skickade.")
    check_with_axe(page)

    enter(first.to)
    visit("application", first.application_id)
    check_with_axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Beslut om din ansökan").click()
    assert download.value.path().read_bytes()[:5] == b"%PDF-"
    assert Letter.objects.sent().count() == 2
    assert console == []


def test_a_large_batch_goes_on_by_itself(
    page,
    enter,
    live_server,
    many,  # noqa: F811
    officer,
):
    many(45)
    enter(officer)
    page.goto(live_server.url + reverse("letters"))
    page.get_by_role("button", name="Skicka alla 45").click()
    page.get_by_role("button", name="Skicka 45 brev").click()
    expect(page.locator(".ds-alert").first).to_contain_text("45 brev är skickade.", timeout=30_000)
