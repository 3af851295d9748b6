"""The admin in a real browser: every kind of page works under the strict content policy."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from partners.models import Partner, Theme
from portal.committee.models import Proposal
from portal.core.models import Organisation

pytestmark = pytest.mark.browser


@pytest.fixture
def enter(page, live_server, enter):
    """Begin on the start page."""

    def begin(user):
        enter(user)
        page.goto(f"{live_server.url}/admin/")
        expect(page.locator("#user-tools")).to_contain_text(user.full_name)

    return begin


def admin_page(model, name, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{name}", args=args)


@pytest.mark.one_engine
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_no_page_breaks_the_content_policy(
    page, console, live_server, enter, awarded, officer, colours
):
    page.emulate_media(color_scheme=colours)
    enter(officer)
    partner = Partner.objects.get()
    application = awarded.application
    addresses = [
        reverse("admin:index"),
        admin_page(Partner, "changelist"),
        admin_page(Partner, "add"),
        admin_page(Partner, "change", partner.pk),
        admin_page(Partner, "history", partner.pk),
        admin_page(type(application), "changelist"),
        admin_page(type(application), "change", application.pk),
        admin_page(type(application), "history", application.pk),
        admin_page(type(awarded), "change", awarded.pk),
        admin_page(type(application.case), "change", application.case_id),
        admin_page(type(application.call), "change", application.call_id),
        admin_page(type(awarded.scheme), "change", awarded.scheme_id),
        "/en/admin/agreements/agreement/add/",
        "/en/admin/password_change/",
    ]
    for address in addresses:
        answer = page.goto(live_server.url + address)
        assert answer.status == 200, address
        expect(page.locator("#content h1")).to_be_visible()
    # Chromium's advice about password forms is no refusal.
    assert [said for said in console if not said.startswith("[DOM]")] == []


def test_pickers_and_choosers_work(page, console, live_server, enter, partner, officer):
    Theme.objects.create(slug="dans", name_sv="Dans", name_en="Dance")
    enter(officer)
    page.goto(f"{live_server.url}/admin/agreements/agreement/add/")
    page.locator("#id_title_sv").press_sequentially("Avtal om dans")
    expect(page.locator("#id_slug")).to_have_value("avtal-om-dans")
    page.locator("#parties-group .add-row a").click()
    page.locator("#parties-0 .select2-selection").click()
    page.locator(".select2-search__field").fill("vilnius")
    page.locator(".select2-results__option", has_text="Vilniusregionen").click()
    expect(page.locator("#id_parties-0-partner")).to_have_value(str(partner.pk))
    page.goto(f"{live_server.url}/admin/networks/observation/add/")
    page.locator(".field-observed_on .date-icon").first.click()
    page.locator(".calendarbox td a:visible").first.click()
    expect(page.locator("#id_observed_on")).to_have_value(re.compile(r"\d{4}-\d\d-\d\d"))
    page.goto(f"{live_server.url}/admin/partners/partner/{partner.pk}/change/")
    page.get_by_role("searchbox", name="Styrkor").fill("dan")
    page.locator(".select2-results__option", has_text="Dans").click()
    expect(page.locator("#id_strengths option:checked")).to_have_text(["Dans"])
    assert console == []


def test_an_action_publishes_and_a_removal_asks_first(
    page, console, live_server, enter, partner, officer
):
    Partner.objects.update(publication="draft")
    enter(officer)
    page.goto(live_server.url + admin_page(Partner, "changelist"))
    page.locator("#action-toggle").check()
    page.locator("select[name=action]").select_option("publish")
    page.locator("button[name=index]").click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    expect(page.locator(".field-publication").last).to_have_text("Publicerad")
    page.goto(live_server.url + admin_page(Partner, "change", partner.pk))
    page.locator(".verbs button").click()
    page.locator(".deletelink").click()
    expect(page.locator("#content form input[type=submit]")).to_be_visible()
    page.wait_for_load_state()  # the way back is a script's
    page.locator(".cancel-link").click()
    expect(page.locator(".verbs button")).to_be_visible()
    assert console == []


def test_the_secretary_records_a_decision(page, console, live_server, enter, proposed, secretary):
    enter(secretary)
    page.locator(".awaiting .mine a").click()
    page.locator("#result_list tbody th a").click()
    page.locator(".verbs a").click()
    page.locator("#id_amount").fill("1,000.50")
    page.locator("#id_section").fill("7")
    page.locator(".submit-row input").click()
    expect(page.locator(".field-amount .errorlist")).to_be_visible()
    expect(page.locator("#id_amount")).to_have_value("1,000.50")
    page.locator("#id_amount").fill("12 000")
    page.locator(".submit-row input").click()
    expect(page.locator(".messagelist .success")).to_have_count(1)
    assert Proposal.objects.get().state == "decided"
    assert console == []


@pytest.mark.one_engine
def test_the_language_switch_keeps_the_page(page, live_server, enter, officer):
    Organisation.objects.create(name="Örebro teater", kind="foundation")
    enter(officer)
    page.goto(f"{live_server.url}/admin/core/organisation/?q=öre")
    page.locator("a.language-switch").click()
    expect(page).to_have_url(re.compile(r"/en/admin/core/organisation/\?q="))
    expect(page.locator("#result_list tbody tr")).to_have_count(1)
