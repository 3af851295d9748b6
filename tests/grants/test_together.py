"""An application written together: invited by mail, with a role, until removed."""

import json
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import translation

from grants.models import Application, CoApplicant
from grants.models.writing import PEN_LASTS
from portal.cases.admin import told_events
from portal.cases.models import Case
from portal.core.models import Mail, User
from portal.core.workflow import WrongState
from tests.conftest import make_user
from tests.races import all_at_once

TOKEN = re.compile(r"https://portal\.example\.org(\S+/)\n")


@pytest.fixture(autouse=True)
def _mail_is_kept(settings):
    settings.OUTBOX_SEND_ON_COMMIT = False  # what is secret loses its text when it is sent


@pytest.fixture
def together(draft):
    return reverse("coapplicants", args=[draft.pk])


@pytest.fixture
def invited(draft, applicant, now):
    return CoApplicant.objects.invite(draft, "bo@example.org", "edit", by=applicant, at=now)


@pytest.fixture
def joined(invited, other_applicant, now):
    invited.accept(by=other_applicant, at=now)
    invited.refresh_from_db()
    return invited


def link() -> str:
    """Of the latest invitation."""
    return TOKEN.search(Mail.objects.filter(is_secret=True).latest("pk").body)[1]


def test_an_invited_person_takes_part_once_and_is_a_party(
    sign_in, applicant, other_applicant, draft, together
):
    other_applicant.language = "en"
    other_applicant.save()
    asked = {"email": " Bo@Example.org", "role": "edit"}
    assert sign_in(applicant).post(together, asked).url == together
    mail = Mail.objects.get()
    assert (mail.to, mail.subject, mail.is_secret) == (
        "bo@example.org", "You are invited to write an application together", True,
    )  # fmt: skip
    assert "/en/my-pages/together/" in mail.body
    assert "Dans över havet" not in mail.body

    client, path = sign_in(other_applicant), link()
    assert "Anna Ek" in client.get(path).content.decode()
    assert not Application.objects.of(other_applicant).exists()  # looking is not joining
    assert client.post(path).status_code == 302
    assert list(Application.objects.of(other_applicant)) == [draft]
    assert list(Case.objects.of(other_applicant)) == [draft.case]
    assert [(party.role, party.user) for party in draft.case.parties.all()] == [
        ("applicant", applicant),
        ("co_applicant", other_applicant),
    ]
    with translation.override("sv"):
        assert [str(told) for _event, told in told_events(draft.case)][-3:] == [
            "Medsökande inbjuden", "Mejl skrivet", "Medsökande tillkommen",
        ]  # fmt: skip
    logged = json.dumps([event.details for event in draft.case.events.all()])
    assert "bo@" not in logged.lower()

    assert client.get(path).status_code == client.post(path).status_code == 410
    assert sign_in(make_user("third@example.org")).post(path).status_code == 410
    assert draft.coapplicants.get().user == other_applicant


def test_any_account_with_the_link_is_let_in_after_signing_in(client, sign_in, invited, draft):
    path = link()
    assert client.get(path).url == f"{reverse('account_login')}?next={path}"
    third = make_user("third@example.org")
    assert sign_in(third).post(path).status_code == 302
    assert draft.coapplicants.get().user == third


def test_a_link_that_is_old_withdrawn_replaced_or_guessed_opens_nothing(
    sign_in, applicant, other_applicant, draft, together, invited, now
):
    first = link()
    CoApplicant.objects.invite(draft, "BO@example.org", "read", by=applicant, at=now)
    client, path = sign_in(other_applicant), link()
    CoApplicant.objects.update(invited_at=now - timedelta(days=14, minutes=1))
    assert client.post(path).status_code == 410
    with pytest.raises(WrongState):
        draft.coapplicants.get().accept(by=other_applicant, at=now)
    CoApplicant.objects.update(invited_at=now)
    for wrong in (first, f"{path[:-1]}x/"):
        assert client.post(wrong).status_code == 410
    kept = draft.coapplicants.get()
    address = reverse("withdraw_coapplicant", args=[draft.pk, kept.pk])
    assert sign_in(applicant).post(address).url == together
    assert sign_in(other_applicant).post(path).status_code == 410
    assert not draft.coapplicants.exists()


def test_who_takes_part_already_answers_no_invitation(
    sign_in, applicant, other_applicant, draft, together, joined, now
):
    client = sign_in(applicant)
    for email in ("anna@example.org", "bo@example.org"):
        answer = client.post(together, {"email": email, "role": "read"})
        assert (answer.status_code, answer.context["form"].errors) == (
            422, {"email": ["Den personen deltar redan."]},
        )  # fmt: skip
    CoApplicant.objects.invite(draft, "ny@example.org", "submit", by=applicant, at=now)
    for person in (applicant, other_applicant):
        assert sign_in(person).post(link()).status_code == 409
    assert draft.coapplicants.joined().count() == 1
    with pytest.raises(WrongState):
        joined.withdraw(by=applicant, at=now)


def test_what_each_role_may_do(draft, applicant, other_applicant, joined, now):
    def edit():
        later = now + PEN_LASTS  # whoever began it has stopped writing
        return draft.edit(by=other_applicant, at=later, content={"project": {"title": "Vårt"}})

    assert edit().title == "Vårt"
    for verb in (draft.submit, draft.discard):
        with pytest.raises(PermissionDenied):
            verb(by=other_applicant, at=now)
    joined.give_role("read", by=applicant, at=now)
    with pytest.raises(PermissionDenied):
        edit()
    joined.give_role("submit", by=applicant, at=now)
    for change in (joined.give_role, lambda role, **who: joined.withdraw(**who)):
        with pytest.raises(PermissionDenied):
            change("read", by=other_applicant, at=now)
    with pytest.raises(PermissionDenied):
        CoApplicant.objects.invite(draft, "x@example.org", "read", by=other_applicant, at=now)
    Mail.objects.all().delete()
    draft.submit(by=other_applicant, at=now)
    draft.withdraw(by=other_applicant, at=now)
    told = Mail.objects.order_by("pk").values_list("to", flat=True)
    assert list(told) == ["anna@example.org", "bo@example.org"] * 2


def test_roles_are_changed_and_people_removed_or_leave(
    sign_in, applicant, other_applicant, draft, together, joined, now
):
    client = sign_in(applicant)
    assert "bo@example.org" in client.get(together).content.decode()
    role = reverse("give_coapplicant_role", args=[draft.pk, joined.pk])
    assert client.post(role, {"role": "owner"}).url == together
    client.post(role, {"role": "read"})
    joined.refresh_from_db()
    assert joined.role == "read"
    remove = reverse("remove_coapplicant", args=[draft.pk, joined.pk])
    assert client.post(remove).url == together
    assert client.post(remove).status_code == 404
    assert draft.case.parties.get().user == applicant

    again = CoApplicant.objects.invite(draft, "bo@example.org", "read", by=applicant, at=now)
    again.accept(by=other_applicant, at=now)
    remove = reverse("remove_coapplicant", args=[draft.pk, again.pk])
    assert sign_in(other_applicant).post(remove).url == reverse("my_pages")
    assert not Application.objects.of(other_applicant).exists()


def test_what_is_handed_in_takes_only_readers(sign_in, applicant, joined, submitted, together, now):
    client = sign_in(applicant)
    answer = client.post(together, {"email": "x@example.org", "role": "edit"})
    assert (answer.status_code, answer.context["form"].errors.keys()) == (422, {"role"})
    with pytest.raises(ValidationError, match="bara läsas"):
        joined.give_role("submit", by=applicant, at=now)
    assert client.post(together, {"email": "x@example.org", "role": "read"}).url == together
    joined.remove(by=applicant, at=now)
    assert submitted.coapplicants.get().email == "x@example.org"


def test_nobody_is_flooded(draft, applicant, now):
    def invite(n, at=now):
        return CoApplicant.objects.invite(draft, f"n{n}@example.org", "read", by=applicant, at=at)

    for n in range(20):
        last = invite(n)
    with pytest.raises(ValidationError, match="Högst 20"):
        invite(20)
    last.withdraw(by=applicant, at=now)
    with pytest.raises(ValidationError, match="vänta ett dygn"):
        invite(20)
    invite(20, now + timedelta(days=1, minutes=1))


def test_my_pages_tell_the_role_and_whose_it_is(
    sign_in, applicant, other_applicant, draft, joined, now
):
    client, write = sign_in(other_applicant), reverse("write_application", args=[draft.pk])
    text = " ".join(client.get("/mina-sidor/").content.decode().split())
    assert "Påbörjad av Anna Ek. Du får skriva i den." in text
    assert write in text
    joined.give_role("read", by=applicant, at=now)
    text = client.get("/mina-sidor/").content.decode()
    assert "Du får läsa den." in text
    assert write not in text
    assert "Påbörjad av" not in sign_in(applicant).get("/mina-sidor/").content.decode()


def test_nobody_handles_what_they_take_part_in(draft, applicant, officer, now):
    invited = CoApplicant.objects.invite(draft, officer.email, "read", by=applicant, at=now)
    invited.accept(by=officer, at=now)
    draft.submit(by=applicant, at=now)
    assert not Application.objects.not_barring(officer).exists()
    assert not Case.objects.not_barring(officer).exists()
    assert not officer.has_perm("cases.handle_case", draft.case)
    with pytest.raises(PermissionDenied):
        draft.begin_assessment(by=officer, at=now)


def test_the_account_knows_of_it(client, sign_in, applicant, other_applicant, draft, invited, now):
    data, close = "/konto/mina-uppgifter.json", "/konto/avsluta/"
    key = "applications_written_together"
    (mine,) = sign_in(other_applicant).get(data).json()[key]
    assert (mine["role"], mine["joined"]) == ("edit", None)
    invited.accept(by=other_applicant, at=now)
    text = client.get(data).content.decode()
    assert json.loads(text)[key][0]["joined"]
    assert "Anna" not in text
    for person, told in ((other_applicant, "någon annans ansökan"), (applicant, "Andra deltar")):
        answer = sign_in(person).post(close)
        assert answer.status_code == 409
        assert told in answer.context["reasons"][0]
    assert Application.objects.filter(pk=draft.pk).exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_many_answers_at_once_one_counts(invited, other_applicant, draft, now):
    def accept():
        invited.accept(by=User.objects.get(pk=other_applicant.pk), at=now)

    outcomes = all_at_once(*[accept] * 5)
    assert [type(one).__name__ for one in outcomes if one is not None] == ["WrongState"] * 4
    assert draft.case.parties.filter(role="co_applicant").count() == 1
