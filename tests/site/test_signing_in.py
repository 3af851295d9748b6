import pytest
from django.urls import reverse

from tests.conftest import PASSWORD


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/konto/logga-in/", "Fel e-postadress eller lösenord."),
        ("/en/account/sign-in/", "Wrong e-mail address or password."),
        ("/admin/login/", "Fel e-postadress eller lösenord, eller inget personalkonto."),
        ("/en/admin/login/", "Wrong e-mail address or password, or not a staff account."),
    ],
)
@pytest.mark.parametrize("email", ["anna@example.org", "nobody@example.org"])
def test_what_is_wrong_is_told_plainly_and_alike(client, applicant, address, told, email):
    answer = client.post(address, {"username": email, "password": "wrong"})
    assert answer.context["form"].non_field_errors() == [told]


def test_neither_capitals_nor_spaces_in_the_address_matter(client, applicant):
    answer = client.post(
        reverse("sign_in"), {"username": " Anna@Example.ORG ", "password": PASSWORD}
    )
    assert answer.status_code == 302


def test_an_applicant_is_told_that_the_admin_is_for_staff(client, applicant):
    answer = client.post("/admin/login/", {"username": applicant.email, "password": PASSWORD})
    told = ["Fel e-postadress eller lösenord, eller inget personalkonto."]
    assert answer.context["form"].non_field_errors() == told
