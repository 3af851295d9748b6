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
from portal.cases.admin.outbox import MailAdmin

__all__ = [
    "OWN_EVENTS",
    "BarredAdmin",
    "CaseAdmin",
    "CaseLogAdmin",
    "ConflictAdmin",
    "MailAdmin",
    "OfficerField",
    "open_case",
    "told_events",
]
