from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.transaction import TransactionManagementError

from portal.cases.models import Case, NumberSeries
from portal.cases.numbering import next_number


@pytest.fixture
def case(db):
    return Case.objects.create(kind="other", title="Utkast")


def register(person, at, title="Ärende"):
    return Case.objects.create(kind="other", title="-").register(by=person, at=at, title=title)


def test_a_registered_case_has_number_title_time_and_a_line_in_its_log(case, officer, now):
    case.register(by=officer, at=now, title="Samarbete")
    assert case.number == f"KUN {case.year}-00001"
    assert (case.title, case.registered_at, case.is_registered) == ("Samarbete", now, True)
    event = case.events.get()
    assert (event.what, event.by, event.at, event.details) == (
        "registered", officer, now, {"number": case.number},
    )  # fmt: skip


def test_it_keeps_its_number_when_registered_again(case, officer, now):
    case.register(by=officer, at=now, title="Samarbete")
    case.register(by=officer, at=now, title="Annat")
    assert (case.serial, case.title, case.events.count()) == (1, "Samarbete", 1)


def test_numbers_run_through_the_year_and_begin_again(officer):
    numbers = [
        register(officer, datetime(year, month, 1, tzinfo=UTC)).number
        for year, month in [(2026, 1), (2026, 5), (2027, 2), (2026, 12)]
    ]
    assert numbers == ["KUN 2026-00001", "KUN 2026-00002", "KUN 2027-00001", "KUN 2026-00003"]


def test_the_year_is_the_one_in_sweden(officer):
    eve = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    assert register(officer, eve).year == 2027


def test_a_number_that_is_rolled_back_is_given_to_the_next(officer, now):
    with transaction.atomic():
        register(officer, now)
        transaction.set_rollback(True)
    assert register(officer, now).serial == 1


@pytest.mark.django_db(transaction=True)
def test_no_number_is_taken_outside_a_transaction():
    with pytest.raises(TransactionManagementError):
        next_number(2026)
    assert not NumberSeries.objects.exists()


@pytest.mark.parametrize(
    "values",
    [{"number": "KUN 2026-00001"}, {"year": 2026, "serial": 1}],
)
def test_the_database_refuses_half_a_registration(case, values):
    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(**values)


def test_the_database_refuses_a_number_twice(officer, now, case):
    other = register(officer, now)
    with pytest.raises(IntegrityError):
        Case.objects.filter(pk=case.pk).update(
            number="X", year=other.year, serial=other.serial, registered_at=now
        )


def test_the_code_is_the_region_s(officer, now, settings):
    settings.REGION = settings.REGION | {"committee_code": "RKN"}
    assert register(officer, now).number.startswith("RKN ")
