from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from grants.models import Award, BudgetExceeded, SchemeBudget
from portal.committee.models import Decision
from portal.core.models import Mail
from portal.core.workflow import WrongState


def decide(proposal, *, by, at, amount=Decimal(15_000), outcome="granted"):
    return proposal.record_meeting_decision(
        by=by, at=at, outcome=outcome, amount=amount, reasons="Stärker utbytet.",
        met_on=timezone.localdate(at), section=42,
    )  # fmt: skip


def nothing_happened(application, budget):
    application.refresh_from_db()
    budget.refresh_from_db()
    made = Award.objects.count() + Decision.objects.count()
    return (application.state, budget.committed, made) == ("proposed", Decimal(0), 0)


def test_a_granted_application_becomes_an_award_and_is_committed(awarded, budget, scheme):
    budget.refresh_from_db()
    assert (awarded.amount, awarded.scheme, awarded.country) == (Decimal(15_000), scheme, "LT")
    assert budget.committed == Decimal(15_000)
    assert awarded.application.state == "decided"
    assert [(tag.perspective.slug, tag.how) for tag in awarded.tags.all()] == [
        ("invanare", "Skolor möter konstnärer.")
    ]


def test_the_decision_copies_the_strategy_as_it_stood(awarded, goal, line, perspectives):
    decision = awarded.decision
    assert list(decision.perspectives.all()) == [perspectives[0]]
    assert (list(decision.goals.all()), decision.line, decision.country) == ([goal], line, "LT")


@pytest.mark.parametrize(
    ("outcome", "state"), [("rejected", "decided"), ("dismissed", "dismissed")]
)
def test_other_outcomes_end_the_matter_without_an_award(
    proposed, secretary, budget, now, outcome, state
):
    decide(proposed.case.proposals.get(), by=secretary, at=now, outcome=outcome)
    proposed.refresh_from_db()
    budget.refresh_from_db()
    assert (proposed.state, budget.committed, proposed.decision.amount) == (state, 0, None)
    assert not Award.objects.exists()


@pytest.mark.parametrize("person", ["applicant", "officer", "administrator", "member"])
def test_only_the_secretary_records_what_a_meeting_decided(request, proposed, budget, now, person):
    with pytest.raises(PermissionDenied):
        decide(proposed.case.proposals.get(), by=request.getfixturevalue(person), at=now)
    assert nothing_happened(proposed, budget)


def mails_to(person):
    return Mail.objects.filter(to=person.email).count()


def test_a_proposal_is_decided_once(proposed, secretary, now):
    proposal = proposed.case.proposals.get()
    decide(proposal, by=secretary, at=now)
    with pytest.raises(WrongState):
        decide(proposal, by=secretary, at=now)
    assert (Award.objects.count(), proposed.letters.count()) == (1, 1)


def test_a_decision_beyond_the_budget_changes_nothing(proposed, secretary, budget, now):
    SchemeBudget.objects.filter(pk=budget.pk).update(amount=Decimal(10_000))
    with pytest.raises(BudgetExceeded) as error:
        decide(proposed.case.proposals.get(), by=secretary, at=now)
    assert "10\u00a0000\u00a0kr" in error.value.message_dict["amount"][0]
    assert nothing_happened(proposed, budget)
    assert (mails_to(proposed.applicant), proposed.letters.count()) == (1, 0)


def test_the_last_krona_of_the_budget_can_be_granted(proposed, secretary, budget, now):
    SchemeBudget.objects.filter(pk=budget.pk).update(amount=Decimal(15_000))
    decide(proposed.case.proposals.get(), by=secretary, at=now)
    budget.refresh_from_db()
    assert budget.left == 0


def test_an_uncapped_year_carries_everything(proposed, secretary, budget, now):
    SchemeBudget.objects.filter(pk=budget.pk).update(amount=None)
    decide(proposed.case.proposals.get(), by=secretary, at=now)
    budget.refresh_from_db()
    assert (budget.committed, budget.left) == (Decimal(15_000), None)


def test_without_a_budget_of_the_year_nothing_is_granted(proposed, secretary, budget, now):
    SchemeBudget.objects.filter(pk=budget.pk).update(year=budget.year + 1)
    with pytest.raises(ValidationError):
        decide(proposed.case.proposals.get(), by=secretary, at=now)
    assert nothing_happened(proposed, budget)


@pytest.mark.parametrize("amount", [None, Decimal(0), Decimal(-5), Decimal("20000.01")])
def test_an_amount_above_zero_and_at_most_what_was_applied_for(
    proposed, secretary, budget, now, amount
):
    with pytest.raises(ValidationError):
        decide(proposed.case.proposals.get(), by=secretary, at=now, amount=amount)
    assert nothing_happened(proposed, budget)


@pytest.mark.parametrize(
    ("signed", "until", "terminated", "serves"),
    [
        (-400, None, None, True),
        (0, 0, None, True),
        (-400, -1, None, False),
        (1, None, None, False),
        (-400, 400, -1, False),
        (None, None, None, False),
    ],
    ids=["in force", "its only day", "expired", "coming", "terminated", "never signed"],
)
def test_the_award_serves_the_schemes_agreement_with_the_partner_in_force_that_day(
    proposed, secretary, scheme, partner, now, signed, until, terminated, serves
):
    def day(days):
        return None if days is None else timezone.localdate(now) + timedelta(days)

    agreement = scheme.agreements.create(
        slug="vilnius", title_sv="Avtal", title_en="Agreement", signed_on=day(signed),
        valid_until=day(until), terminated_on=day(terminated),
        case=proposed.case.__class__.objects.create(kind="agreement", title="Avtal"),
    )  # fmt: skip
    agreement.parties.create(partner=partner)
    decide(proposed.case.proposals.get(), by=secretary, at=now)
    assert Award.objects.get().agreement == (agreement if serves else None)
