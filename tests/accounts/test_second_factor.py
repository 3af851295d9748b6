"""Staff have a second factor, and nothing of theirs is open without one."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.urls import reverse

from tests.accounts.conftest import code_now
from tests.conftest import PASSWORD, make_user

PAGES = (
    "/admin/",
    "/admin/partners/partner/",
    "/arbetsrum/",
    "/arbetsrum/avtal/",
    "/arbetsrum/import/",
)


@pytest.fixture
def newcomer(officer):
    """An officer who has just got an account."""
    officer.authenticator_set.all().delete()
    return officer


@pytest.mark.parametrize("address", PAGES)
def test_without_it_every_page_of_the_staff_leads_to_where_one_gets_it(sign_in, newcomer, address):
    answer = sign_in(newcomer).get(address, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("mfa_index")
    assert "Personal loggar in med ett andra steg" in answer.content.decode()


def test_without_it_no_role_is_in_effect_wherever_it_is_asked(newcomer, client, sign_in, submitted):
    assert newcomer.has_perm("site.enter_workroom") is False
    answer = sign_in(newcomer).get("/api/v1/cases/")
    assert answer.status_code == 403
    assert (
        sign_in(newcomer).get(f"/admin/grants/application/{submitted.pk}/change/").status_code
        == 302
    )


def test_recovery_codes_alone_are_none(newcomer):
    Authenticator.objects.create(user=newcomer, type="recovery_codes", data={})
    assert newcomer.has_second_factor is False


def test_an_app_is_connected_and_its_key_is_kept_encrypted(sign_in, newcomer):
    client = sign_in(newcomer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_now(secret)})
    assert answer.url == reverse("mfa_view_recovery_codes")
    kept = newcomer.authenticator_set.get(type="totp").data["secret"]
    assert secret not in kept
    assert client.get("/arbetsrum/").status_code == 200


def test_an_applicant_may_have_one_and_needs_none(sign_in, applicant):
    assert not applicant.needs_second_factor
    assert sign_in(applicant).get(reverse("mfa_index")).status_code == 200


@pytest.mark.parametrize("role", ["officer", "secretary", "administrator"])
def test_a_role_of_the_staff_needs_it_in_the_admin_or_not(db, role):
    user = make_user("x@example.org")
    user.groups.set(Group.objects.filter(name=role))
    assert user.needs_second_factor
    assert not user.has_perm("core.view_organisation")


def test_members_and_assessors_do_not_need_it(db):
    assert not make_user("m@example.org", "member").needs_second_factor
    assert not make_user("a@example.org", "assessor").needs_second_factor
