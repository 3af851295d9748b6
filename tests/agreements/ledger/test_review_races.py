"""The same link fifty times at once gives one part."""

from functools import partial

import pytest
from django.db import transaction

from agreements.models import ReviewPart
from portal.cases.models import Invitation
from tests.agreements.ledger.conftest import WRITTEN
from tests.races import all_at_once, kinds_of_failure, succeeded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MANY = 50


@pytest.fixture
def invitation(review, officer, now):
    review.invite_to_write(by=officer, at=now)
    return Invitation.objects.get()


def write(review, invitation, now, number):
    review.write(
        by=None, at=now, invitation=invitation, done=[], achieved={},
        **{**WRITTEN, "went_well": f"Writer {number}"},
    )  # fmt: skip
    return number


def test_of_many_at_once_one_is_kept(review, invitation, now):
    results = all_at_once(*(partial(write, review, invitation, now, n) for n in range(MANY)))
    winner = next(result for result in results if isinstance(result, int))
    assert (succeeded(results), kinds_of_failure(results)) == (1, {"LinkRefused"})
    part = ReviewPart.objects.exclude(written_at=None).get()
    assert part.went_well == f"Writer {winner}"
    assert [event.what for event in review.agreement.case.events.all()].count("write") == 1


def test_control_a_link_that_is_looked_at_before_it_is_spent_writes_many_times(
    review, invitation, now
):
    """The same writing, with the link looked at and spent in two steps."""

    def look():
        found = Invitation.objects.get(pk=invitation.pk)
        found.check_live(now)
        return found

    def spend(found, number):
        with transaction.atomic():
            part = ReviewPart.objects.get(pk=found.reference)
            part.fill_in(
                at=now, done=[], achieved={}, **{**WRITTEN, "went_well": f"Writer {number}"}
            )
            Invitation.objects.filter(pk=found.pk).update(used_at=now)

    seen = all_at_once(*[look] * MANY)
    results = all_at_once(*(partial(spend, found, n) for n, found in enumerate(seen)))
    assert succeeded(results) > 1
