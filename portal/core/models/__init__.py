from portal.core.models.mail import Mail, Reminder
from portal.core.models.organisations import (
    Organisation,
    OrganisationInvitation,
    OrganisationMember,
)
from portal.core.models.people import LANGUAGES, ApiToken, User
from portal.core.models.places import EuMembership, Municipality
from portal.core.models.strategy import LineOfWork, Perspective, StrategyGoal

__all__ = [
    "LANGUAGES",
    "ApiToken",
    "EuMembership",
    "LineOfWork",
    "Mail",
    "Municipality",
    "Organisation",
    "OrganisationInvitation",
    "OrganisationMember",
    "Perspective",
    "Reminder",
    "StrategyGoal",
    "User",
]
