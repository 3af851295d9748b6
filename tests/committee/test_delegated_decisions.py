from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from portal.committee.models import Decision
from portal.core.workflow import WrongState
from tests.conftest import make_user


@pytest.fixture
def scheme(scheme, delegation_point):
    scheme.delegation_point = delegation_point
    scheme.save()
    return scheme


@pytest.fixture
def proposal(proposed):
    return proposed.case.proposals.get()


def decide(proposal, by, at, **given):
    given = {"outcome": "granted", "amount": Decimal(15_000), "reasons": "Stärker."} | given
    return proposal.decide_by_delegation(by=by, at=at, **given)


def test_the_named_delegate_decides(proposal, officer, delegation_point, now):
    decide(proposal, officer, now)
    decision = Decision.objects.get()
    assert proposal.state == "decided"
    assert (decision.route, decision.delegate, decision.delegation_point, decision.section) == (
        "delegated", officer, delegation_point, None,
    )  # fmt: skip
    assert decision.decided_on == timezone.localdate(now)
    assert proposal.case.application.state == "decided"


@pytest.mark.parametrize("person", ["applicant", "secretary", "administrator", "member"])
def test_nobody_else_does(request, proposal, now, person):
    with pytest.raises(PermissionDenied):
        decide(proposal, request.getfixturevalue(person), now)
    assert not Decision.objects.exists()


def test_another_officer_is_no_delegate(proposal, now):
    with pytest.raises(PermissionDenied):
        decide(proposal, make_user("other@example.org", "officer"), now)


@pytest.mark.parametrize(("start", "end"), [(1, None), (-10, -1)])
def test_only_while_the_point_is_in_force(proposal, officer, delegation_point, now, start, end):
    today = timezone.localdate(now)
    delegation_point.valid_from = today + timedelta(days=start)
    delegation_point.valid_until = today + timedelta(days=end) if end else None
    delegation_point.save()
    with pytest.raises(PermissionDenied):
        decide(proposal, officer, now)


def test_a_delegate_never_decides_a_case_of_one_s_own(proposal, delegation_point, applicant, now):
    delegation_point.delegates.add(applicant)
    with pytest.raises(PermissionDenied):
        decide(proposal, applicant, now)


def test_nor_one_of_an_organisation_one_belongs_to(proposal, officer, organisation, now):
    organisation.members.create(user=officer, since=now.date())
    proposal.case.parties.create(role="applicant", organisation=organisation)
    with pytest.raises(PermissionDenied):
        decide(proposal, officer, now)


def test_the_ceiling_holds(proposal, officer, delegation_point, now):
    delegation_point.ceiling = Decimal(14_999)
    delegation_point.save()
    with pytest.raises(ValidationError) as error:
        decide(proposal, officer, now)
    assert list(error.value.message_dict) == ["amount"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("ceilings", "may"),
    [
        ({"officer": 14_999}, False),
        ({"officer": 15_000}, True),
        ({"secretary": 10}, True),  # not the delegate's role: the point's own ceiling holds
        ({"officer": 14_999, "assessor": 15_000}, True),  # the highest of several roles
        ({"officer": 60_000}, True),
    ],
)
def test_a_role_has_a_ceiling_of_its_own(proposal, officer, delegation_point, now, ceilings, may):
    for role, ceiling in ceilings.items():
        delegation_point.role_ceilings.create(role=role, ceiling=ceiling)
    officer.groups.add(Group.objects.get(name="assessor"))
    assert delegation_point.covers(Decimal(15_000), now.date()) == may
    if may:
        assert decide(proposal, officer, now)
    else:
        with pytest.raises(ValidationError, match=r"14\\xa0999"):
            decide(proposal, officer, now)
    assert Decision.objects.exists() == may


def test_no_role_passes_the_point_s_own_ceiling(delegation_point, officer, now):
    delegation_point.role_ceilings.create(role="officer", ceiling=60_000)
    assert delegation_point.ceiling_of(officer) == delegation_point.ceiling == 50_000
    assert not delegation_point.covers(Decimal(50_001), now.date())
    assert delegation_point.covers(Decimal(50_000), now.date())


def test_what_one_of_two_delegates_may_grant_is_delegated(delegation_point, now):
    delegation_point.role_ceilings.create(role="officer", ceiling=10_000)
    assert not delegation_point.covers(Decimal(20_000), now.date())
    delegation_point.delegates.add(make_user("head@example.org", "administrator"))
    assert delegation_point.covers(Decimal(20_000), now.date())


@pytest.mark.parametrize("outcome", ["rejected", "dismissed"])
def test_other_outcomes_have_no_amount(proposal, officer, now, outcome):
    decide(proposal, officer, now, outcome=outcome)
    assert Decision.objects.get().amount is None


def test_reasons_are_needed(proposal, officer, now):
    with pytest.raises(ValidationError) as error:
        decide(proposal, officer, now, reasons="")
    assert list(error.value.message_dict) == ["reasons"]


def test_once(proposal, officer, now):
    decide(proposal, officer, now)
    with pytest.raises(WrongState):
        decide(proposal, officer, now)
    assert Decision.objects.count() == 1


def test_what_is_delegated_is_not_recorded_from_a_meeting(proposal, secretary, now):
    with pytest.raises(PermissionDenied):
        proposal.record_meeting_decision(
            by=secretary, at=now, outcome="rejected", amount=None, reasons="-",
            met_on=timezone.localdate(now), section=1,
        )  # fmt: skip
