"""The database itself refuses to change the log and the decisions, on both engines."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.cases.models import Case, CaseEvent
from portal.committee.models import Decision


def refused(sql: str) -> str:
    with connection.cursor() as cursor, pytest.raises(DatabaseError) as error, transaction.atomic():
        cursor.execute(sql)
    return str(error.value)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE cases_caseevent SET what = 'nothing'",
        "UPDATE cases_caseevent SET details = '{}'",
        "DELETE FROM cases_caseevent",
    ],
)
def test_the_log_of_a_registered_case(submitted, sql):
    before = list(CaseEvent.objects.values())
    assert "cases_caseevent is append-only" in refused(sql)
    assert list(CaseEvent.objects.values()) == before


def test_not_even_the_log_of_a_draft_is_changed(draft):
    assert "append-only" in refused("UPDATE cases_caseevent SET what = 'nothing'")


def test_the_log_of_a_draft_goes_with_its_case(draft):
    draft.delete()
    draft.case.delete()
    assert (Case.objects.count(), CaseEvent.objects.count()) == (0, 0)


def test_a_registered_case_cannot_be_deleted_around_its_log(officer, now):
    case = Case.objects.create(kind="other", title="-")
    case.register(by=officer, at=now, title="-")
    with pytest.raises(DatabaseError), transaction.atomic():
        case.delete()
    assert CaseEvent.objects.count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE committee_decision SET amount = 1",
        "UPDATE committee_decision SET reasons = 'Andra'",
        "DELETE FROM committee_decision",
    ],
)
def test_a_decision(awarded, sql):
    before = list(Decision.objects.values())
    assert "committee_decision is append-only" in refused(sql)
    assert list(Decision.objects.values()) == before
