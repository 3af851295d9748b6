"""The whole way in a real browser: from the applicant's form to the award everybody may read."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from grants.forms.steps import FORMS
from grants.models import Application, Letter
from tests.accounts.conftest import code_now
from tests.browser.looking import check_with_axe
from tests.conftest import PASSWORD, assess, complete

pytestmark = pytest.mark.browser


@pytest.fixture
def person(browser, live_server, language):
    """Open a browser of one's own and sign in; gives a way to walk about by route names."""
    contexts = []

    def person(user):
        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()

        def visit(name, *args):
            with translation.override(language):
                page.goto(live_server.url + reverse(name, args=args))

        visit("account_login")
        page.locator("[name=login]").fill(user.email)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form.form button[type=submit]").click()
        if user.is_staff:
            cache.clear()  # a code opens once, and a test may be quicker than the next one
            page.locator("[name=code]").fill(code_now())
            page.locator("main form.form button[type=submit]").first.click()
        page.wait_for_load_state()
        return page, visit

    yield person
    for context in contexts:
        context.close()


@pytest.fixture
def language(request):
    return getattr(request, "param", "sv")


def press(page, text):
    """Press the page's own button or link of this text (written in English, read as translated)."""
    button = page.locator("main, #content").get_by_role("button", name=text, exact=True)
    link = page.locator("main, #content").get_by_role("link", name=text, exact=True)
    button.or_(link).first.click()
    page.wait_for_load_state()


def fill(page, prefix="", **typed):
    for name, text in typed.items():
        page.locator(f"[name={prefix}{name}]").fill(text)


@pytest.mark.parametrize("language", ["en"], indirect=True)
def test_an_application_is_written_submitted_decided_and_published(
    person, call, applicant, officer, secretary, partner, perspectives, language, live_server
):
    with translation.override(language):
        say = {
            text: str(gettext(text))
            for text in (
                "Apply now", "Begin the application", "Save", "Save and go on", "Go on",
                "Submit the application", "Begin assessment",
                "To the application", "Granted", "The grant in the public register",
                "Send the letter",
            )
        }  # fmt: skip
    applicant.language = language
    applicant.save()

    # The applicant chooses an open call, writes step by step, looks it over, and submits.
    page, visit = person(applicant)
    visit("call", call.slug)
    press(page, say["Apply now"])
    press(page, say["Begin the application"])
    fill(page, title="Kör i två städer", starts_on="2027-05-01", ends_on="2027-05-09")
    page.locator("[name=summary]").fill("Vi sjunger tillsammans.")
    press(page, say["Save and go on"])
    page.locator("[name=partners-0-partner]").select_option(str(partner.pk))
    fill(page, "partners-0-", role="Värd", gives="Scenen.", gets="Publiken.")
    press(page, say["Save and go on"])
    fill(page, "activities-0-", what="Konsert", starts_on="2027-05-02", place="Kaunas")
    page.locator("[name=activities-0-country]").select_option("LT")
    press(page, say["Save and go on"])
    page.locator("[name=perspectives_invanare]").check()
    fill(page, "perspectives_invanare_", how="Publiken sjunger med.", evidence="Fler sjunger.")
    press(page, say["Save and go on"])
    fill(page, "costs-0-", text="Resor", amount="25 000,50")
    fill(page, "incomes-0-", amount="15 000,50")
    fill(page, amount="1,000.50")
    press(page, say["Save"])
    assert page.locator("[name=amount]").input_value() == "1,000.50"
    fill(page, amount="10 000")
    press(page, say["Save and go on"])
    page.locator("[name=truth]").check()
    page.locator("[name=undertaking][value=no]").check()
    press(page, say["Save and go on"])
    press(page, say["Go on"])
    press(page, say["Submit the application"])
    number = page.locator(".receipt-number").inner_text()
    assert re.fullmatch(r"KUN \d{4}-00001", number)
    assert [number in message.subject for message in mail.outbox] == [True]
    application = Application.objects.get()

    # An officer begins and proposes in the admin, having assessed; the secretary records.
    desk, open_ = person(officer)
    open_("admin:grants_application_change", application.pk)
    press(desk, say["Begin assessment"])
    assess(Application.objects.get(), by=officer, at=timezone.now())
    open_("admin:grants_application_verb", application.pk, "propose")
    choose(desk, "outcome", "granted")
    desk.locator("[name=amount]").fill("8 000")
    desk.locator("[name=reasons]").fill("Stärker utbytet.")
    desk.locator("[type=submit].default").click()
    proposal = application.case.proposals.get()
    desk, open_ = person(secretary)
    open_("admin:committee_proposal_verb", proposal.pk, "record_meeting_decision")
    choose(desk, "outcome", "granted")
    desk.locator("[name=amount]").fill("8 000")
    desk.locator("[name=reasons]").fill("Stärker utbytet.")
    desk.locator("[name=met_on]").fill(timezone.localdate().isoformat())
    desk.locator("[name=section]").fill("42")
    desk.locator("[type=submit].default").click()
    desk.wait_for_load_state()

    # The officer sends the letter that tells of it.
    desk, open_ = person(officer)
    open_("letter", Letter.objects.get().pk)
    press(desk, say["Send the letter"])

    # The applicant is told, and sees the decision; everybody sees the award.
    assert number in mail.outbox[-1].subject
    assert "8\u00a0000\u00a0kr" in mail.outbox[-1].body
    press(page, say["To the application"])
    page.reload()
    assert page.locator(".status").first.inner_text() == say["Granted"]
    press(page, say["The grant in the public register"])
    assert page.locator("h1").inner_text() == "Kör i två städer"
    assert "8\u00a0000\u00a0kr" in page.locator("main").inner_text()
    award = page.request.get(f"{live_server.url}/api/v1/grants/").json()["results"][0]
    assert (award["title"], award["amount"]) == ("Kör i två städer", "8000.00")


def choose(page, name, value):
    """A choice, drawn as a list or as radio buttons."""
    field = page.locator(f"[name={name}]").first
    if field.evaluate("field => field.tagName") == "SELECT":
        field.select_option(value)
    else:
        page.locator(f"[name={name}][value={value}]").check()


STEPS = [step for step in FORMS if step != "answers"]  # the call asks nothing of its own


@pytest.fixture
def later(awarded, call, applicant, partner, perspectives, now):
    """Another application of the same person, submitted, and a draft begun after it."""
    another = Application.objects.start(call=call, by=applicant, at=now)
    another.edit(by=applicant, at=now, content=complete(partner, perspectives[1]))
    another.submit(by=applicant, at=now)
    return another, Application.objects.start(call=call, by=applicant, at=now)


@pytest.mark.one_engine
def test_axe_finds_no_fault_on_the_applicant_s_pages(
    person, awarded, later, call, applicant, officer, scheme, now
):
    submitted, draft = later
    scheme.attachments.create(name_sv="Meriter", name_en="Curriculum vitae")
    page, visit = person(applicant)
    for name, *args in [
        ("my_pages",), ("apply", call.slug), *((f"write_{step}", draft.pk) for step in STEPS),
        ("attachments", draft.pk), ("review_application", draft.pk),
        ("delete_draft", draft.pk), ("application", draft.pk), ("application", submitted.pk),
        ("receipt", submitted.pk), ("withdraw_application", submitted.pk),
        ("application", awarded.application.pk),
    ]:  # fmt: skip
        visit(name, *args)
        check_with_axe(page)
    submitted.request_completion(
        by=officer, at=now, fields=["title", "budget"], text="Mer.",
        due_on=timezone.localdate(now) + timedelta(days=7),
    )  # fmt: skip
    for name in ("application", "write_project", "review_application"):
        visit(name, submitted.pk)
        check_with_axe(page)


@pytest.mark.one_engine
def test_axe_finds_no_fault_on_what_lacks_and_where_it_is_mended(person, draft, applicant, now):
    draft.edit(by=applicant, at=now, content={"project": {"summary": ""}, "partners": []})
    page, visit = person(applicant)
    visit("review_application", draft.pk)
    page.locator("main form button[type=submit]").click()
    page.wait_for_load_state()
    expect(page.locator("[aria-labelledby=left]")).to_be_focused()
    check_with_axe(page)
    page.locator(".ds-error-summary a").first.click()
    page.wait_for_load_state()
    check_with_axe(page)
    page.locator("main .ds-alert a[href='#id_summary']").click()
    expect(page.locator("[name=summary]")).to_be_focused()


@pytest.mark.one_engine
def test_axe_finds_no_fault_on_a_form_with_errors_and_the_summary_has_the_focus(
    person, draft, applicant
):
    page, visit = person(applicant)
    visit("write_budget", draft.pk)
    page.locator("[name=costs-0-amount]").fill("1_000")
    page.locator("[name=amount]").fill("1_000")
    page.locator("button[value=next]").click()
    page.wait_for_load_state()
    expect(page.locator("#error-summary")).to_be_focused()
    check_with_axe(page)
    page.locator("#error-summary a").last.click()
    expect(page.locator("[name=costs-0-amount]")).to_be_focused()


@pytest.mark.one_engine
def test_axe_finds_no_fault_on_a_stale_form(person, draft, applicant, now):
    page, visit = person(applicant)
    visit("write_project", draft.pk)
    draft.edit(by=applicant, at=now, content={"project": {"title": "Annat"}})
    page.locator("button[value=save]").last.click()
    page.wait_for_load_state()
    assert page.locator("[name=title]").input_value() == "Dans över havet"
    check_with_axe(page)


@pytest.mark.one_engine
def test_axe_finds_no_fault_on_signing_in_and_being_refused(page, live_server, language, db):
    with translation.override(language):
        page.goto(live_server.url + reverse("account_login"))
    check_with_axe(page)
    page.locator("[name=login]").fill("nobody@example.org")
    page.locator("[name=password]").fill("wrong")
    page.locator("main form.form button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("[name=login]").input_value() == "nobody@example.org"
    check_with_axe(page)


@pytest.mark.one_engine
def test_the_language_switch_keeps_the_page(person, submitted, applicant):
    page, visit = person(applicant)
    visit("receipt", submitted.pk)
    number = page.locator(".receipt-number").inner_text()
    before = page.url
    page.locator("#language-switch a").first.click()
    page.wait_for_load_state()
    assert page.url != before
    assert page.locator(".receipt-number").inner_text() == number
