"""Organisations that people add themselves, with members, roles and invitations."""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from portal.core.models import Mail, Organisation, OrganisationInvitation, User
from portal.core.organisation_numbers import normal
from portal.core.workflow import WrongState
from tests.races import all_at_once

MINE = "/mina-sidor/organisationer/"
NEW = {"name": "Dans i väst", "kind": "association", "number": "556036 0793", "municipality": ""}


@pytest.fixture
def member(organisation, other_applicant, now):
    return organisation.members.create(user=other_applicant, since=now.date())


@pytest.fixture
def invited(organisation, applicant, now):
    """An invitation and its token."""
    return organisation.invite("ny@example.org", "member", by=applicant, at=now)


# --- Adding one -----------------------------------------------------------------------------------


def test_who_adds_an_organisation_is_its_manager_and_may_apply_for_it(sign_in, applicant, call):
    client = sign_in(applicant)
    answer = client.post(f"{MINE}ny/", NEW)
    organisation = Organisation.objects.get()
    assert answer.url == organisation.get_absolute_url()
    assert organisation.number == "556036-0793"
    assert organisation.members.get().role == "manager"
    assert organisation.name in client.get(reverse("apply", args=[call.slug])).content.decode()


@pytest.mark.parametrize(
    "written", ["556036-0793", "5560360793", " 556036 0793 ", "16556036-0793", "556036.0793"]
)
def test_a_number_is_read_in_all_its_written_forms(written):
    assert normal(written) == "556036-0793"


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("556036-0794", "inget organisationsnummer"),
        ("556036079", "inget organisationsnummer"),
        ("５５６０３６０７９３", "vanliga siffror"),
        ("not a number", "inget organisationsnummer"),
        ("811218-9876", "personnummer"),
    ],
)
def test_what_is_no_number_is_refused_in_words(sign_in, applicant, written, told):
    answer = sign_in(applicant).post(f"{MINE}ny/", {**NEW, "number": written})
    assert answer.status_code == 422
    assert told in str(answer.context["form"].errors["number"])
    assert answer.context["form"]["number"].value() == written
    assert not Organisation.objects.exists()


def test_a_group_of_artists_has_no_number_all_others_do(sign_in, applicant):
    client = sign_in(applicant)
    answer = client.post(f"{MINE}ny/", {**NEW, "number": ""})
    assert answer.context["form"].errors.keys() == {"number"}
    assert client.post(f"{MINE}ny/", {**NEW, "kind": "group", "number": ""}).status_code == 302


def test_an_organisation_that_is_here_is_not_added_twice(sign_in, other_applicant, organisation):
    answer = sign_in(other_applicant).post(f"{MINE}ny/", {**NEW, "number": organisation.number})
    told = "Organisationen finns redan här. Be någon av dess medlemmar att bjuda in dig."
    assert answer.context["form"].errors == {"number": [told]}


# --- Who sees and changes what --------------------------------------------------------------------


def test_others_meet_it_nowhere(sign_in, other_applicant, organisation):
    client = sign_in(other_applicant)
    address = organisation.get_absolute_url()
    member = organisation.members.get()
    assert client.get(MINE).context["object_list"].count() == 0
    assert client.get(address).status_code == 404
    assert client.post(address, {"email": "x@example.org", "role": "member"}).status_code == 404
    assert client.post(f"{address}andra/", NEW).status_code == 404
    assert client.post(f"{address}medlemmar/{member.pk}/ta-bort/").status_code == 404
    assert organisation.members.count() == 1


def test_a_member_reads_but_changes_nothing(
    sign_in, other_applicant, organisation, member, invited
):
    client = sign_in(other_applicant)
    address = organisation.get_absolute_url()
    page = client.get(address).content.decode()
    assert "Bjud in någon" not in page
    assert "ny@example.org" not in page
    assert "anna@example.org" not in page
    manager = organisation.members.get(role="manager")
    for path, data in (
        ("", {"email": "x@example.org", "role": "manager"}),
        (f"medlemmar/{manager.pk}/ta-bort/", {}),
        (f"medlemmar/{member.pk}/roll/", {"role": "manager"}),
        (f"inbjudningar/{invited[0].pk}/dra-tillbaka/", {}),
    ):
        assert client.post(address + path, data).status_code == 403, path
    assert client.post(f"{address}andra/", NEW).status_code == 404
    assert organisation.members.count() == 2
    assert organisation.invitations.count() == 1


def test_a_manager_changes_its_facts_and_the_history_tells_who(sign_in, applicant, organisation):
    client = sign_in(applicant)
    data = {**NEW, "name": "Nytt namn", "number": organisation.number}
    assert client.post(f"{organisation.get_absolute_url()}andra/", data).status_code == 302
    organisation.refresh_from_db()
    assert organisation.name == "Nytt namn"
    assert organisation.history.latest().history_user == applicant


def test_somebody_manages_it_as_long_as_there_are_members(
    sign_in, applicant, organisation, member, now
):
    manager = organisation.members.get(role="manager")
    with pytest.raises(ValidationError):
        organisation.let_go(manager, by=applicant, at=now)
    with pytest.raises(ValidationError):
        organisation.give_role(manager, "member", by=applicant, at=now)
    organisation.give_role(member, "manager", by=applicant, at=now)
    sign_in(applicant).post(f"{organisation.get_absolute_url()}medlemmar/{manager.pk}/ta-bort/")
    assert [one.user for one in organisation.members.all()] == [member.user]


def test_a_member_leaves(sign_in, other_applicant, organisation, member):
    client = sign_in(other_applicant)
    answer = client.post(f"{organisation.get_absolute_url()}medlemmar/{member.pk}/ta-bort/")
    assert answer.url == MINE
    assert organisation.members.count() == 1


# --- Invitations ----------------------------------------------------------------------------------


def test_an_invited_person_gets_a_link_and_joins(
    sign_in, applicant, other_applicant, organisation, settings
):
    settings.OUTBOX_SEND_ON_COMMIT = False
    data = {"email": "Bo@Example.org", "role": "member"}
    sign_in(applicant).post(organisation.get_absolute_url(), data)
    mail = Mail.objects.get(to="bo@example.org")
    path = re.search(r"https://portal.example.org(\S+)", mail.body)[1]
    client = sign_in(other_applicant)
    assert "Gå med i Föreningen Norr och Söder?" in client.get(path).content.decode()
    assert organisation.members.count() == 1  # looking is not joining
    assert client.post(path).url == organisation.get_absolute_url()
    member = organisation.members.get(user=other_applicant)
    assert (member.role, member.history.latest().history_user) == ("member", applicant)
    assert client.get(path).status_code == client.post(path).status_code == 410


def test_the_link_leads_to_signing_in_first(client, invited):
    _invitation, token = invited
    assert client.get(f"{MINE}inbjudan/{token}/").url.startswith("/konto/logga-in/?next=")


def test_a_link_that_is_old_withdrawn_or_guessed_opens_nothing(
    sign_in, applicant, other_applicant, organisation, invited, now
):
    invitation, token = invited
    client = sign_in(other_applicant)
    assert client.post(f"{MINE}inbjudan/{token}x/").status_code == 410
    OrganisationInvitation.objects.update(invited_at=now - timedelta(days=14, minutes=1))
    assert client.post(f"{MINE}inbjudan/{token}/").status_code == 410
    OrganisationInvitation.objects.update(invited_at=now)
    organisation.withdraw(invitation.pk, by=applicant, at=now)
    assert client.post(f"{MINE}inbjudan/{token}/").status_code == 410
    assert organisation.members.count() == 1


def test_a_second_invitation_replaces_the_first(organisation, applicant, invited, now):
    _second, token = organisation.invite("NY@example.org", "manager", by=applicant, at=now)
    kept = organisation.invitations.get()
    assert (kept.role, kept) == ("manager", OrganisationInvitation.objects.with_token(token).get())


def test_nobody_is_flooded(organisation, applicant, now):
    for n in range(20):
        organisation.invite(f"n{n}@example.org", "member", by=applicant, at=now)
    with pytest.raises(ValidationError, match="obesvarade"):
        organisation.invite("one-more@example.org", "member", by=applicant, at=now)


def test_who_belongs_to_it_is_not_invited(sign_in, applicant, organisation):
    data = {"email": "anna@example.org", "role": "member"}
    answer = sign_in(applicant).post(organisation.get_absolute_url(), data)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        "email": ["Den personen hör redan till organisationen."]
    }


def test_only_a_manager_invites(organisation, other_applicant, member, now):
    with pytest.raises(PermissionDenied):
        organisation.invite("x@example.org", "member", by=other_applicant, at=now)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_counts(organisation, applicant, other_applicant, invited, now):
    invitation, _token = invited

    def accept():
        invitation.accept(by=User.objects.get(pk=other_applicant.pk), at=now)

    outcomes = all_at_once(*[accept] * 10)
    assert sorted(type(one).__name__ for one in outcomes if one is not None) == ["WrongState"] * 9
    assert organisation.members.filter(user=other_applicant).count() == 1
    with pytest.raises(WrongState):
        accept()
