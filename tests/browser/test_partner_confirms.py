"""A partner abroad is asked and answers in a real browser, on a telephone and without script."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from grants.parts import PARTS
from portal.core.models import Mail
from tests.browser.looking import check_with_axe
from tests.cases.uploads import PDF
from tests.grants.test_partner_link import LINK

pytestmark = pytest.mark.browser


def test_a_partner_is_asked_and_confirms(
    page, browser, enter, live_server, draft, applicant, now, settings
):
    settings.OUTBOX_SEND_ON_COMMIT = False
    [row] = PARTS["partners"].read(draft)
    rows = [{**row, "email": "rasa@example.org"}, {"name": "Oulu"}]
    draft.edit(by=applicant, at=now, content={"partners": rows})

    # The applicant comes from the step about partners and asks.
    enter(applicant)
    page.goto(live_server.url + reverse("write_partners", args=[draft.pk]))
    page.get_by_role("link", name="Be samarbetspartnerna bekräfta sin del").click()
    check_with_axe(page)
    page.get_by_role("button", name="Be om bekräftelse").click()
    expect(page.locator("main .status").first).to_have_text("Tillfrågad")
    link = live_server.url + re.search(LINK, Mail.objects.get().body)[1]

    # The partner has no script, forgets its name, and sends it with a certificate.
    context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    phone = context.new_page()
    phone.goto(link)
    phone.get_by_label("We confirm our part").check()
    phone.get_by_role("button", name="Send our answer").click()
    expect(phone.locator("#error-summary")).to_contain_text("Your name")
    phone.get_by_label("Your name").fill("Rasa Petraitė")
    file = {"name": "letter.pdf", "mimeType": "application/pdf", "buffer": PDF}
    phone.get_by_label("Certificate").set_input_files(file)
    check_with_axe_on(browser, link)
    phone.get_by_role("button", name="Send our answer").click()
    expect(phone.locator("h1")).to_have_text("Thank you")
    assert context.cookies() == []
    assert phone.goto(link).status == 410
    context.close()

    # The applicant reads the answer.
    page.reload()
    expect(page.locator("main .status").first).to_have_text("Bekräftat")
    expect(page.locator("main")).to_contain_text("Intyg från Vilniusregionen")
    check_with_axe(page)


def check_with_axe_on(browser, link):
    """The partner's page, and the same with a fault on it, where script runs for the check."""
    page = browser.new_page()
    page.goto(link)
    check_with_axe(page)
    page.get_by_role("button", name="Send our answer").click()
    check_with_axe(page)
    page.close()
