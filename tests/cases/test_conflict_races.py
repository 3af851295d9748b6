"""A conflict declared in one window while a verb runs in another: who comes second is refused."""

from decimal import Decimal
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from grants.models import Application
from portal.cases.models import Case, Conflict
from portal.committee.models import Proposal
from tests.conftest import assess, complete, write_assessment
from tests.races import all_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

ROUNDS = 12
GRANTED = {"outcome": "granted", "amount": Decimal(1000), "reasons": "Bra."}


@pytest.fixture
def under_assessment(call, applicant, officer, partner, perspectives, now):
    """As many applications as there are rounds, each on its officer's desk."""
    made = []
    with transaction.atomic():
        for _round in range(ROUNDS):
            draft = Application.objects.start(call=call, by=applicant, at=now)
            draft.edit(by=applicant, at=now, content=complete(partner, perspectives[0]))
            draft.submit(by=applicant, at=now)
            draft.begin_assessment(by=officer, at=now)
            made.append(draft)
    return made


@pytest.fixture
def assessed(under_assessment, officer, now):
    with transaction.atomic():
        for one in under_assessment:
            assess(one, by=officer, at=now)
    return under_assessment


def proposals(assessed, officer, now):
    with transaction.atomic():
        for one in assessed:
            one.propose(by=officer, at=now, **GRANTED)
    return list(Proposal.objects.order_by("pk"))


def race(pairs, person, now, logged=None):
    """Each verb beside a declaration; (the verb went through, it stands before the bar) by case."""
    actions = []
    for case, verb in pairs:
        declare = partial(Conflict.objects.declare, case, ground="other", by=person, at=now)
        actions += [declare, verb]
    results = all_at_once(*actions)
    assert not [result for result in results[::2] if isinstance(result, Exception)]
    for (case, verb), result in zip(pairs, results[1::2], strict=True):
        log = list(case.events.order_by("pk").values_list("what", flat=True))
        name = logged or verb.func.__name__
        if isinstance(result, Exception):
            assert isinstance(result, PermissionDenied)
            assert name not in log[log.index("barred") :]
        else:
            assert log.index("barred") > len(log) - 1 - log[::-1].index(name)
    assert Conflict.objects.in_force().count() == ROUNDS


def test_assessing(under_assessment, officer, now):
    written = [write_assessment(one, by=officer, at=now) for one in under_assessment]
    sending = [(one.application.case, partial(one.send, by=officer, at=now)) for one in written]
    race(sending, officer, now, "assessment_sent")


def test_proposing(assessed, officer, now):
    given = {"by": officer, "at": now, **GRANTED}
    race([(one.case, partial(one.propose, **given)) for one in assessed], officer, now)


def test_deciding_by_delegation(assessed, scheme, delegation_point, officer, now):
    scheme.delegation_point = delegation_point
    scheme.save()
    found = proposals([Application.objects.get(pk=one.pk) for one in assessed], officer, now)
    given = {"by": officer, "at": now, **GRANTED}
    pairs = [(one.case, partial(one.decide_by_delegation, **given)) for one in found]
    race(pairs, officer, now)


def test_recording_the_decision_of_a_meeting(assessed, officer, secretary, now):
    met = {"met_on": timezone.localdate(now), "section": 7}
    given = {"by": secretary, "at": now, **GRANTED, **met}
    found = proposals(assessed, officer, now)
    race(
        [(one.case, partial(one.record_meeting_decision, **given)) for one in found], secretary, now
    )


def test_control_asked_before_the_lock_the_bar_comes_too_late(assessed, officer, now):
    """The same, with the right asked for before the case is held: proposals of the barred."""

    def ask(one):
        return officer.has_perm("grants.handle_application", Application.objects.get(pk=one.pk))

    def declare(one):
        return Conflict.objects.declare(one.case, ground="other", by=officer, at=now)

    def write(one):
        return Proposal.objects.create(
            case=one.case, purpose="grant", proposed_by=officer, proposed_at=now, **GRANTED
        )

    assert all(ask(one) for one in assessed)
    all_at_once(*(partial(declare, one) for one in assessed))
    all_at_once(*(partial(write, one) for one in assessed))
    assert not any(ask(one) for one in assessed)
    barred = Case.objects.barring(officer)
    assert Proposal.objects.filter(case__in=barred, proposed_by=officer).count() == ROUNDS
