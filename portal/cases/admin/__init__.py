from portal.cases.admin.conflicts import ConflictAdmin
from portal.cases.admin.files import (
    OWN_EVENTS,
    BarredAdmin,
    CaseAdmin,
    CaseLogAdmin,
    OfficerField,
    open_case,
    told_events,
)

__all__ = [
    "OWN_EVENTS",
    "BarredAdmin",
    "CaseAdmin",
    "CaseLogAdmin",
    "ConflictAdmin",
    "OfficerField",
    "open_case",
    "told_events",
]
