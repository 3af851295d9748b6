"""What no form of ours sends, and a stranger may."""

from io import BytesIO

import pytest
from django.urls import reverse

from portal.wsgi import application


@pytest.mark.django_db
@pytest.mark.parametrize("charset", ["rot13", "undefined", "unicode_escape", "no-such"])
def test_a_strange_charset_is_not_asked_for(charset, settings):
    answered = []
    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": "/healthz",
        "QUERY_STRING": "a=1",
        "CONTENT_TYPE": f"text/plain; charset={charset}",
        "SERVER_NAME": "testserver",
        "SERVER_PORT": "80",
        "wsgi.input": BytesIO(),
        "wsgi.url_scheme": "http",
    }
    application(environ, lambda status, headers, *rest: answered.append(status))
    assert answered == ["200 OK"]


def test_signing_in_to_the_sign_in_page_ends_on_ones_own_pages(sign_in, applicant):
    address = reverse("account_login")
    answer = sign_in(applicant).get(f"{address}?next={address}", follow=True)
    assert answer.redirect_chain[-1] == (reverse("my_pages"), 302)


@pytest.mark.parametrize("chosen", ["9" * 30, "１", "-1", "x"])
def test_a_strange_choice_in_an_admin_list_is_refused(sign_in, officer, partner, chosen):
    answer = sign_in(officer).post(
        "/admin/partners/partner/", {"action": "unpublish", "_selected_action": chosen}
    )
    assert answer.status_code == 400


def test_a_choice_that_no_row_can_have_is_told_beside_its_field(sign_in, administrator, officer):
    answer = sign_in(administrator).post(
        f"/admin/core/user/{officer.pk}/change/", {"groups": ["1", "9" * 30]}
    )
    assert answer.context["adminform"].form.errors["groups"]


@pytest.mark.django_db
def test_of_a_list_the_numbers_that_a_row_can_have_are_found(partner):
    found = type(partner).objects.filter(pk__in=[partner.pk, 10**30, -(10**30)])
    assert list(found) == [partner]
    assert not found.filter(pk__in=[10**30])
    assert list(found.exclude(pk__in=[10**30])) == [partner]
    assert list(found.filter(pk__in=found.values("pk"))) == [partner]


@pytest.mark.parametrize(
    ("path", "language", "switch"),
    [
        ("/en/partners/?q=%00", "en", "/partner/?q=%00"),
        ("/partner/?q=%00", "sv", "/en/partners/?q=%00"),
        ("/en/partners/%00/", "en", None),
    ],
)
def test_a_refused_address_is_answered_in_its_language_with_the_whole_frame(
    client, db, path, language, switch
):
    answer = client.get(path)
    assert (answer.status_code, answer["Content-Language"]) == (400, language)
    page = answer.content.decode()
    assert f'<html lang="{language}"' in page
    assert answer.context["region"]["name"] in page
    if switch:
        assert f'href="{switch}"' in page


@pytest.mark.parametrize("path", ["/partner/", "/en/grants/", "/api/v1/partners/", "/karta/"])
def test_an_empty_choice_chooses_nothing(client, perspectives, path):
    statuses = {
        query: client.get(f"{path}?{query}").status_code
        for query in ("perspective=", "perspective=&perspective=kunskap", "perspective=nope")
    }
    assert list(statuses.values()) == [200, 200, 400]
