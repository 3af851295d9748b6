from django.utils import timezone
from rules import add_perm, always_deny, predicate

from portal.cases.rules import is_not_barred
from portal.core.rules import (
    is_administrator,
    is_officer,
    is_secretary,
    is_signed_in,
    is_staff,
    model_rules,
)


@predicate
def is_named_delegate(user, proposal=None):
    """The proposal's delegation point names this person today."""
    if proposal is None or proposal.delegation_point_id is None:
        return False
    points = proposal.delegation_point.__class__.objects.naming(user, timezone.localdate())
    return points.filter(pk=proposal.delegation_point_id).exists()


@predicate
def may_meet_its_case(user, proposal=None):
    """Nobody decides, or records the decision of, what they have a conflict of interest in."""
    return proposal is None or is_not_barred(user, proposal.case)


@predicate
def goes_to_a_meeting(user, proposal=None):
    return proposal is not None and proposal.delegation_point_id is None


add_perm("committee", is_staff)
add_perm("committee.propose", is_officer)
add_perm("committee.decide_by_delegation", is_signed_in & is_named_delegate & may_meet_its_case)
add_perm("committee.record_meeting_decision", is_secretary & goes_to_a_meeting & may_meet_its_case)
model_rules("committee.delegationpoint", add=is_administrator, change=is_administrator)
model_rules(
    "committee.proposal", view=is_officer | is_secretary, add=always_deny, change=always_deny
)
model_rules("committee.decision", add=always_deny, change=always_deny)
