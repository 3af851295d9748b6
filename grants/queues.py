"""The officer's queues: the applications of a call by stage, and what each of them waits for."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from grants.models import Application, Call
from grants.workflow import ApplicationState
from portal.core.dates import Precision, partial_date

#: In the order of the work; the states that each holds.
STAGES: dict[str, tuple[str | Promise, tuple[str, ...]]] = {
    "begin": (gettext_lazy("To begin"), (ApplicationState.SUBMITTED,)),
    "completion": (gettext_lazy("To be completed"), (ApplicationState.COMPLETION,)),
    "assessment": (gettext_lazy("Under assessment"), (ApplicationState.UNDER_ASSESSMENT,)),
    "decision": (gettext_lazy("To be decided"), (ApplicationState.PROPOSED,)),
    "ended": (
        pgettext_lazy("applications", "Decided or ended"),
        (ApplicationState.DECIDED, ApplicationState.DISMISSED, ApplicationState.WITHDRAWN),
    ),
}


@dataclass(frozen=True)
class Stage:
    key: str
    label: str | Promise
    count: int


@dataclass(frozen=True)
class Waiting:
    """An application and what it waits for; late where a day has passed."""

    application: Application
    what: str
    is_late: bool = False
    is_ready: bool = False


def stages(numbers: Counter) -> list[Stage]:
    """Of a call, from how many applications there are in each state."""
    return [
        Stage(key, label, sum(numbers[state] for state in states))
        for key, (label, states) in STAGES.items()
    ]


def first_with_work(found: list[Stage]) -> str:
    """The stage to open first: the earliest that holds anything but what has ended."""
    return next((stage.key for stage in found if stage.count), "begin")


def waiting(application: Application, call: Call, today: date) -> Waiting:
    """What an application of `ApplicationQuerySet.in_work` waits for."""
    tell = _TOLD.get(application.state)
    return tell(application, call, today) if tell else Waiting(application, application.standing)


def _day(day: date) -> str:
    return partial_date(day, Precision.DAY)


def _to_begin(application, call, today) -> Waiting:
    submitted = _day(timezone.localdate(application.submitted_at))
    return Waiting(application, _("Came in on %(day)s") % {"day": submitted})


def _completion(application, call, today) -> Waiting:
    day, is_late = application.completed_by, application.completed_by < today
    told = _("Was to be completed by %(day)s") if is_late else _("To be completed by %(day)s")
    return Waiting(application, told % {"day": _day(day)}, is_late)


def _assessment(application, call, today) -> Waiting:
    if not application.assigned:
        return Waiting(application, _("Nobody is to assess it yet"))
    told = _("%(sent)s of %(assigned)s assessments sent")
    said = told % {"sent": application.sent, "assigned": application.assigned}
    is_ready = application.sent == application.assigned
    has_passed = call.assess_by is not None and call.assess_by < today
    return Waiting(application, said, has_passed and not is_ready, is_ready)


def _decision(application, call, today) -> Waiting:
    return Waiting(application, _("A proposal waits for its decision"))


_TOLD: dict[str, Callable[[Application, Call, date], Waiting]] = {
    ApplicationState.SUBMITTED: _to_begin,
    ApplicationState.COMPLETION: _completion,
    ApplicationState.UNDER_ASSESSMENT: _assessment,
    ApplicationState.PROPOSED: _decision,
}
