"""Delegation, payment plans, yearly budgets and rounds, made around the day of loading."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain

from django.utils import timezone

from grants.models import Call, Instalment, Scheme, SchemeBudget
from grants.workflow import ApplicationState, CallState
from portal.committee.models import DelegationPoint
from portal.site.demo.people import Cast

YEARS = 5
#: Longer than half a year: when one round closes, the next is already open.
OPEN_DAYS = 200
ASSESSED_AFTER = timedelta(days=28)
DECIDED_AFTER = timedelta(days=50)
IN_HANDLING = (
    ApplicationState.SUBMITTED,
    ApplicationState.UNDER_ASSESSMENT,
    ApplicationState.PROPOSED,
)


@dataclass(frozen=True)
class Plan:
    """How a scheme's rounds recur: closing days (month, day), budget, delegation and payment."""

    scheme: str
    closes: tuple[tuple[int, int], ...]
    budget: Decimal | None = None
    is_delegated: bool = False
    instalments: tuple[tuple[int, Instalment.Release], ...] = ()


# All close so early that the decision falls in the same year: a round spends one year's budget.
PLANS = (
    Plan("internationellt-resestipendium", ((3, 15), (9, 15)), Decimal(200_000), True),
    Plan("valfri-gastatelje", ((4, 15), (10, 15)), Decimal(500_000), True),
    Plan(
        "stod-for-avtalssamarbete",
        ((3, 31), (9, 30)),
        instalments=((80, Instalment.Release.TERMS), (20, Instalment.Release.FINAL_REPORT)),
    ),
)
_SEASONS = {3: ("Våren", "Spring"), 4: ("Våren", "Spring")}
_AUTUMN = ("Hösten", "Autumn")


def make_delegation(cast: Cast, day: date) -> DelegationPoint:
    """An invented point of the delegation order, used where a scheme has none of its own yet."""
    point, is_new = DelegationPoint.objects.get_or_create(
        code="DEMO 1",
        defaults={
            "name_sv": "Stipendier och vistelser (påhittad punkt)",
            "name_en": "Travel grants and residencies (invented point)",
            "ceiling": Decimal(50_000),
            "valid_from": date(day.year - 12, 1, 1),
        },
    )
    if is_new:
        point.delegates.set([cast.users["handlaggare"], cast.users["handlaggare2"]])
    delegated = [plan.scheme for plan in PLANS if plan.is_delegated]
    for scheme in Scheme.objects.filter(slug__in=delegated, delegation_point=None):
        scheme.delegation_point = point
        scheme.save()
    return point


def make_payment_plans() -> None:
    """Invented shares, for schemes that have none of their own yet."""
    for plan in PLANS:
        scheme = Scheme.objects.get(slug=plan.scheme)
        if scheme.instalments.exists():
            continue
        for order, (percent, released_by) in enumerate(plan.instalments, 1):
            scheme.instalments.create(order=order, percent=percent, released_by=released_by)


def make_rounds(cast: Cast, at: datetime, *, years: int = YEARS) -> dict[str, list[Call]]:
    """Every scheme's rounds from some years ago to the coming one, the oldest first.

    Rounds that are there already are left as they are.
    """
    return {
        plan.scheme: [
            _make_round(plan, closing, cast, at) for closing in _closings(plan, at, years)
        ]
        for plan in PLANS
    }


def _closings(plan: Plan, at: datetime, years: int) -> list[date]:
    """Closing days up to and with the first round that has not opened yet."""
    this_year = timezone.localdate(at).year
    days = [
        date(year, month, day)
        for year in range(this_year - years, this_year + 3)
        for month, day in plan.closes
    ]
    opened = [day for day in days if opening(day) <= at]
    return days[: len(opened) + 1]


def opening(closing: date) -> datetime:
    return timezone.make_aware(datetime.combine(closing - timedelta(OPEN_DAYS), time(9)))


def closing_instant(closing: date) -> datetime:
    return timezone.make_aware(datetime.combine(closing, time(23, 59)))


def _make_budget(scheme: Scheme, plan: Plan, closing: date, cast: Cast, at: datetime) -> None:
    """Proposed three weeks before the year's first round opens, and confirmed within a week."""
    proposed_at = min(opening(closing) - timedelta(weeks=3), at)
    budget, is_new = SchemeBudget.objects.get_or_create(
        scheme=scheme,
        year=closing.year,
        defaults={
            "amount": plan.budget,
            "proposed_by": cast.users["handlaggare"],
            "proposed_at": proposed_at,
        },
    )
    if is_new:
        confirmed_at = min(proposed_at + timedelta(days=6), at)
        budget.confirm(by=cast.users["admin"], at=confirmed_at, amount=plan.budget)


def _make_round(plan: Plan, closing: date, cast: Cast, at: datetime) -> Call:
    slug = f"{plan.scheme}-{closing:%Y-%m}"
    scheme = Scheme.objects.get(slug=plan.scheme)
    _make_budget(scheme, plan, closing, cast, at)
    call = Call.objects.filter(slug=slug).first()
    if call is not None:
        return call
    season_sv, season_en = _SEASONS.get(closing.month, _AUTUMN)
    call = Call.objects.create(
        scheme=scheme,
        slug=slug,
        name_sv=f"{season_sv} {closing.year}",
        name_en=f"{season_en} {closing.year}",
        text_sv="Påhittad omgång i demonstrationen.",
        text_en="An invented round of the demonstration.",
        opens_at=opening(closing),
        closes_at=closing_instant(closing),
        assess_by=closing + ASSESSED_AFTER,
        budget_year=closing.year,
    )
    return call.publish(by=cast.users["admin"], at=call.opens_at - timedelta(days=7))


def close_decided(cast: Cast, rounds: dict[str, list[Call]], at: datetime) -> None:
    """Mark as decided what by now should be; rounds in handling stay as they are."""
    for call in chain.from_iterable(rounds.values()):
        decided_at = call.closes_at + DECIDED_AFTER
        waits = call.applications.filter(state__in=IN_HANDLING).exists()
        if call.state == CallState.PUBLISHED and decided_at < at and not waits:
            call.mark_decided(by=cast.users["admin"], at=decided_at)
