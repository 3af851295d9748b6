"""Networks by noun: engagement, membership, people, meetings, influence, monitoring."""

from networks.models.engagements import Engagement
from networks.models.meetings import FollowUpTask, NetworkMeeting
from networks.models.memberships import Membership, MembershipFee, YearCost, cost_by_year
from networks.models.monitoring import Briefing, BriefingItem, Observation
from networks.models.networks import (
    MemberCount,
    Network,
    NetworkPerspective,
    Participation,
    WorkingGroup,
)
from networks.models.positions import Position, PositionPerspective
from networks.models.representatives import Representative
from networks.models.steps import PositionStep
from networks.models.subscribers import OptedOut, Subscriber

__all__ = [
    "Briefing",
    "BriefingItem",
    "Engagement",
    "FollowUpTask",
    "MemberCount",
    "Membership",
    "MembershipFee",
    "Network",
    "NetworkMeeting",
    "NetworkPerspective",
    "Observation",
    "OptedOut",
    "Participation",
    "Position",
    "PositionPerspective",
    "PositionStep",
    "Representative",
    "Subscriber",
    "WorkingGroup",
    "YearCost",
    "cost_by_year",
]
