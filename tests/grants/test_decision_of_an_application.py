from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from grants.models import Award, SchemeBudget
from portal.core.workflow import WrongState


def decide(proposal, *, by, at, amount=Decimal(15_000), outcome="granted"):
    return proposal.record_meeting_decision(
        by=by, at=at, outcome=outcome, amount=amount, reasons="Stärker utbytet.",
        met_on=at.date(), section=42,
    )  # fmt: skip


def test_a_granted_application_becomes_an_award_and_is_committed(awarded, budget, scheme):
    budget.refresh_from_db()
    assert (awarded.amount, awarded.scheme, awarded.country) == (Decimal(15_000), scheme, "LT")
    assert budget.committed == Decimal(15_000)
    assert awarded.application.state == "decided"
    assert [tag.perspective.slug for tag in awarded.tags.all()] == ["invanare"]


def test_the_applicant_cannot_record_the_decision(proposed, applicant, now):
    with pytest.raises(PermissionDenied):
        decide(proposed.case.proposals.get(), by=applicant, at=now)
    assert not Award.objects.exists()


def test_a_proposal_is_decided_once(proposed, secretary, now):
    proposal = proposed.case.proposals.get()
    decide(proposal, by=secretary, at=now)
    with pytest.raises(WrongState):
        decide(proposal, by=secretary, at=now)
    assert Award.objects.count() == 1


def test_a_decision_beyond_the_budget_changes_nothing(proposed, secretary, budget, now):
    SchemeBudget.objects.filter(pk=budget.pk).update(amount=Decimal(10_000))
    with pytest.raises(ValidationError) as error:
        decide(proposed.case.proposals.get(), by=secretary, at=now)
    assert "10 000" in error.value.message_dict["amount"][0].replace("\u00a0", " ")
    proposed.refresh_from_db()
    assert proposed.state == "proposed"
    assert not Award.objects.exists()
