from rules import add_perm, always_deny, predicate

from networks.workflow import EngagementState
from portal.cases.rules import is_not_barred
from portal.core.rules import (
    is_administrator,
    is_draft,
    is_officer,
    is_staff,
    keeps_content,
    model_rules,
)


@predicate
def is_being_written(user, engagement=None):
    """What has been laid before the committee, decided or noted is changed by verbs only."""
    return engagement is None or engagement.state == EngagementState.DRAFT


@predicate
def is_unregistered(user, engagement=None):
    """What has been proposed stands in the register; before that, a mistake can be taken away."""
    return engagement is None or not engagement.case.is_registered


@predicate
def is_noted_from_a_source(user, engagement=None):
    """What was decided can only be changed by a new decision."""
    return engagement is not None and engagement.decision_id is None


@predicate
def may_meet_its_case(user, engagement=None):
    """Nobody handles an engagement that they have a conflict of interest in."""
    return engagement is None or is_not_barred(user, engagement.case)


add_perm("networks", is_staff)
add_perm("networks.publish_network", keeps_content)
add_perm("networks.propose_engagement", is_officer & may_meet_its_case)
add_perm("networks.note_engagement", keeps_content & may_meet_its_case)
add_perm("networks.correct_engagement", keeps_content & is_noted_from_a_source & may_meet_its_case)
add_perm("networks.keep_position", keeps_content)
add_perm("networks.publish_position", keeps_content)
add_perm("networks.publish_briefing", keeps_content)
model_rules("networks.network", "networks.membership")
model_rules(
    "networks.engagement",
    change=keeps_content & is_being_written & may_meet_its_case,
    delete=keeps_content & is_being_written & is_unregistered & may_meet_its_case,
)
model_rules(
    "networks.workinggroup", "networks.networkperspective", "networks.membercount",
    "networks.participation", "networks.membershipfee", "networks.representative",
    "networks.networkmeeting", "networks.followuptask", "networks.positionperspective",
    "networks.positionstep", "networks.observation", "networks.briefingitem",
    delete=keeps_content,
)  # fmt: skip
model_rules("networks.position", "networks.briefing", delete=keeps_content & is_draft)
model_rules(
    "networks.subscriber", view=is_administrator, add=always_deny, change=always_deny,
    delete=is_administrator,
)  # fmt: skip
