"""An account of one's own: name, address, password, and a code that comes by mail."""

import pytest
from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.urls import reverse

from portal.core.models import User
from tests.accounts.conftest import mailed_code

NEW = {"full_name": "Nils Ny", "email": "Nils@Example.org", "password1": "tre korta ord"}
SIGN_UP, CONFIRM = "/konto/skapa/", "/konto/bekrafta-adress/"


@pytest.fixture
def begun(client, outbox):
    assert client.post(SIGN_UP, NEW).url == reverse("account_email_verification_sent")
    return client


def test_the_address_is_confirmed_with_a_mailed_code(begun):
    assert begun.get("/mina-sidor/").status_code == 302
    assert begun.post(CONFIRM, {"code": mailed_code("nils@example.org")}).url == reverse("my_pages")
    user = User.objects.get()
    assert (user.full_name, user.email, user.language) == ("Nils Ny", "nils@example.org", "sv")
    assert EmailAddress.objects.get().verified
    assert begun.get("/mina-sidor/").status_code == 200


def test_mail_is_in_the_language_of_the_page(client, outbox):
    client.post("/en/account/sign-up/", NEW)
    mail = outbox.get()
    assert mail.subject == "Code to confirm your address"
    assert mail.body.startswith("Hello Nils Ny,")
    assert User.objects.get().language == "en"


def test_a_wrong_code_is_told_and_three_end_it(begun):
    for _try in range(2):
        answer = begun.post(CONFIRM, {"code": "AAAA-AAAA"})
        told = "Det är inte koden. Titta på den igen, eller be om en ny."
        assert answer.context["form"].errors == {"code": [told]}
    assert begun.post(CONFIRM, {"code": "AAAA-AAAA"}).url == reverse("account_login")
    assert begun.get(CONFIRM).status_code == 302


def test_a_new_code_can_be_asked_for_but_not_at_once(begun, outbox):
    first = mailed_code("nils@example.org")
    assert begun.post(CONFIRM, {"action": "resend"}, follow=True).status_code == 429
    assert mailed_code("nils@example.org") == first
    cache.clear()
    begun.post(CONFIRM, {"action": "resend"})
    assert outbox.count() == 2
    assert begun.post(CONFIRM, {"code": mailed_code("nils@example.org")}).status_code == 302


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"full_name": " "}, "full_name"),
        ({"full_name": "x" * 121}, "full_name"),
        ({"email": "nils"}, "email"),
        ({"email": "a\x00@b.se"}, "email"),
        ({"password1": "kort"}, "password1"),
        ({"password1": "password"}, "password1"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_nothing_typed_is_lost(
    client, outbox, change, field
):
    answer = client.post(SIGN_UP, {**NEW, **change})
    form = answer.context["form"]
    assert form.errors.keys() == {field}
    kept = {"full_name", "email"} - {field}
    assert {name: form[name].value() for name in kept} == {name: NEW[name] for name in kept}
    assert not User.objects.exists()


def test_an_address_that_has_an_account_gets_the_same_answer_and_another_mail(
    client, outbox, applicant
):
    answer = client.post(SIGN_UP, {**NEW, "email": "ANNA@example.org"})
    assert answer.url == reverse("account_email_verification_sent")
    assert client.get(answer.url).status_code == 200
    assert outbox.get().subject == "Du har redan ett konto"
    assert User.objects.count() == 1
