"""A batch that many send at once goes once."""

from functools import partial

import pytest
from django.db import transaction

from grants.models import Letter
from grants.models.letters import Pick
from portal.core.models import Mail
from tests.races import all_at_once, kinds_of_failure

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

PRESSES, LETTERS = 12, 4


def told():
    return Mail.objects.filter(subject__startswith="Beslut").count()


def test_a_batch_pressed_many_times_sends_each_letter_once(several, officer, now):
    picks = [Pick(one.pk, one.version) for one in several(LETTERS)]
    press = partial(Letter.objects.send_each, picks, by=officer, at=now)
    results = all_at_once(*[press] * PRESSES)
    assert kinds_of_failure(results) == set()
    assert sum(one.sent for one in results) == LETTERS == told()
    assert sum(one.gone for one in results) == LETTERS * (PRESSES - 1)
    assert Letter.objects.sent().count() == LETTERS


def test_control_without_the_lock_the_same_letter_goes_many_times(several, officer, now):
    """Read, all of them; then written, without reading again under the lock."""
    (letter,) = several(1)
    read = all_at_once(*[partial(Letter.objects.get, pk=letter.pk)] * PRESSES)

    def send(copy):
        if not copy.is_draft:
            return
        with transaction.atomic():
            copy.application.case.notify(
                to=copy.to, template="grants/mail/letter.txt", by=officer, at=now,
                context={"letter": copy, "application": copy.application},
            )  # fmt: skip

    assert kinds_of_failure(all_at_once(*(partial(send, copy) for copy in read))) == set()
    assert told() == PRESSES
