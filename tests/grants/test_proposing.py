from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.core.workflow import WrongState
from tests.conftest import assess, make_user


@pytest.fixture
def under_assessment(submitted, officer, now):
    return submitted.begin_assessment(by=officer, at=now)


def propose(application, by, at, outcome="granted", amount=Decimal(15_000), reasons="Stärker."):
    return application.propose(by=by, at=at, outcome=outcome, amount=amount, reasons=reasons)


class TestBeginning:
    def test_the_officer_takes_charge(self, under_assessment, officer):
        assert (under_assessment.state, under_assessment.case.officer) == (
            "under_assessment", officer,
        )  # fmt: skip

    def test_once(self, under_assessment, officer, now):
        with pytest.raises(WrongState):
            under_assessment.begin_assessment(by=officer, at=now)

    @pytest.mark.parametrize("person", ["applicant", "secretary", "administrator", "member"])
    def test_by_officers_only(self, request, submitted, now, person):
        with pytest.raises(PermissionDenied):
            submitted.begin_assessment(by=request.getfixturevalue(person), at=now)

    def test_never_one_s_own(self, draft, applicant, now):
        applicant.groups.add(make_user("x@example.org", "officer").groups.get())
        draft.submit(by=applicant, at=now)
        with pytest.raises(PermissionDenied):
            draft.begin_assessment(by=applicant, at=now)

    def test_a_draft_is_nobodys_business(self, draft, officer, now):
        with pytest.raises(WrongState):
            draft.begin_assessment(by=officer, at=now)


class TestProposing:
    @pytest.fixture
    def assessed(self, under_assessment, officer, now):
        assess(under_assessment, by=officer, at=now)
        return under_assessment

    def test_a_proposal_awaits_its_decision(self, assessed, officer, now):
        propose(assessed, officer, now)
        proposal = assessed.case.proposals.get()
        assert assessed.state == "proposed"
        assert (proposal.state, proposal.outcome, proposal.amount, proposal.proposed_by) == (
            "open", "granted", Decimal(15_000), officer,
        )  # fmt: skip

    @pytest.mark.parametrize("outcome", ["rejected", "dismissed"])
    def test_only_a_granting_one_has_an_amount(self, assessed, officer, now, outcome):
        propose(assessed, officer, now, outcome=outcome)
        assert assessed.case.proposals.get().amount is None

    @pytest.mark.parametrize("amount", [None, Decimal("20000.01"), Decimal(0), Decimal(-5)])
    def test_at_most_what_was_applied_for(self, assessed, officer, now, amount):
        with pytest.raises(ValidationError) as error:
            propose(assessed, officer, now, amount=amount)
        assert list(error.value.message_dict) == ["amount"]
        assert not assessed.case.proposals.exists()

    @pytest.mark.parametrize(("outcome", "reasons"), [("maybe", "-"), ("rejected", "")])
    def test_an_outcome_and_reasons_are_needed(self, assessed, officer, now, outcome, reasons):
        with pytest.raises(ValidationError):
            propose(assessed, officer, now, outcome=outcome, reasons=reasons)

    def test_not_before_the_assessment(self, under_assessment, officer, now):
        with pytest.raises(ValidationError):
            propose(under_assessment, officer, now)
        assert not under_assessment.case.proposals.exists()

    def test_once(self, proposed, officer, now):
        with pytest.raises(WrongState):
            propose(proposed, officer, now)
        assert proposed.case.proposals.count() == 1

    @pytest.mark.parametrize("person", ["applicant", "secretary"])
    def test_by_officers_only(self, request, assessed, now, person):
        with pytest.raises(PermissionDenied):
            propose(assessed, request.getfixturevalue(person), now)

    @pytest.mark.parametrize(
        ("ceiling", "route"), [(15_000, "delegated"), (14_999, "meeting"), (None, "delegated")]
    )
    def test_what_passes_the_delegates_ceiling_goes_to_a_meeting(
        self, assessed, officer, now, scheme, delegation_point, ceiling, route
    ):
        delegation_point.ceiling = ceiling
        delegation_point.save()
        scheme.delegation_point = delegation_point
        scheme.save()
        propose(assessed, officer, now)
        assert assessed.case.proposals.get().route == route
