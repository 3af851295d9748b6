"""Two officers who propose at once never pass the budget."""

from decimal import Decimal
from functools import partial

import pytest
from django.db import transaction

from grants.models import Call, SchemeBudget
from grants.models.budgets import total
from portal.committee.models import Proposal
from tests.grants.packets.conftest import plan, propose
from tests.races import all_at_once, kinds_of_failure, succeeded

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

EACH = Decimal(10_000)


@pytest.fixture
def two_packets(call, scheme, budget, hand_in, officer, now):
    """Of two calls that share a budget, which carries one of them."""
    SchemeBudget.objects.update(amount=3 * EACH)
    other = Call.objects.create(
        scheme=scheme, slug="annan", name_sv="Annan", name_en="Other", state="published",
        opens_at=call.opens_at, closes_at=call.closes_at, budget_year=call.budget_year,
    )  # fmt: skip
    with transaction.atomic():
        for one in (call, other):
            for number in range(2):
                plan(hand_in(f"{one.slug}{number}", of_call=one), officer, now, amount=EACH)
    return call, other


def test_two_packets_at_once_never_pass_the_budget(two_packets, officer, colleague, budget, now):
    people = (officer, colleague)
    results = all_at_once(
        *(partial(propose, one, by, now) for one, by in zip(two_packets, people, strict=True))
    )
    assert kinds_of_failure(results) == {"BudgetExceeded"}
    assert succeeded(results) == 1
    assert total(budget.proposals()) == 2 * EACH


def test_the_same_packet_twice_at_once_is_proposed_once(two_packets, officer, colleague, now):
    SchemeBudget.objects.update(amount=None)
    results = all_at_once(
        *(partial(propose, two_packets[0], by, now) for by in (officer, colleague))
    )
    assert succeeded(results) == 1
    assert Proposal.objects.count() == 2


def test_control_without_the_lock_the_budget_is_passed(two_packets, officer, budget, now):
    """The same, with the budget read and compared before the proposals are written."""

    def read():
        found = SchemeBudget.objects.get(pk=budget.pk)
        return found.left - total(found.proposals())

    def write(call, left):
        if left < 2 * EACH:
            return
        with transaction.atomic():
            for one in call.applications.all():
                Proposal.objects.create(
                    case=one.case, purpose="grant", outcome="granted", amount=EACH, reasons="-",
                    proposed_by=officer, proposed_at=now,
                )  # fmt: skip

    seen = all_at_once(read, read)
    results = all_at_once(
        *(partial(write, one, left) for one, left in zip(two_packets, seen, strict=True))
    )
    assert kinds_of_failure(results) == set()
    assert total(budget.proposals()) == 4 * EACH > 3 * EACH
