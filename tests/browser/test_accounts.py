"""Accounts in a real browser: signing up, passkeys, the second step; axe and widths."""

import pytest
from django.urls import reverse

from portal.core.models import Mail, User
from tests.accounts.conftest import code_now, mailed_code
from tests.browser.looking import check_with_axe
from tests.conftest import PASSWORD

pytestmark = pytest.mark.browser


@pytest.fixture
def go(page, live_server):
    """The host by name: a passkey belongs to a name, never to a number."""
    return lambda path: page.goto(live_server.url.replace("127.0.0.1", "localhost") + path)


@pytest.fixture
def enter(page, go):
    def enter(user):
        go(reverse("account_login"))
        page.get_by_label("E-postadress").fill(user.email)
        page.get_by_label("Lösenord").fill(PASSWORD)
        page.get_by_role("button", name="Logga in", exact=True).click()
        if user.is_staff:
            page.get_by_label("Kod från appen").fill(code_now())
            page.get_by_role("button", name="Logga in", exact=True).click()
        page.wait_for_load_state()

    return enter


@pytest.fixture
def key(page):
    """A security key that says yes, in the browser's own machinery."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_from_no_account_to_ones_own_pages(page, console, go, transactional_db, settings):
    settings.OUTBOX_SEND_ON_COMMIT = False  # what is secret loses its text when it is sent
    go("/mina-sidor/")
    check_with_axe(page)
    page.get_by_role("link", name="Skapa ett konto").click()
    page.get_by_label("Ditt namn").fill("Nils Ny")
    page.get_by_label("E-postadress").fill("nils@example.org")
    page.get_by_label("Lösenord").fill("kort")
    page.get_by_role("button", name="Skapa kontot").click()
    page.locator("#error-summary").wait_for()
    check_with_axe(page)
    page.get_by_label("Lösenord").fill("tre korta ord")
    page.get_by_role("button", name="Skapa kontot").click()
    page.get_by_label("Koden i mejlet").wait_for()
    check_with_axe(page)
    page.get_by_label("Koden i mejlet").fill(mailed_code("nils@example.org"))
    page.get_by_role("button", name="Bekräfta").click()
    page.get_by_role("heading", name="Mina sidor").wait_for()
    assert (User.objects.get().full_name, Mail.objects.count()) == ("Nils Ny", 1)
    assert console == []


def test_a_passkey_is_added_and_signs_in_alone(page, console, go, enter, key, officer):
    enter(officer)
    go("/konto/andra-steget/passnycklar/ny/")
    page.get_by_label("Kod från appen").or_(page.get_by_label("Lösenord")).first.wait_for()
    check_with_axe(page)
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    page.locator("[name=name]").fill("Min telefon")
    page.get_by_label("Utan lösenord").check()
    check_with_axe(page)
    page.get_by_role("button", name="Lägg till", exact=True).click()
    page.get_by_role("heading", name="Återställningskoder").wait_for()
    check_with_axe(page)
    go("/konto/andra-steget/passnycklar/")
    assert page.get_by_role("rowheader", name="Min telefon").is_visible()
    check_with_axe(page)
    go("/konto/logga-ut/")
    page.get_by_role("button", name="Logga ut", exact=True).click()
    page.wait_for_load_state()
    go("/arbetsrum/")
    page.get_by_role("button", name="Logga in med en passnyckel").click()
    page.get_by_role("heading", name="Det som förfaller").wait_for()
    # Chromium's advice about password forms is no refusal.
    assert [said for said in console if not said.startswith("[DOM]")] == []


@pytest.mark.one_engine
def test_axe_finds_no_fault_on_the_account_s_pages(page, go, enter, applicant, organisation):
    go("/konto/losenord/glomt/")
    check_with_axe(page)
    enter(applicant)
    own = organisation.get_absolute_url()
    for path in (
        "/konto/", "/konto/avsluta/", "/konto/adress/", "/konto/losenord/", "/konto/andra-steget/",
        "/konto/logga-ut/", "/mina-sidor/organisationer/", own, f"{own}andra/",
    ):  # fmt: skip
        assert go(path).status == 200
        check_with_axe(page)
    go("/konto/andra-steget/app/")
    check_with_axe(page)


def test_the_second_step_is_reached_by_keyboard(page, console, go, officer):
    go("/arbetsrum/")
    page.get_by_label("E-postadress").focus()
    page.keyboard.type(officer.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Kod från appen").wait_for()
    check_with_axe(page)
    page.get_by_label("Kod från appen").focus()
    page.keyboard.type(code_now())
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Det som förfaller").wait_for()
    assert console == []
