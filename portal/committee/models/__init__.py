from portal.committee.models.agenda import (
    AgendaItem,
    Leave,
    ReportedDecision,
    Statement,
    Vote,
)
from portal.committee.models.decisions import Decision, Proposal
from portal.committee.models.delegation import DelegationPoint, RoleCeiling
from portal.committee.models.meetings import Attendance, Meeting, Seat
from portal.committee.models.minutes import Adjustment, Minutes, Notice
from portal.committee.models.packets import Packet, PacketPlace
from portal.committee.models.sections import SectionSeries

__all__ = [
    "Adjustment",
    "AgendaItem",
    "Attendance",
    "Decision",
    "DelegationPoint",
    "Leave",
    "Meeting",
    "Minutes",
    "Notice",
    "Packet",
    "PacketPlace",
    "Proposal",
    "ReportedDecision",
    "RoleCeiling",
    "Seat",
    "SectionSeries",
    "Statement",
    "Vote",
]
