from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from grants import parts
from grants.models import Application
from portal.cases.models import Case
from portal.core.workflow import StaleVersion, WrongState


@pytest.fixture
def edit(draft, applicant, now):
    def edit(*, by=applicant, at=now, seen=None, **content):
        return draft.edit(by=by, at=at, content=content, seen=seen)

    return edit


def title(text):
    return {"title": text}


def test_each_saving_makes_a_new_version_and_what_is_not_given_stays(edit, draft):
    before = draft.updated_at
    edited = edit(project=title("Annan titel"))
    assert (edited.title, edited.version) == ("Annan titel", 3)
    assert (edited.amount, edited.cooperation.count()) == (Decimal(20_000), 1)
    assert edited.updated_at > before
    # Writing is no event of the case: a draft is the applicant's own.
    assert [event.what for event in draft.case.events.all()] == ["started"]


def test_what_was_opened_before_somebody_saved_it_is_refused_part_by_part(edit, draft):
    opened = {step: parts.seen(part.read(draft)) for step, part in parts.PARTS.items()}
    edit(project=title("Först"), seen={"project": opened["project"]})
    with pytest.raises(StaleVersion):
        edit(project=title("Sedan"), partners=[], seen={"project": opened["project"]})
    draft.refresh_from_db()
    assert (draft.title, draft.version, draft.cooperation.count()) == ("Först", 3, 1)
    # Another part has not been touched.
    assert edit(partners=[], seen={"partners": opened["partners"]}).cooperation.count() == 0


@pytest.mark.parametrize("person", ["other_applicant", "officer"])
def test_nobody_else_may(request, edit, draft, person):
    with pytest.raises(PermissionDenied):
        edit(by=request.getfixturevalue(person), project=title("Kapad"))
    draft.refresh_from_db()
    assert draft.title == "Dans över havet"


def test_a_member_of_the_applying_organisation_may(
    call, applicant, other_applicant, organisation, now
):
    draft = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    organisation.members.create(user=other_applicant, since=now.date())
    edited = draft.edit(by=other_applicant, at=now, content={"project": title("Vårt")})
    assert edited.title == "Vårt"


def test_a_submitted_application_is_frozen(edit, draft, applicant, now):
    draft.submit(by=applicant, at=now)
    with pytest.raises(WrongState):
        edit(project=title("För sent"))


def test_the_draft_is_frozen_when_the_call_closes(edit, draft):
    with pytest.raises(ValidationError) as error:
        edit(at=draft.call.closes_at, project=title("För sent"))
    assert error.value.code == "closed"
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Dans över havet", 2)


COST = {"text": "Resor", "amount": "10.00", "bearer": "applicant"}


@pytest.mark.parametrize(
    ("step", "data", "field"),
    [
        ("project", {"ends_on": "2027-02-01"}, "ends_on"),
        ("project", {"starts_on": "1027-02-01"}, "starts_on"),
        ("project", title("x" * 121), "title"),
        ("partners", [{"name": "Ett", "country": "XX"}], "country"),
        ("partners", [{"name": "Ett", "own_funding": "-5.00"}], "own_funding"),
        ("partners", [{"name": "Ett", "email": "ingen adress"}], "email"),
        ("activities", [{"starts_on": "2027-03-02", "ends_on": "2027-03-01"}], "ends_on"),
        ("budget", {"amount": "-5.00", "costs": [COST], "incomes": []}, "amount"),
        ("budget", {"amount": None, "costs": [COST | {"amount": "0.00"}], "incomes": []}, "amount"),
        ("budget", {"amount": None, "costs": [COST | {"bearer": "king"}], "incomes": []}, "bearer"),
        ("declarations", {"certified": [], "undertaking": "", "aid": [{"euro": "-1.00"}]}, "euro"),
    ],
)
def test_what_is_malformed_is_refused_by_field_and_nothing_is_written(
    edit, draft, step, data, field
):
    before = parts.content(draft)
    with pytest.raises(ValidationError) as error:
        edit(**{"perspectives": {}, step: data})
    assert list(error.value.message_dict) == [field]
    assert parts.content(Application.objects.get(pk=draft.pk)) == before


def test_the_state_cannot_be_given_as_a_value(edit):
    edited = edit(project={"title": "Ny", "state": "decided", "version": 99})
    assert (edited.title, edited.state, edited.version) == ("Ny", "draft", 3)


class TestDiscarding:
    def test_a_draft_goes_with_its_case_and_log(self, draft, applicant, now):
        draft.discard(by=applicant, at=now)
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM cases_caseevent")
            assert cursor.fetchone()[0] == 0
        assert not Case.objects.exists()

    def test_not_by_another(self, draft, other_applicant, now):
        with pytest.raises(PermissionDenied):
            draft.discard(by=other_applicant, at=now)
        assert Case.objects.count() == 1

    def test_not_when_it_has_been_submitted(self, submitted, applicant, now):
        with pytest.raises(WrongState):
            submitted.discard(by=applicant, at=now)
        assert Case.objects.count() == 1

    def test_not_twice(self, draft, applicant, now):
        same = type(draft).objects.get(pk=draft.pk)
        draft.discard(by=applicant, at=now)
        with pytest.raises(WrongState):
            same.discard(by=applicant, at=now + timedelta(seconds=1))
