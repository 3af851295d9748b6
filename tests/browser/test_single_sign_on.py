"""Single sign-on, against a provider of OpenID Connect that runs beside the test."""

import json
import os
import subprocess
import sys

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as project
from oidc_provider_mock import User as Person
from oidc_provider_mock import run_server_in_thread

from portal.core.models import User
from tests.accounts.conftest import code_now

NAME = "Regionens inloggning"
ASKED = (
    "import json, django; from django.conf import settings as s; django.setup(); "
    "print(json.dumps([s.SOCIALACCOUNT_PROVIDERS, s.CONTENT_SECURITY_POLICY['DIRECTIVES']]))"
)


def person(email, *, verified=True):
    claims = {"email": email, "email_verified": verified, "name": "Elin Exempel"}
    return Person(sub=email, claims=claims)


PEOPLE = (person("officer@example.org"), person("ny@example.org"),
          person("anna@example.org", verified=False))  # fmt: skip


@pytest.fixture(scope="module")
def provider():
    with run_server_in_thread(user_claims=PEOPLE) as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def configured(settings, provider):
    """The settings as the program makes them of its variables."""
    env = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings", "OIDC_URL": provider,
        "OIDC_NAME": NAME, "OIDC_CLIENT_ID": "portal", "OIDC_SECRET": "secret",
    }  # fmt: skip
    command = [sys.executable, "-c", ASKED]
    ran = subprocess.run(  # noqa: S603
        command, cwd=project.BASE_DIR, env=env, capture_output=True, text=True, check=True
    )
    providers, directives = json.loads(ran.stdout)
    settings.SOCIALACCOUNT_PROVIDERS = providers
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": directives}


@pytest.fixture
def sign_in_there(page, live_server, configured, console):
    def sign_in_there(email, path="/mina-sidor/"):
        # The name, not the number: to the provider it must be the address it leads back to.
        page.goto(live_server.url.replace("127.0.0.1", "localhost") + path)
        page.get_by_role("button", name=f"Logga in med {NAME}").click()
        page.get_by_role("button", name=email).click()
        page.wait_for_load_state()
        return page

    return sign_in_there


@pytest.mark.browser
class TestSingleSignOn:
    def test_staff_enter_their_own_account_with_the_second_step(self, sign_in_there, officer):
        page = sign_in_there(officer.email, "/arbetsrum/")
        page.get_by_label("Kod från appen").fill(code_now())
        page.get_by_role("button", name="Logga in").click()
        page.wait_for_load_state()
        assert page.get_by_role("heading", name="Det som förfaller").is_visible()
        assert SocialAccount.objects.get().user == officer

    def test_whoever_is_new_gets_an_account_with_the_name_from_there(self, sign_in_there, db):
        page = sign_in_there("ny@example.org")
        assert page.get_by_role("heading", name="Mina sidor").is_visible()
        user = User.objects.get()
        assert (user.email, user.full_name, user.language) == (
            "ny@example.org",
            "Elin Exempel",
            "sv",
        )
        assert not user.has_usable_password()

    def test_an_address_that_is_not_verified_opens_nobodys_account(self, sign_in_there, applicant):
        page = sign_in_there(applicant.email)
        assert "mina-sidor" not in page.url
        assert not SocialAccount.objects.exists()


def test_without_the_setting_there_is_no_button(client, db):
    assert "Logga in med en passnyckel" in (page := client.get("/konto/logga-in/").content.decode())
    assert page.count("Logga in med") == 1
    assert client.get("/account/oidc/sso/login/").status_code == 404
