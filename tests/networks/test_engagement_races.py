"""Many at once: one engagement runs, whoever decides or notes at the same moment."""

from functools import partial

import pytest
from django.db import transaction

from networks.models import Engagement
from portal.committee.models import Decision, Proposal
from tests.networks.conftest import decide
from tests.races import all_at_once, kinds_of_failure, succeeded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MANY = 50


def test_a_change_is_decided_once_however_many_decide(proposal, monitoring, secretary, today, now):
    copies = [Proposal.objects.get(pk=proposal.pk) for _ in range(MANY)]
    results = all_at_once(*(partial(decide, copy, secretary, now) for copy in copies))
    monitoring.refresh_from_db()
    assert (succeeded(results), kinds_of_failure(results)) == (1, {"WrongState"})
    assert (Decision.objects.count(), monitoring.end) == (1, today)
    assert Engagement.objects.decided().filter(end=None).count() == 1


def test_a_draft_is_proposed_once_however_many_propose(change, officer, now):
    copies = [Engagement.objects.get(pk=change.pk) for _ in range(MANY)]
    results = all_at_once(
        *(partial(copy.propose, by=officer, at=now, reasons="Ja.") for copy in copies)
    )
    assert (succeeded(results), kinds_of_failure(results)) == (1, {"WrongState"})
    assert Proposal.objects.count() == 1


def test_deciding_one_and_correcting_another_never_wait_for_each_other(
    proposal, monitoring, secretary, officer, now
):
    """Either is first; the other then meets what it left."""
    copies = [Engagement.objects.get(pk=monitoring.pk) for _ in range(MANY)]
    results = all_at_once(
        partial(decide, proposal, secretary, now),
        *(partial(copy.correct, by=officer, at=now) for copy in copies),
    )
    assert kinds_of_failure(results) <= {"WrongState", "ValidationError", "IntegrityError"}
    assert Decision.objects.count() == 1


def test_control_without_the_lock_two_would_end_what_they_both_read(
    proposal, monitoring, secretary, now
):
    """Read by all, then written by all: each believes that it is the one that decides."""

    def read():
        return Proposal.objects.get(pk=proposal.pk).state

    def write(seen):
        if seen != "open":
            return False
        with transaction.atomic():
            Proposal.objects.filter(pk=proposal.pk).update(state="decided")
        return True

    seen = all_at_once(*[read] * MANY)
    assert sum(all_at_once(*(partial(write, state) for state in seen))) > 1
