"""The ranked packet of a call as an officer reads it: its rows, and the money that they take."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from grants.comparison import Figures, Standing, standings
from grants.models import Application, ApplicationPerspective, Call, PacketRow, SchemeBudget
from grants.models.awards import AwardPerspective
from grants.models.packets import mark_of
from grants.models.rows import ApplicationPartner
from grants.workflow import ApplicationState
from portal.committee.models import Proposal
from portal.committee.workflow import Outcome, Purpose
from portal.core.countries import country_name
from portal.core.models import Perspective
from portal.core.money import format_money, format_number
from portal.core.workflow import StaleVersion, lock

NOTHING = Decimal(0)
UNASSESSED = Standing(None, Figures(None, None, None), [])


# --- The rows -------------------------------------------------------------------------------------


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
    coming, mine = iter(order), set(order)
    whole = [next(coming) if pk in mine else pk for pk in order_of(call)]
    PacketRow.objects.arrange(call, whole, by=by)
    return order


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


# --- The money ------------------------------------------------------------------------------------


@dataclass
class Sums:
    """Kronor: granted from the budget, proposed in other calls and in this one, planned here."""

    committed: Decimal = NOTHING
    elsewhere: Decimal = NOTHING
    proposed: Decimal = NOTHING
    planned: Decimal = NOTHING

    @property
    def together(self) -> Decimal:
        return self.committed + self.elsewhere + self.proposed + self.planned

    def add(self, kind: str, amount: Decimal) -> None:
        setattr(self, kind, getattr(self, kind) + amount)

    def shown(self, label: str, order: int | None = None) -> "Line":
        """In whole kronor: what several share is not told to the öre."""
        whole = [
            amount.quantize(Decimal(1), ROUND_HALF_UP)
            for amount in (
                self.committed, self.elsewhere + self.proposed, self.planned, self.together
            )
        ]  # fmt: skip
        return Line(label, order, *whole)


@dataclass(frozen=True)
class Line:
    label: str
    order: int | None  # of the perspective, for its mark
    committed: Decimal
    proposed: Decimal
    planned: Decimal
    together: Decimal


@dataclass
class Ledger:
    """The packet against its budget; only of what the person is not barred from."""

    budget: SchemeBudget | None
    problem: str  # what to do before anything can be proposed; empty where nothing is
    sums: Sums
    seen: str
    number: int  # how many are planned
    perspectives: list[Line] = field(default_factory=list)
    countries: list[Line] = field(default_factory=list)

    @property
    def left(self) -> Decimal | None:
        if self.budget is None or self.budget.amount is None:
            return None
        return self.budget.amount - self.sums.together

    @property
    def told(self) -> str:
        """What is left, in words: also where it is nothing, or less."""
        if self.budget is None:
            return _("No budget is set.")
        if self.left is None:
            return _("No ceiling: %(planned)s is planned in this packet.") % {
                "planned": format_money(self.sums.planned)
            }
        if self.over:
            told = _("The budget of %(year)s is passed by %(over)s.")
            return told % {"year": self.budget.year, "over": format_money(self.over)}
        told = _("%(left)s is left of the budget of %(year)s.")
        return told % {"left": format_money(self.left), "year": self.budget.year}

    @property
    def over(self) -> Decimal:
        """By how much the budget is passed."""
        return max(-(self.left or NOTHING), NOTHING)


class Entry(NamedTuple):
    """An amount of the budget, with what it is counted under."""

    kind: str
    amount: Decimal
    perspectives: list[int]
    country: str


def ledger_of(call: Call, user) -> Ledger:
    budget, problem = _budget(call)
    planned = PacketRow.objects.of_call(call, user).planned()
    rows = list(planned.values_list("application", "version", "outcome", "amount"))
    seen = mark_of((pk, version) for pk, version, _outcome, _amount in rows)
    grants = [(pk, amount) for pk, _v, outcome, amount in rows if outcome == Outcome.GRANTED]
    entries = list(_of_applications(call, budget, user, grants))
    entries += _of_awards(budget)
    sums = Sums()
    for entry in entries:
        sums.add(entry.kind, entry.amount)
    sums.committed = budget.committed if budget else NOTHING
    return Ledger(
        budget, problem, sums, seen, len(rows), _by_perspective(entries), _by_country(entries)
    )


def _budget(call: Call) -> tuple[SchemeBudget | None, str]:
    try:
        budget = call.budget()
    except ValidationError as error:
        return None, error.messages[0]
    try:
        budget.check_confirmed()
    except ValidationError as error:
        return budget, error.messages[0]
    return budget, ""


def _of_applications(call: Call, budget, user, planned: list[tuple]) -> Iterable[Entry]:
    """What is planned here, and what is proposed of the same budget."""
    proposed = []
    if budget is not None:
        rows = budget.proposals().not_barring(user).values_list(
            "case__application", "case__application__call", "amount"
        )  # fmt: skip
        proposed = [
            (pk, amount, "proposed" if of_call == call.pk else "elsewhere")
            for pk, of_call, amount in rows
        ]
    entries = [(pk, amount or NOTHING, "planned") for pk, amount in planned] + proposed
    # Of all that could be among them: quicker than to name each.
    of_budget = Application.objects.filter(
        call__scheme=call.scheme_id, call__budget_year=call.budget_year,
        state__in=(ApplicationState.UNDER_ASSESSMENT, ApplicationState.PROPOSED),
    )  # fmt: skip
    perspectives = _perspectives(ApplicationPerspective.objects.filter(item__in=of_budget))
    countries: dict[int, str] = {}
    partners = ApplicationPartner.objects.filter(application__in=of_budget).order_by("order", "pk")
    for pk, catalogue, named in partners.values_list("application", "partner__country", "country"):
        countries.setdefault(pk, catalogue or named)
    for pk, amount, kind in entries:
        yield Entry(kind, amount, perspectives[pk], countries.get(pk, ""))


def _of_awards(budget) -> list[Entry]:
    if budget is None or not budget.committed:
        return []
    perspectives = _perspectives(AwardPerspective.objects.filter(item__budget=budget))
    return [
        Entry("committed", amount, perspectives[pk], country)
        for pk, amount, country in budget.awards.values_list("pk", "amount", "country")
    ]


def _perspectives(tags) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for item, perspective in tags.order_by().values_list("item", "perspective"):
        found[item].append(perspective)
    return found


def _by_perspective(entries: list[Entry]) -> list[Line]:
    """What serves several perspectives is shared equally between them, as in the statistics."""
    sums: dict[int | None, Sums] = defaultdict(Sums)
    for entry in entries:
        among: list = entry.perspectives or [None]
        for perspective in among:
            sums[perspective].add(
                entry.kind, entry.amount / len(among) if among[1:] else entry.amount
            )
    lines = [sums[one.pk].shown(str(one), one.order) for one in Perspective.objects.all()]
    return lines + ([sums[None].shown(_("No perspective"))] if None in sums else [])


def _by_country(entries: list[Entry]) -> list[Line]:
    sums: dict[str, Sums] = defaultdict(Sums)
    for entry in entries:
        sums[entry.country].add(entry.kind, entry.amount)
    lines = [
        one.shown(country_name(code) if code else _("No country")) for code, one in sums.items()
    ]
    return sorted(lines, key=lambda line: (-line.together, line.label))
