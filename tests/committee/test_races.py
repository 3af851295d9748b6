"""Fifty at once at the meeting: one decision of an item, and §§ without gaps or doubles."""

from functools import partial

import pytest

from grants.models import Award
from portal.committee.models import AgendaItem, Decision, Meeting, Proposal
from tests.committee.conftest import GRANTED, row
from tests.races import all_at_once, kinds_of_failure, succeeded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MANY = 50
REJECTED = {"outcome": "rejected", "amount": None, "reasons": "Ryms inte i budgeten."}


def recorders(item, proposal, secretary, now, outcomes):
    """A window each: the item as it is opened there, and the outcome that is pressed."""
    return [
        partial(
            AgendaItem.objects.get(pk=item.pk).decide, by=secretary, at=now, text="Beslut.",
            outcomes={Proposal.objects.get(pk=proposal.pk): outcome},
        )
        for outcome in outcomes
    ]  # fmt: skip


def test_an_item_is_decided_once_however_many_record_it(item, proposal, secretary, now, budget):
    results = all_at_once(*recorders(item, proposal, secretary, now, [GRANTED] * MANY))
    assert (kinds_of_failure(results), succeeded(results)) == ({"WrongState"}, 1)
    budget.refresh_from_db()
    assert (Decision.objects.count(), Award.objects.count()) == (1, 1)
    assert budget.committed == GRANTED["amount"]


def test_granting_and_rejecting_at_once_has_one_winner(item, proposal, secretary, now, budget):
    outcomes = [GRANTED, REJECTED] * 5
    results = all_at_once(*recorders(item, proposal, secretary, now, outcomes))
    assert (kinds_of_failure(results), succeeded(results)) == ({"WrongState"}, 1)
    decision = Decision.objects.get()
    granted = decision.outcome == "granted"
    assert (Award.objects.count(), decision.amount is not None) == (granted, granted)
    budget.refresh_from_db()
    assert budget.committed == (decision.amount or 0)


@pytest.fixture
def another(in_session, secretary, now):
    """A second meeting of the year, in session too."""
    meeting = Meeting.objects.create(begins_at=in_session.begins_at, place="Rådhuset")
    meeting.put_up(by=secretary, at=now, title="Övrigt")
    meeting.summon(by=secretary, at=now)
    present = list(meeting.attendance.all())
    meeting.note_attendance(by=secretary, at=now, present=present, stands_in={})
    return meeting.open(by=secretary, at=now, adjuster=row(meeting, "first"))


def test_matters_that_come_up_at_once_get_sections_without_gaps(
    in_session, another, secretary, now
):
    """In two meetings of the same year; every tenth is refused, and leaves no gap."""
    results = all_at_once(
        *(
            partial(
                Meeting.objects.get(pk=(in_session, another)[number % 2].pk).put_up,
                by=secretary, at=now, title="" if number % 10 == 0 else f"Ärende {number}",
            )
            for number in range(MANY)
        )
    )  # fmt: skip
    assert (kinds_of_failure(results), succeeded(results)) == ({"ValidationError"}, MANY * 9 // 10)
    sections = AgendaItem.objects.order_by("section").values_list("section", flat=True)
    assert list(sections) == list(range(1, 3 + MANY * 9 // 10 + 1))
