"""Applications and cases: for those who may read them, by session or by token."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.core.models import ApiToken


def make_token(user, scope):
    out = StringIO()
    call_command("api_token", "create", user.email, "--scope", scope, stdout=out)
    return out.getvalue().strip()


@pytest.fixture
def with_token(client):
    def with_token(key, address):
        return client.get(f"/api/v1/{address}", headers={"authorization": f"Token {key}"})

    return with_token


def numbers(answer):
    assert answer.status_code == 200, answer.content
    return [row["number"] for row in answer.json()["results"]]


def statuses(client, *addresses):
    return [client.get(f"/api/v1/{address}").status_code for address in addresses]


def test_nobody_reads_without_signing_in(client, submitted):
    answer = client.get("/api/v1/applications/")
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Token")
    assert statuses(client, f"applications/{submitted.pk}/", "cases/") == [401, 401]


def test_the_applicant_reads_the_whole_of_the_application(submitted, applicant, sign_in):
    answer = sign_in(applicant).get(f"/api/v1/applications/{submitted.pk}/")
    found = answer.json()
    assert answer["Cache-Control"] == "private, no-store"
    assert {name: found[name] for name in ("number", "state", "applicant", "partner", "call")} == {
        "number": submitted.case.number,
        "state": "submitted",
        "applicant": "Anna Ek",
        "partner": "vilnius",
        "call": "https://portal.example.org/api/v1/calls/resestipendium-oppen/",
    }
    assert (found["amount"], found["total_cost"], found["currency"]) == (
        "20000.00", "60000.00", "SEK",
    )  # fmt: skip


def test_a_draft_is_its_applicants_alone(draft, applicant, officer, sign_in):
    assert numbers(sign_in(applicant).get("/api/v1/applications/")) == [None]
    assert numbers(sign_in(officer).get("/api/v1/applications/")) == []
    assert statuses(sign_in(officer), f"applications/{draft.pk}/") == [404]


def test_another_applicant_finds_nothing(submitted, other_applicant, sign_in):
    client = sign_in(other_applicant)
    assert numbers(client.get("/api/v1/applications/")) == []
    assert statuses(client, f"applications/{submitted.pk}/") == [404]
    assert statuses(client, "cases/", f"cases/{submitted.case_id}/") == [403, 403]


def test_a_committee_member_reads_no_cases(submitted, member, sign_in):
    client = sign_in(member)
    assert numbers(client.get("/api/v1/applications/")) == []
    assert statuses(client, "cases/") == [403]


def test_an_officer_reads_what_has_been_submitted(submitted, officer, sign_in):
    client = sign_in(officer)
    assert numbers(client.get("/api/v1/applications/")) == [submitted.case.number]
    assert numbers(client.get("/api/v1/cases/?year=2019")) == []
    found = client.get(f"/api/v1/cases/{submitted.case_id}/").json()
    assert (found["number"], found["kind"], found["title"], found["officer"]) == (
        submitted.case.number, "application", "Dans över havet", None,
    )  # fmt: skip


def test_applications_are_filtered_as_awards_are(submitted, officer, sign_in):
    client = sign_in(officer)
    found = [
        numbers(client.get(f"/api/v1/applications/?{query}"))
        for query in ("perspective=invanare", "perspective=kunskap", "goal=utbyte", "q=havet")
    ]
    number = submitted.case.number
    assert found == [[number], [], [number], [number]]


def test_cases_are_filtered(submitted, officer, sign_in):
    client = sign_in(officer)
    number = submitted.case.number
    found = [
        numbers(client.get(f"/api/v1/cases/?{query}"))
        for query in ("kind=application", "kind=agreement", "updated_since=2020-01-01", "q=havet")
    ]
    assert found == [[number], [], [number], [number]]
    assert client.get("/api/v1/cases/?perspective=invanare").status_code == 400


def test_a_read_token_reads_what_its_owner_handed_in(submitted, applicant, officer, with_token):
    key = make_token(applicant, "read")
    assert numbers(with_token(key, "applications/")) == [submitted.case.number]
    assert with_token(key, "cases/").status_code == 403


def test_a_read_token_of_an_officer_does_not_lend_the_role(submitted, officer, with_token):
    key = make_token(officer, "read")
    assert numbers(with_token(key, "applications/")) == []
    assert with_token(key, f"applications/{submitted.pk}/").status_code == 404
    assert with_token(key, "cases/").status_code == 403


def test_a_staff_token_reads_what_the_role_may(submitted, draft, officer, with_token):
    key = make_token(officer, "staff")
    assert numbers(with_token(key, "applications/")) == [submitted.case.number]
    assert len(numbers(with_token(key, "cases/"))) == 1


def test_a_staff_token_ends_with_the_role(submitted, officer, with_token):
    key = make_token(officer, "staff")
    officer.groups.clear()
    assert numbers(with_token(key, "applications/")) == []
    assert with_token(key, "cases/").status_code == 403


def test_a_token_ends_with_the_account(submitted, officer, with_token):
    key = make_token(officer, "staff")
    type(officer).objects.update(is_active=False)
    assert with_token(key, "applications/").status_code == 401


def test_a_revoked_token_is_not_valid(submitted, officer, with_token):
    key = make_token(officer, "staff")
    call_command("api_token", "revoke", officer.email, stdout=StringIO())
    assert with_token(key, "applications/").status_code == 401


@pytest.mark.parametrize("key", ["", "wrong", "two words", "å", "x" * 5000])
def test_a_wrong_token_is_a_problem(with_token, db, key):
    answer = with_token(key, "applications/")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")


def test_only_the_digest_is_kept(officer):
    key = make_token(officer, "read")
    token = ApiToken.objects.get()
    assert key not in str(vars(token))
    assert len(token.digest) == 64


def test_a_staff_token_is_made_for_staff_only(applicant):
    with pytest.raises(CommandError):
        make_token(applicant, "staff")
    assert not ApiToken.objects.exists()


def test_no_token_is_made_for_nobody_or_for_a_closed_account(officer):
    with pytest.raises(CommandError):
        call_command("api_token", "create", "nobody@example.org")
    type(officer).objects.update(is_active=False)
    with pytest.raises(CommandError):
        make_token(officer, "read")


def test_open_lists_do_not_ask_for_the_token(with_token, db):
    assert with_token("wrong", "partners/").status_code == 200
