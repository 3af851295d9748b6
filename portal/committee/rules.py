from django.utils import timezone
from rules import add_perm, always_deny, predicate

from portal.cases.models import Case
from portal.cases.rules import is_not_barred
from portal.committee.models import Seat
from portal.committee.workflow import MeetingState
from portal.core.roles import Role
from portal.core.rules import (
    has_role,
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


@predicate
def leads_the_committee(user, proposal=None):
    """Chair today."""
    return Seat.objects.in_force(timezone.localdate()).filter(user=user, role="chair").exists()


@predicate
def is_at_the_meeting(user, item=None):
    """Items are handled while their meeting is in session."""
    return item is None or item.meeting.state == MeetingState.OPEN


@predicate
def may_meet_all_its_cases(user, item=None):
    """Whoever keeps the minutes leaves, too, where they have a conflict of interest."""
    return item is None or not Case.objects.barring(user).filter(proposals__item=item).exists()


add_perm("committee", is_staff)
add_perm("committee.attend_meetings", is_secretary | (is_signed_in & has_role(Role.MEMBER)))
add_perm("committee.keep_meeting", is_secretary)
add_perm("committee.keep_item", is_secretary & is_at_the_meeting & may_meet_all_its_cases)
add_perm("committee.decide_urgently", is_signed_in & leads_the_committee & may_meet_its_case)
model_rules(
    "committee.seat", add=is_administrator | is_secretary, change=is_administrator | is_secretary
)
model_rules("committee.meeting", add=is_secretary, change=is_secretary)
add_perm("committee.propose", is_officer)
add_perm("committee.decide_by_delegation", is_signed_in & is_named_delegate & may_meet_its_case)
add_perm("committee.record_meeting_decision", is_secretary & goes_to_a_meeting & may_meet_its_case)
model_rules("committee.delegationpoint", add=is_administrator, change=is_administrator)
model_rules(
    "committee.proposal", view=is_officer | is_secretary, add=always_deny, change=always_deny
)
model_rules("committee.decision", add=always_deny, change=always_deny)
