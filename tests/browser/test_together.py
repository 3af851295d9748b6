"""Two people write one application: invited, let in by the link in the mail, and at work."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal.core.models import Mail
from tests.browser.looking import check_with_axe
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_an_invited_person_comes_to_the_draft(
    page, console, live_server, enter, transactional_db, draft, applicant, other_applicant, settings
):
    settings.OUTBOX_SEND_ON_COMMIT = False  # what is secret loses its text when it is sent
    page.set_viewport_size({"width": 390, "height": 900})
    enter(applicant)
    page.goto(live_server.url + draft.get_absolute_url())
    page.get_by_role("link", name="Skriv tillsammans").click()
    press(page, "Skicka inbjudan")
    page.locator("#error-summary").wait_for()
    page.get_by_label("E-postadress").fill(other_applicant.email)
    page.get_by_label("Skriver", exact=True).check()
    press(page, "Skicka inbjudan")
    expect(page.get_by_role("heading", name="Inbjudna")).to_be_visible()
    check_with_axe(page)

    page.context.clear_cookies()
    link = re.search(r"https://portal\.example\.org(\S+)", Mail.objects.latest("pk").body)[1]
    page.goto(live_server.url + link)
    page.get_by_label("E-postadress").fill(other_applicant.email)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("heading", name=f"Delta i ”{draft.title}”?")).to_be_visible()
    check_with_axe(page)
    press(page, "Delta")
    # It is whole, and whoever began it was writing a moment ago.
    page.get_by_role("link", name="Fortsätt skriva").click()
    page.locator(".write-steps a").first.click()
    expect(page.get_by_text("Anna Ek").first).to_be_visible()
    check_with_axe(page)
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_label("Projektets namn")).to_have_value(draft.title)

    page.goto(live_server.url + reverse("my_pages"))
    expect(page.get_by_text("Påbörjad av Anna Ek. Du får skriva i den.")).to_be_visible()
    check_with_axe(page)
    page.context.clear_cookies()
    enter(applicant)
    page.goto(live_server.url + reverse("coapplicants", args=[draft.pk]))
    check_with_axe(page)
    row = page.locator("tr", has_text="Bo Lind")
    row.get_by_role("button", name=re.compile("^Ta bort")).click()
    expect(row).to_have_count(0)
    assert [said for said in console if "422" not in said] == []
