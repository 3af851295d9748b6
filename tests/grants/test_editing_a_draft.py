from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from grants.models import Application
from portal.cases.models import Case
from portal.core.workflow import StaleVersion, WrongState


@pytest.fixture
def edit(draft, applicant, now):
    def edit(values, perspectives=None, *, version=2, by=applicant, at=now):
        tags = {tag.perspective: tag.how for tag in draft.tags.all()}
        claimed = tags if perspectives is None else perspectives
        return draft.edit(by=by, at=at, version=version, values=values, perspectives=claimed)

    return edit


def test_each_saving_makes_a_new_version(edit, perspectives):
    before = edit({}).updated_at
    edited = edit({"title": "Annan titel"}, {perspectives[1]: "Lär av varandra."}, version=3)
    assert (edited.title, edited.version) == ("Annan titel", 4)
    assert [(tag.perspective, tag.how) for tag in edited.tags.all()] == [
        (perspectives[1], "Lär av varandra.")
    ]
    assert edited.updated_at > before


def test_what_is_not_given_stays(edit):
    assert edit({"title": "Annan titel"}).amount == Decimal(20_000)


def test_a_draft_may_be_emptied(edit):
    edited = edit({"title": "", "partner": None, "amount": None, "ends_on": None}, {})
    assert (edited.title, edited.partner, edited.tags.count()) == ("", None, 0)


def test_an_older_version_is_refused_and_the_first_text_kept(draft, edit):
    edit({"title": "Först"})
    with pytest.raises(StaleVersion):
        edit({"title": "Sedan"})
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Först", 3)


def test_another_applicant_may_not(edit, draft, other_applicant):
    with pytest.raises(PermissionDenied):
        edit({"title": "Kapad"}, by=other_applicant)
    draft.refresh_from_db()
    assert draft.title == "Dans över havet"


def test_a_member_of_the_applying_organisation_may(
    call, applicant, other_applicant, organisation, now
):
    draft = Application.objects.start(call=call, by=applicant, at=now, organisation=organisation)
    organisation.members.create(user=other_applicant, since=now.date())
    edited = draft.edit(
        by=other_applicant, at=now, version=1, values={"title": "Vårt"}, perspectives={}
    )
    assert edited.title == "Vårt"


def test_a_submitted_application_is_frozen(edit, draft, applicant, now):
    draft.submit(by=applicant, at=now)
    with pytest.raises(WrongState):
        edit({"title": "För sent"})


def test_the_draft_is_frozen_when_the_call_closes(edit, draft, now):
    with pytest.raises(ValidationError) as error:
        edit({"title": "För sent"}, at=now + timedelta(days=30))
    assert error.value.code == "closed"
    draft.refresh_from_db()
    assert (draft.title, draft.version) == ("Dans över havet", 2)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"ends_on": date(2027, 2, 1)}, "ends_on"),
        ({"amount": Decimal(-5)}, "amount"),
        ({"title": "x" * 121}, "title"),
    ],
)
def test_what_is_malformed_is_refused_by_field(edit, draft, values, field):
    with pytest.raises(ValidationError) as error:
        edit(values)
    assert list(error.value.message_dict) == [field]
    draft.refresh_from_db()
    assert draft.version == 2


def test_the_state_cannot_be_given_as_a_value(edit):
    assert edit({"state": "decided", "version": 99}).state == "draft"


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
            same.discard(by=applicant, at=now)
