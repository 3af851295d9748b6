# Importing the modules registers their admin classes.
from networks.admin import (
    engagements,
    meetings,
    memberships,
    monitoring,
    networks,
    people,
    positions,
)

__all__ = [
    "engagements",
    "meetings",
    "memberships",
    "monitoring",
    "networks",
    "people",
    "positions",
]
