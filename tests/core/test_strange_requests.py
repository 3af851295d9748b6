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
    address = reverse("sign_in")
    assert sign_in(applicant).get(f"{address}?next={address}").url == reverse("my_pages")


@pytest.mark.parametrize("chosen", ["9" * 30, "１", "-1", "x"])
def test_a_strange_choice_in_an_admin_list_is_refused(sign_in, officer, partner, chosen):
    answer = sign_in(officer).post(
        "/admin/partners/partner/", {"action": "unpublish", "_selected_action": chosen}
    )
    assert answer.status_code == 400
