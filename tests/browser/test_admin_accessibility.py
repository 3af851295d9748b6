"""Every kind of page in the admin: axe finds no fault, and nothing is wider than the window."""

from itertools import cycle, groupby, product

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib import admin
from django.urls import reverse

from partners.models import Partner
from portal.core.models import User
from portal.core.workflow_admin import WorkflowAdmin
from tests.browser.looking import AXE
from tests.browser.test_admin import admin_page

pytestmark = [pytest.mark.browser, pytest.mark.one_engine]

SCREENS = ((1280, "light", ""), (390, "dark", "/en"))


def on_both(*addresses):
    return product(addresses, SCREENS)


def in_turn(*addresses):
    """Pages made of the same parts: every other one wide and light, every other narrow and dark."""
    return zip(addresses, cycle(SCREENS), strict=False)


def changed(*items):
    return [admin_page(type(item), "change", item.pk) for item in items]


def kind_of_list(officer, model):
    """Whether the officer sees it, and the parts it is made of."""
    listed = admin.site._registry[model]
    return (
        officer.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}"),
        isinstance(listed, WorkflowAdmin),
        bool(listed.search_fields),
        bool(listed.list_filter),
        bool(listed.date_hierarchy),
    )


@pytest.fixture
def check(page, live_server):
    """Open the pages, and do something there; what is wrong with any of them is told at once."""

    def check(*pages, then=lambda: None):
        faults = []
        for address, (width, scheme, language) in pages:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            answer = page.goto(live_server.url + language + address)
            assert answer.status == 200, address
            then()
            found = Axe().run(page, options=AXE)
            if found.violations_count:
                faults.append(f"{address}, {width} px: {found.generate_report()}")
            if page.evaluate("document.documentElement.scrollWidth") > width:
                faults.append(f"{address} is wider than {width} px")
        assert not faults, "\n".join(faults)

    return check


@pytest.fixture
def draft_partner(db):
    """Used by nothing, so it may be removed."""
    draft = Partner.objects.create(slug="turku", name_sv="Åbo", name_en="Turku", country="FI")
    draft.strengths.create(slug="dans", name_sv="Dans", name_en="Dance")
    draft.codes.create(scheme="NUTS", version="2021", code="FI1C1")
    return draft


def test_sign_in_and_start(check, enter, proposed, officer):
    check(*on_both(reverse("admin:login")))
    enter(officer)
    check(
        *on_both(reverse("admin:index")),
        *in_turn(reverse("admin:app_list", args=["grants"]), reverse("admin:password_change")),
    )


def test_every_kind_of_list(check, enter, awarded, agreement, network, officer, administrator):
    """What the officer may not see, the administrator may. A list without rows tells little."""
    filled = [model for model in admin.site._registry if model._default_manager.exists()]
    kinds = {kind_of_list(officer, model): admin_page(model, "changelist") for model in filled}
    for is_officers, theirs in groupby(sorted(kinds), key=lambda kind: kind[0]):
        enter(officer if is_officers else administrator)
        check(*on_both(*(kinds[kind] for kind in theirs)))


def test_what_an_officer_keeps(check, enter, draft_partner, agreement, network, scheme, officer):
    enter(officer)
    engagement, version = network.engagements.get(), agreement.versions.first()
    check(*on_both(*changed(draft_partner, agreement)))
    check(
        *in_turn(
            *changed(scheme, network, engagement, version), admin_page(type(engagement), "add")
        )
    )


def test_an_application_and_its_file(check, enter, awarded, officer):
    enter(officer)
    application = awarded.application
    proposal = application.case.proposals.get()
    file = (application.case, application, application.call, proposal, proposal.decision, awarded)
    budget = awarded.budget
    propose = admin_page(type(budget), "verb", budget.pk, "propose")
    check(*in_turn(*changed(*file, budget), propose))


def test_accounts_and_delegation(check, enter, officer, delegation_point, administrator):
    enter(administrator)
    check(
        *in_turn(
            *changed(officer, delegation_point),
            admin_page(User, "add"),
            reverse("admin:auth_user_password_change", args=[officer.pk]),
        )
    )


def test_histories(check, enter, submitted, partner, officer, now):
    submitted.begin_assessment(by=officer, at=now)
    partner.unpublish(by=officer, at=now)
    enter(officer)
    check(*in_turn(*(admin_page(type(item), "history", item.pk) for item in (partner, submitted))))


def test_a_form_with_rows_and_errors(check, enter, page, officer):
    def send_empty_rows():
        for add in page.locator(".add-row a").all():
            add.click()
        page.locator("[name=_save]").click()
        page.locator(".errornote").wait_for()

    enter(officer)
    check((admin_page(Partner, "add"), SCREENS[1]), then=send_empty_rows)


def test_a_verb_that_asks(check, enter, page, proposed, secretary):
    def send_nothing():
        page.locator("#id_section").fill("")
        page.locator("#id_reasons").fill("")
        page.locator(".submit-row input").click()
        page.locator(".errornote").wait_for()

    enter(secretary)
    proposal = proposed.case.proposals.get()
    address = admin_page(type(proposal), "verb", proposal.pk, "record_meeting_decision")
    check(*on_both(address), then=send_nothing)


def test_removals(check, enter, page, draft_partner, officer):
    def choose_all():
        page.locator("#action-toggle").check()
        page.locator("select[name=action]").select_option("delete_selected")
        page.locator("button[name=index]").click()
        page.locator("#content form[method=post] [name=post]").wait_for(state="attached")

    enter(officer)
    check(*on_both(admin_page(Partner, "delete", draft_partner.pk)))
    check(*in_turn(admin_page(Partner, "changelist")), then=choose_all)
