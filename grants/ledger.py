"""The money that a ranked packet takes, against the budget of the year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from grants.models import Application, ApplicationPerspective, Call, PacketRow, SchemeBudget
from grants.models.awards import AwardPerspective
from grants.models.packets import mark_of
from grants.models.rows import ApplicationPartner
from grants.workflow import ApplicationState
from portal.committee.workflow import Outcome
from portal.core.countries import country_name
from portal.core.models import Perspective
from portal.core.money import format_money

NOTHING = Decimal(0)


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
