from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.utils import timezone

from portal.committee.models import Decision, Proposal


@pytest.fixture
def proposal(proposed):
    return proposed.case.proposals.get()


def record(proposal, by, at, **given):
    given = {
        "outcome": "granted", "amount": Decimal(15_000), "reasons": "Stärker.",
        "met_on": timezone.localdate(at), "section": 42,
    } | given  # fmt: skip
    return proposal.record_meeting_decision(by=by, at=at, **given)


def test_the_secretary_records_day_and_section(proposal, secretary, now):
    record(proposal, secretary, now)
    decision = Decision.objects.get()
    assert (decision.route, decision.section, decision.delegate, decision.recorded_by) == (
        "meeting", 42, None, secretary,
    )  # fmt: skip
    assert (decision.decided_on, decision.recorded_at) == (timezone.localdate(now), now)
    assert [event.details for event in proposal.case.events.filter(what="be_decided")] == [
        {"decision": decision.pk, "outcome": "granted"}
    ]


@pytest.mark.parametrize("days", [1, -1])
def test_the_meeting_was_held_after_the_registration_and_before_now(proposal, secretary, now, days):
    with pytest.raises(ValidationError) as error:
        record(proposal, secretary, now, met_on=timezone.localdate(now) + timedelta(days=days))
    assert list(error.value.message_dict) == ["met_on"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"section": None}, "__all__"),
        ({"section": -1}, "section"),
        ({"outcome": "maybe"}, "outcome"),
        ({"reasons": ""}, "reasons"),
        ({"amount": None}, "amount"),
    ],
)
def test_what_is_missing_or_false_is_refused_by_field(proposal, secretary, now, given, field):
    with pytest.raises(ValidationError) as error:
        record(proposal, secretary, now, **given)
    assert field in error.value.message_dict
    assert not Decision.objects.exists()


def test_a_secretary_does_not_record_the_decision_of_a_case_of_one_s_own(proposal, secretary, now):
    proposal.case.parties.create(role="counterpart", user=secretary)
    with pytest.raises(PermissionDenied):
        record(proposal, secretary, now)


def test_one_open_proposal_a_case_and_purpose(proposal, officer, now):
    with pytest.raises(IntegrityError):
        Proposal.objects.create(
            case=proposal.case, purpose="grant", outcome="rejected", reasons="-",
            proposed_by=officer, proposed_at=now,
        )  # fmt: skip


@pytest.mark.parametrize(
    "values",
    [
        {"route": "meeting", "section": None},
        {"route": "delegated", "section": 42},
        {"outcome": "rejected", "amount": Decimal(1)},
        {"outcome": "granted", "amount": None},
        {"reasons": ""},
    ],
)
def test_the_database_holds_what_a_decision_must_be(proposal, secretary, now, values):
    whole = {
        "route": "meeting", "section": 42, "outcome": "granted", "amount": Decimal(1),
        "reasons": "-",
    } | values  # fmt: skip
    with pytest.raises(IntegrityError):
        Decision.objects.create(
            proposal=proposal, decided_on=now.date(), recorded_by=secretary, recorded_at=now,
            **whole,
        )  # fmt: skip


def test_a_proposal_and_a_decision_name_their_case(awarded):
    number = awarded.application.case.number
    assert str(awarded.decision).startswith(f"{number}: ")
    assert str(awarded.decision.proposal).startswith(f"{number}: ")
