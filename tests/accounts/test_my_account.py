"""The person's own account: name and language, a copy of what is held, and leaving."""

import json

import pytest

from grants.models import Application
from portal.cases.models import Case
from portal.core.models import ApiToken, User
from tests.conftest import make_user

ACCOUNT, DATA, CLOSE = "/konto/", "/konto/mina-uppgifter.json", "/konto/avsluta/"


def test_name_and_language_are_ones_own_to_change(sign_in, applicant):
    client = sign_in(applicant)
    answer = client.post(ACCOUNT, {"full_name": "Anna Alm", "language": "en"})
    assert answer.url == ACCOUNT
    applicant.refresh_from_db()
    assert (applicant.full_name, applicant.language) == ("Anna Alm", "en")
    answer = client.post(ACCOUNT, {"full_name": " ", "language": "fi"})
    assert answer.context["form"].errors.keys() == {"full_name", "language"}


def test_nothing_else_of_the_account_can_be_changed_there(sign_in, applicant):
    sent = {"full_name": "Anna Alm", "language": "sv", "is_staff": "on", "email": "x@example.org"}
    sign_in(applicant).post(ACCOUNT, sent)
    applicant.refresh_from_db()
    assert (applicant.is_staff, applicant.email) == (False, "anna@example.org")


def test_a_copy_holds_all_that_is_mine_and_nothing_of_others(
    sign_in, applicant, other_applicant, submitted, organisation, call, now
):
    Application.objects.start(call=call, by=other_applicant, at=now).edit(
        by=other_applicant, at=now, content={"project": {"title": "HEMLIGT"}}
    )
    ApiToken.objects.issue(user=applicant, scope="read", at=now)
    answer = sign_in(applicant).get(DATA)
    assert answer["Content-Disposition"] == 'attachment; filename="motesplats.json"'
    text = answer.content.decode()
    held = json.loads(text)
    assert held["account"]["email"] == "anna@example.org"
    assert [one["name"] for one in held["organisations"]] == [organisation.name]
    (application,) = held["applications"]
    assert (application["title"], application["number"]) == (
        "Dans över havet",
        submitted.case.number,
    )
    content = application["content"]
    assert content["perspectives"]["invanare"]["how"] == "Skolor möter konstnärer."
    assert [row["gives"] for row in content["partners"]] == ["Scenen."]
    assert len(held["mail_sent_to_you"]) == 1
    assert len(held["api_tokens"]) == 1
    assert "HEMLIGT" not in text
    assert "bo@example.org" not in text


def test_nobody_gets_a_copy_without_signing_in(client, db):
    assert client.get(DATA).url.startswith("/konto/logga-in/")


def test_an_account_without_cases_closes_itself_with_its_drafts(sign_in, applicant, call, now):
    Application.objects.start(call=call, by=applicant, at=now)
    client = sign_in(applicant)
    assert client.get(CLOSE).context["reasons"] == []
    assert client.post(CLOSE).url == "/"
    assert not User.objects.filter(email="anna@example.org").exists()
    assert not Application.objects.exists()
    assert not Case.objects.exists()
    assert client.get("/mina-sidor/").status_code == 302


@pytest.mark.parametrize(
    ("make", "told"),
    [
        ("submitted", "Du har lämnat in en ansökan: enligt lag behåller vi det som hör till den."),
        ("role", "Du har en roll här: en administratör avslutar sådana konton."),
    ],
)
def test_what_must_stay_is_told_and_nothing_is_removed(
    request, client, sign_in, applicant, make, told
):
    person = applicant
    if make == "submitted":
        request.getfixturevalue("submitted")
    else:
        person = make_user("m@example.org", "member")
    client = sign_in(person)
    assert client.get(CLOSE).context["reasons"] == [told]
    answer = client.post(CLOSE)
    assert (answer.status_code, answer.context["reasons"]) == (409, [told])
    assert User.objects.filter(pk=person.pk).exists()


def test_an_organisation_with_others_needs_another_manager_first(
    sign_in, applicant, other_applicant, organisation, now
):
    organisation.members.create(user=other_applicant, since=now.date())
    answer = sign_in(applicant).post(CLOSE)
    told = "Någon måste ansvara för organisationen: välj först en annan ansvarig."
    assert (answer.status_code, answer.context["reasons"]) == (409, [told])
    assert User.objects.filter(pk=applicant.pk).exists()
