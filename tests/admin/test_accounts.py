"""Administrators manage accounts and roles, never their own."""

import pytest
from django.contrib.auth.models import Group

from portal.core.models import User
from portal.core.roles import Role


def page(user):
    return f"/admin/core/user/{user.pk}/change/"


def data_of(user, *roles, **changes):
    return {
        "email": user.email,
        "full_name": user.full_name,
        "language": user.language,
        "is_active": "on",
        "is_staff": "on",
        "groups": list(Group.objects.filter(name__in=roles).values_list("pk", flat=True)),
        **changes,
    }


def roles_of(user):
    return sorted(User.objects.get(pk=user.pk).roles)


def test_an_administrator_gives_a_role(officer, sign_in, administrator):
    client = sign_in(administrator)
    seen = client.get(page(officer)).context["seen"]
    data = data_of(officer, Role.OFFICER, Role.SECRETARY, _seen=seen)
    answer = client.post(page(officer), data)
    assert answer.status_code == 302
    assert roles_of(officer) == ["officer", "secretary"]


def test_nobody_changes_their_own_roles(sign_in, administrator):
    client = sign_in(administrator)
    answer = client.post(page(administrator), data_of(administrator, Role.OFFICER))
    assert answer.status_code == 403
    assert roles_of(administrator) == ["administrator"]
    shown = client.get(page(administrator))
    # The password field is the text that says how it is kept.
    assert (shown.status_code, list(shown.context["adminform"].form.fields)) == (200, ["password"])


def test_an_officer_reaches_no_account(officer, secretary, sign_in):
    answer = sign_in(officer).post(page(secretary), data_of(secretary, Role.ADMINISTRATOR))
    assert answer.status_code == 403
    assert roles_of(secretary) == ["secretary"]


@pytest.mark.parametrize("field", ["is_superuser", "user_permissions"])
def test_the_powers_past_the_rules_cannot_be_given(officer, sign_in, administrator, field):
    client = sign_in(administrator)
    shown = client.get(page(officer)).context
    assert field not in shown["adminform"].form.fields
    data = data_of(officer, Role.OFFICER, _seen=shown["seen"], full_name="Ny", **{field: "1"})
    assert client.post(page(officer), data).status_code == 302
    officer.refresh_from_db()
    assert (officer.is_superuser, officer.user_permissions.count()) == (False, 0)


def test_a_new_account_has_its_address_in_lower_case(sign_in, administrator):
    answer = sign_in(administrator).post(
        "/admin/core/user/add/",
        {
            "email": "Ny.Person@Example.org",
            "full_name": "Ny Person",
            "language": "sv",
            "usable_password": "true",
            "password1": "en lång fras för proven",
            "password2": "en lång fras för proven",
        },
    )
    assert answer.status_code == 302
    person = User.objects.get(full_name="Ny Person")
    assert (person.email, person.is_staff, person.roles) == (
        "ny.person@example.org",
        False,
        frozenset(),
    )


def test_the_list_shows_roles_in_words(sign_in, administrator, officer):
    answer = sign_in(administrator).get("/en/admin/core/user/?role=officer")
    assert list(answer.context["cl"].queryset) == [officer]
    assert '<td class="field-roles">Case officer</td>' in answer.content.decode()


def test_roles_themselves_are_not_edited(sign_in, administrator):
    assert sign_in(administrator).get("/admin/auth/group/").status_code == 404
