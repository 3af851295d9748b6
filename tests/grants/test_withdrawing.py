from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.core.models import Mail
from portal.core.workflow import WrongState


@pytest.mark.parametrize("stage", ["submitted", "assessed", "proposed"])
def test_an_application_can_be_withdrawn_until_it_is_decided(
    request, submitted, officer, applicant, now, stage
):
    if stage == "assessed":
        submitted.begin_assessment(by=officer, at=now)
    if stage == "proposed":
        request.getfixturevalue("proposed")
    submitted.withdraw(by=applicant, at=now)
    assert submitted.state == "withdrawn"
    assert submitted.case.number
    assert not submitted.case.proposals.awaiting_decision().exists()
    assert submitted.case.number in Mail.objects.first().subject


def test_a_withdrawn_application_can_no_longer_be_decided(proposed, applicant, secretary, now):
    proposal = proposed.case.proposals.get()
    proposed.withdraw(by=applicant, at=now)
    with pytest.raises(WrongState):
        proposal.record_meeting_decision(
            by=secretary, at=now, outcome="granted", amount=Decimal(100), reasons="-",
            met_on=timezone.localdate(now), section=1,
        )  # fmt: skip
    proposal.refresh_from_db()
    assert proposal.state == "dropped"


def test_a_draft_is_deleted_not_withdrawn(draft, applicant, now):
    with pytest.raises(WrongState):
        draft.withdraw(by=applicant, at=now)


def test_a_decided_application_cannot_be_withdrawn(awarded, applicant, now):
    with pytest.raises(WrongState):
        awarded.application.withdraw(by=applicant, at=now)


def test_the_second_time_is_refused(submitted, applicant, now):
    submitted.withdraw(by=applicant, at=now)
    with pytest.raises(WrongState):
        submitted.withdraw(by=applicant, at=now)
    assert Mail.objects.count() == 2


@pytest.mark.parametrize("person", ["other_applicant", "officer"])
def test_only_the_applicant_withdraws(request, submitted, now, person):
    with pytest.raises(PermissionDenied):
        submitted.withdraw(by=request.getfixturevalue(person), at=now)
    submitted.refresh_from_db()
    assert submitted.state == "submitted"
