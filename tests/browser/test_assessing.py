"""An officer assigns, an expert declares, assesses and sends; both read it side by side."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from grants.models import Assessment
from portal.core.roles import Role
from tests.browser.looking import check_with_axe
from tests.conftest import make_user

pytestmark = pytest.mark.browser


def press(page, name):
    page.locator("main").get_by_role("button", name=name, exact=True).click()


def test_from_assigning_to_side_by_side(
    page, console, live_server, enter, transactional_db, submitted, officer, scheme, now
):
    expert = make_user("expert@example.org", Role.ASSESSOR, name="Eva Sakkunnig")
    for name in ("Konst", "Utbyte"):
        scheme.criteria.create(name_sv=name, name_en=name)

    enter(officer)
    page.goto(live_server.url + reverse("call_queues"))
    check_with_axe(page)
    page.get_by_role("link", name="Att påbörja: 1").click()
    check_with_axe(page)
    press(page, "Börja bedöma de markerade")
    expect(page.get_by_text("Ingen ska bedöma den än")).to_be_visible()
    page.get_by_role("link", name="Sakkunniga", exact=True).click()
    page.get_by_label("Sakkunnig", exact=True).select_option(label="Eva Sakkunnig")
    press(page, "Lägg till")
    check_with_axe(page)
    page.get_by_role("link", name="Fördela 1 ansökan").click()
    expect(page.get_by_label("Eva Sakkunnig")).to_be_checked()
    check_with_axe(page)
    press(page, "Bekräfta")
    expect(page.get_by_text("Bekräftat: 1 nya.")).to_be_visible()

    page.context.clear_cookies()
    enter(expert)
    page.goto(live_server.url + reverse("my_assessments"))
    check_with_axe(page)
    page.get_by_role("link", name=submitted.title).click()
    expect(page.get_by_text(submitted.summary)).to_have_count(0)
    check_with_axe(page)
    press(page, "Jag är inte jävig")
    expect(page.get_by_text(submitted.summary)).to_be_visible()
    first = page.get_by_role("group", name="Konst")
    first.get_by_label("4 – stark").check()
    first.get_by_label("Motivering").fill("Säker hand.")
    expect(page.locator("[data-saved]")).to_contain_text("Sparat", timeout=15_000)
    page.reload()
    expect(first.get_by_label("Motivering")).to_have_value("Säker hand.")
    press(page, "Skicka bedömningen")
    expect(page.locator("#error-summary")).to_contain_text("Utbyte")
    check_with_axe(page)
    second = page.get_by_role("group", name="Utbyte")
    second.get_by_label("2 – godtagbar").check()
    second.get_by_label("Motivering").fill("Tunt.")
    press(page, "Skicka bedömningen")
    expect(page.get_by_text("Bedömningen är skickad.")).to_be_visible()
    assert Assessment.objects.get().state == "sent"

    page.context.clear_cookies()
    enter(officer)
    page.goto(live_server.url + reverse("assessments_of", args=[submitted.pk]))
    expect(page.get_by_role("cell", name="Säker hand.")).to_be_visible()
    check_with_axe(page)
    page.goto(live_server.url + reverse("case_notes", args=[submitted.case_id]))
    page.get_by_label("Anteckning", exact=True).fill("Är hyran rimlig?")
    page.get_by_label("Flagga ärendet").check()
    press(page, "Skriv anteckningen")
    page.get_by_text("Svara", exact=True).click()
    check_with_axe(page)
    page.get_by_label("Svar", exact=True).fill("Ja, för två veckor.")
    press(page, "Svara och avsluta")
    expect(page.get_by_text("besvarad", exact=True)).to_be_visible()
    assert [line for line in console if "422" not in line] == []
