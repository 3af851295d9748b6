"""Fifty at once, on a real database: budgets, numbers and single effects hold."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from grants.models import Application, Award, SchemeBudget
from grants.parts import PARTS, seen
from portal.cases.models import Case, NumberSeries
from portal.committee.models import Decision, Proposal
from portal.core.models import Mail
from tests.conftest import assess, complete, make_user
from tests.races import all_at_once, kinds_of_failure, succeeded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MANY = 50
EACH, BUDGET = Decimal(10_000), Decimal(200_000)
FITTING = 20


@pytest.fixture
def drafts(call, partner, perspectives, now):
    """One complete draft for each of fifty people."""

    def draft(number):
        person = make_user(f"person{number}@example.org")
        application = Application.objects.start(call=call, by=person, at=now)
        return application.edit(by=person, at=now, content=complete(partner, perspectives[0]))

    with transaction.atomic():
        return [draft(number) for number in range(MANY)]


@pytest.fixture
def proposals(drafts, officer, now):
    """Fifty proposals that together want two and a half times the budget, which had no ceiling when
    they were written.
    """
    SchemeBudget.objects.update(amount=None)
    with transaction.atomic():
        for draft in drafts:
            draft.submit(by=draft.applicant, at=now)
            draft.begin_assessment(by=officer, at=now)
            assess(draft, by=officer, at=now, score=4)
            draft.propose(by=officer, at=now, outcome="granted", amount=EACH, reasons="Bra.")
    SchemeBudget.objects.update(amount=BUDGET)
    return list(Proposal.objects.all())


def decide(proposal, secretary, now):
    return proposal.record_meeting_decision(
        by=secretary, at=now, outcome="granted", amount=EACH, reasons="Bra.",
        met_on=timezone.localdate(now), section=7,
    )  # fmt: skip


def test_decisions_at_once_never_pass_the_budget(proposals, secretary, budget, now):
    results = all_at_once(*(partial(decide, proposal, secretary, now) for proposal in proposals))
    budget.refresh_from_db()
    assert kinds_of_failure(results) == {"BudgetExceeded"}
    assert succeeded(results) == FITTING
    assert (Award.objects.count(), Decision.objects.count()) == (FITTING, FITTING)
    assert Application.objects.filter(state="decided").count() == FITTING
    assert Proposal.objects.awaiting_decision().count() == MANY - FITTING
    assert budget.committed == Award.objects.aggregate(sum=Sum("amount"))["sum"] == BUDGET


def test_control_without_the_lock_the_budget_is_overrun(proposals, secretary, budget, now):
    """The same decisions, with the budget read, compared and written without holding its row."""

    def read_the_budget():
        return SchemeBudget.objects.get(pk=budget.pk)

    def write(proposal, seen):
        if seen.left < EACH:
            return
        application = proposal.case.application
        with transaction.atomic():
            decision = Decision.objects.create(
                proposal=proposal, route="meeting", outcome="granted", amount=EACH, reasons="-",
                decided_on=timezone.localdate(now), section=7, recorded_by=secretary,
                recorded_at=now,
            )  # fmt: skip
            Award.objects.grant(application=application, decision=decision, budget=seen)
            SchemeBudget.objects.filter(pk=budget.pk).update(committed=seen.committed + EACH)

    seen = all_at_once(*[read_the_budget] * MANY)
    results = all_at_once(
        *(partial(write, proposal, one) for proposal, one in zip(proposals, seen, strict=True))
    )
    assert kinds_of_failure(results) == set()
    assert Award.objects.aggregate(sum=Sum("amount"))["sum"] == MANY * EACH
    assert MANY * EACH > BUDGET


def test_one_proposal_is_decided_once_however_many_decide(proposed, secretary, budget, now):
    proposal = proposed.case.proposals.get()
    results = all_at_once(*[partial(decide, proposal, secretary, now)] * MANY)
    budget.refresh_from_db()
    assert kinds_of_failure(results) == {"WrongState"}
    assert (succeeded(results), Decision.objects.count(), Award.objects.count()) == (1, 1, 1)
    assert budget.committed == EACH


def test_submissions_at_once_get_unique_numbers_without_gaps(drafts, now):
    results = all_at_once(*(partial(draft.submit, by=draft.applicant, at=now) for draft in drafts))
    assert kinds_of_failure(results) == set()
    serials = Case.objects.registered().order_by("serial").values_list("serial", flat=True)
    assert list(serials) == list(range(1, MANY + 1))
    assert Mail.objects.count() == MANY


def test_a_submission_that_fails_leaves_no_gap(drafts, now):
    incomplete = drafts[::2]
    Application.objects.filter(pk__in=[draft.pk for draft in incomplete]).update(summary="")
    results = all_at_once(*(partial(draft.submit, by=draft.applicant, at=now) for draft in drafts))
    assert kinds_of_failure(results) == {"ValidationError"}
    assert succeeded(results) == NumberSeries.objects.get().last == MANY // 2


def test_the_same_submission_fifty_times_has_one_effect(draft, now):
    submit = partial(draft.submit, by=draft.applicant, at=now)
    copies = [
        partial(Application.objects.get(pk=draft.pk).submit, by=draft.applicant, at=now)
        for _ in range(MANY - 1)
    ]
    results = all_at_once(submit, *copies)
    assert kinds_of_failure(results) == {"WrongState"}
    assert (succeeded(results), NumberSeries.objects.get().last) == (1, 1)
    assert Mail.objects.count() == 1


def test_beginning_fifty_times_makes_one_draft(call, applicant, now):
    begin = partial(Application.objects.start, call=call, by=applicant, at=now)
    results = all_at_once(*[begin] * MANY)
    assert kinds_of_failure(results) == set()
    assert len({draft.pk for draft in results}) == 1
    assert (Application.objects.count(), Case.objects.count()) == (1, 1)


def test_saving_what_was_opened_once_fifty_times_keeps_the_first(draft, now):
    opened = {"project": seen(PARTS["project"].read(draft))}

    def save(number):
        copy = Application.objects.get(pk=draft.pk)
        content = {"project": {"title": f"{number}"}}
        return copy.edit(by=draft.applicant, at=now, content=content, seen=opened)

    results = all_at_once(*(partial(save, number) for number in range(MANY)))
    assert kinds_of_failure(results) == {"StaleVersion"}
    assert succeeded(results) == 1
    draft.refresh_from_db()
    assert draft.version == 3


def test_deciding_and_withdrawing_at_once_never_wait_for_each_other(
    proposals, secretary, budget, now
):
    pairs = [
        (
            partial(decide, proposal, secretary, now),
            partial(
                proposal.case.application.withdraw, by=proposal.case.application.applicant, at=now
            ),
        )
        for proposal in proposals[:FITTING]
    ]
    results = all_at_once(*(action for pair in pairs for action in pair))
    assert kinds_of_failure(results) == {"WrongState"}
    assert succeeded(results) == FITTING
    assert Award.objects.count() == Application.objects.filter(state="decided").count()
    assert Application.objects.filter(state="proposed").count() == MANY - FITTING
