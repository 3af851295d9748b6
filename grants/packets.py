"""The ranked packet of a call as an officer reads it, row by row, and moves and proposes it."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from grants.comparison import Figures, Standing, standings
from grants.models import Application, Call, PacketRow
from grants.workflow import ApplicationState
from portal.committee.models import Proposal
from portal.committee.workflow import Outcome, Purpose
from portal.core.money import format_number
from portal.core.workflow import StaleVersion, lock

UNASSESSED = Standing(None, Figures(None, None, None), [])


@dataclass(frozen=True)
class Row:
    """One application: what it stands for, and what is planned, proposed or decided of it."""

    place: int
    application: Application
    standing: Standing
    plan: PacketRow
    typed: dict  # what stands in its fields
    outcome: str = ""
    amount: Decimal | None = None
    is_decided: bool = False

    @property
    def is_open(self) -> bool:
        return self.application.state == ApplicationState.UNDER_ASSESSMENT

    @property
    def outcome_label(self) -> str:
        return str(Outcome(self.outcome).label) if self.outcome else ""


def rows_of(call: Call, user, typed: dict[int, dict] | None = None) -> list[Row]:
    """In order: by the rank that was given, before that by what the assessments say.

    `typed` is what stands in the fields of some, by application, and has not been saved.
    """
    typed = typed or {}
    found = standings(call, user)
    applications = sorted(_applications(call, user), key=lambda one: _order(one, found))
    proposed = _proposed(call)
    rows = []
    for place, one in enumerate(applications, 1):
        plan = plan_of(one)
        is_open = one.state == ApplicationState.UNDER_ASSESSMENT
        shown = () if is_open else proposed.get(one.case_id, ())
        standing = found.get(one.pk, UNASSESSED)
        rows.append(Row(place, one, standing, plan, typed.get(one.pk) or _fields(plan), *shown))
    return rows


def _fields(plan: PacketRow) -> dict:
    amount = "" if plan.amount is None else format_number(plan.amount)
    return {**plan.planned, "amount": amount, "version": plan.version}


def order_of(call: Call, user=None) -> list[int]:
    """The keys of the applications, as `rows_of` has them; of all of them without a person."""
    ranks = Application.objects.filter(call=call).rankable()
    ranks = ranks.visible_to(user) if user else ranks
    rows = list(ranks.values_list("pk", "plan__rank", "case__serial"))
    unranked = any(rank is None for _pk, rank, _serial in rows)
    found = standings(call, user) if unranked else {}
    rows.sort(key=lambda row: _key(row[1], found.get(row[0]), row[2]))
    return [pk for pk, _rank, _serial in rows]


@transaction.atomic
def move(call: Call, application: Application, *, was: int, to: int, by) -> list[int]:
    """To another place of the order that this person meets, 1 being the first; the order then.
    What they do not meet keeps its place among them.

    Raises StaleVersion where it does not stand where it `was`: somebody else has moved something.
    """
    call = lock(call)
    order = order_of(call, by)
    if order[was - 1 : was] != [application.pk]:
        raise StaleVersion
    order.remove(application.pk)
    order.insert(to - 1, application.pk)
    _arrange(call, order, by=by)
    return order


def _arrange(call: Call, order: list[int], *, by) -> None:
    """All of the call: what the person does not meet keeps its place among these."""
    coming, mine = iter(order), set(order)
    whole = [next(coming) if pk in mine else pk for pk in order_of(call)]
    PacketRow.objects.arrange(call, whole, by=by)


@transaction.atomic
def propose(call: Call, *, by, at, seen: str) -> int:
    """`PacketRow.objects.propose`, in the order that this person reads, which is kept."""
    _arrange(call, order_of(call, by), by=by)
    return PacketRow.objects.propose(call, by=by, at=at, seen=seen)


def _applications(call: Call, user):
    found = Application.objects.filter(call=call).rankable().visible_to(user)
    return found.select_related("case", "applicant", "organisation", "plan").only(
        "title", "amount", "state", "case__number", "case__serial", "applicant__full_name",
        "organisation__name", *(f"plan__{name}" for name in _SHOWN),
    )  # fmt: skip


_SHOWN = ("rank", "outcome", "amount", "conditions", "reasons", "version", "application")


def plan_of(application: Application) -> PacketRow:
    return getattr(application, "plan", None) or PacketRow(application=application)


def _order(application: Application, found) -> tuple:
    rank = plan_of(application).rank
    return _key(rank, found.get(application.pk), application.case.serial or 0)


def _key(rank: int | None, standing: Standing | None, serial: int) -> tuple:
    """Those with a rank first; of the others the best assessed, and last the unassessed."""
    if rank is not None:
        return (0, rank)
    mean = standing.exact if standing else None
    return (1, mean is None, -(mean or 0), serial)


def _proposed(call: Call) -> dict[int, tuple]:
    """By case, what became of it: (outcome, amount, whether that is decided)."""
    proposals = Proposal.objects.filter(purpose=Purpose.GRANT, case__application__call=call)
    rows = proposals.exclude(state="dropped").order_by("pk").values_list(
        "case", "outcome", "amount", "decision__outcome", "decision__amount"
    )  # fmt: skip
    return {
        case: (decided, granted, True) if decided else (outcome, amount, False)
        for case, outcome, amount, decided, granted in rows
    }
