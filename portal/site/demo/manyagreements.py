"""`load_demo --agreements N`: agreements, partners and commitments by the thousand, for measuring.

Everything is invented from its number alone: the same number gives the same agreement.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from random import Random

from django.db import transaction
from django.utils import timezone
from tqdm import tqdm

from agreements.models import (
    Agreement,
    AgreementParty,
    AgreementPerspective,
    AgreementVersion,
    Commitment,
    Fulfilment,
)
from partners.models import Partner, PartnerExchange, PartnerPerspective, Theme
from portal.cases.models import Case
from portal.core.models import LineOfWork, Perspective, StrategyGoal, User
from portal.core.publishing import Publication
from portal.site.demo.people import Cast

SEED, BATCH = 2026, 500
PARTNERS_PER_AGREEMENT, COMMITMENTS_PER_AGREEMENT = 2.5, 10
COUNTRIES = ("LT", "LV", "EE", "FI", "NO", "DK", "DE", "PL", "FR", "ES", "GB", "CA", "ZA", "JP")
FORMS = PartnerExchange.Form.values
DROPPED = "Påhittat exempel. Invented example."


@dataclass(frozen=True)
class Stock:
    """What there is to choose from, read once; and who notes what has been done, and when."""

    perspectives: list[Perspective]
    themes: list[Theme]
    goals: list[StrategyGoal]
    lines: list[LineOfWork]
    officer: User
    at: datetime

    @classmethod
    def read(cls, cast: Cast, at: datetime) -> "Stock":
        return cls(
            perspectives=list(Perspective.objects.order_by("pk")),
            themes=list(Theme.objects.order_by("pk")),
            goals=list(StrategyGoal.objects.order_by("pk")),
            lines=list(LineOfWork.objects.order_by("pk")),
            officer=cast.users["handlaggare"],
            at=at,
        )

    @property
    def today(self) -> date:
        return timezone.localdate(self.at)


def _chance(*about) -> Random:
    return Random("-".join(map(str, (SEED, *about))))  # noqa: S311 (a demo, not a secret)


def make_many_agreements(count: int, at: datetime, *, cast: Cast, progress: bool) -> int:
    """Make them until there are `count`; returns how many were added. Each batch is whole."""
    stock = Stock.read(cast, at)
    there = Agreement.objects.filter(slug__startswith="many-").count()
    with tqdm(
        total=count, initial=there, unit="agreement", disable=None if progress else True
    ) as bar:
        for first in range(there, count, BATCH):
            numbers = range(first, min(first + BATCH, count))
            with transaction.atomic():
                _batch(numbers, stock)
            bar.update(len(numbers))
    return max(count - there, 0)


def _batch(numbers: range, stock: Stock) -> None:
    ratio = PARTNERS_PER_AGREEMENT
    partners = _partners(range(int(numbers.start * ratio), int(numbers.stop * ratio)), stock)
    agreements = _agreements(numbers, stock)
    parties = _parties(agreements, partners)
    versions = AgreementVersion.objects.bulk_create(
        AgreementVersion(
            agreement=one,
            kind=AgreementVersion.Kind.ORIGINAL,
            state="signed",
            signed_on=one.signed_on,
            valid_until=one.valid_until,
        )
        for one in agreements
    )
    _commitments(versions, parties, stock)


# --- Partners -------------------------------------------------------------------------------------


def _partners(numbers: range, stock: Stock) -> list[Partner]:
    partners = Partner.objects.bulk_create(_partner(number) for number in numbers)
    chances = {one: _chance("partner", one.slug) for one in partners}
    PartnerPerspective.objects.bulk_create(
        PartnerPerspective(item=one, perspective=perspective, how_sv="Påhittat.", how_en="Invented")
        for one, rng in chances.items()
        for perspective in rng.sample(stock.perspectives, 2)
    )
    for relation in (Partner.strengths, Partner.challenges):
        relation.through.objects.bulk_create(
            relation.through(partner=one, theme=theme)
            for one, rng in chances.items()
            for theme in rng.sample(stock.themes, min(3, len(stock.themes)))
        )
    PartnerExchange.objects.bulk_create(
        PartnerExchange(partner=one, form=form, offers=n > 0, seeks=n < 2)
        for one, rng in chances.items()
        for n, form in enumerate(rng.sample(FORMS, 3))
    )
    return partners


def _partner(number: int) -> Partner:
    rng = _chance("place", number)
    return Partner(
        slug=f"many-{number}",
        publication=Publication.PUBLISHED,
        name_sv=f"Påhittad region {number}",
        name_en=f"Invented region {number}",
        country=COUNTRIES[number % len(COUNTRIES)],
        lat=rng.randrange(-35_0000, 68_0000) / 10_000,
        lon=rng.randrange(-120_0000, 140_0000) / 10_000,
        source=DROPPED,
    )


# --- Agreements -----------------------------------------------------------------------------------


def _agreements(numbers: range, stock: Stock) -> list[Agreement]:
    cases = Case.objects.bulk_create(
        Case(kind=Case.Kind.AGREEMENT, title=f"Påhittat avtal {number}") for number in numbers
    )
    agreements = Agreement.objects.bulk_create(
        _agreement(number, case, stock) for number, case in zip(numbers, cases, strict=True)
    )
    AgreementPerspective.objects.bulk_create(
        AgreementPerspective(item=one, perspective=perspective, how_sv="Så", how_en="So")
        for one in agreements
        for perspective in _chance("serves", one.slug).sample(stock.perspectives, 2)
    )
    serving = Agreement.goals.through
    serving._default_manager.bulk_create(
        serving(agreement_id=one.pk, strategygoal_id=stock.goals[n % len(stock.goals)].pk)
        for n, one in enumerate(agreements)
    )
    return agreements


def _agreement(number: int, case: Case, stock: Stock) -> Agreement:
    """Most are in force; every fifth has expired."""
    signed_on = stock.today - timedelta(days=400 + number % 3000)
    lasts = timedelta(days=300) if number % 5 == 0 else timedelta(days=4000 + number % 900)
    kinds = Agreement.Kind.values
    return Agreement(
        slug=f"many-{number}",
        case=case,
        kind=kinds[number % len(kinds)],
        publication=Publication.PUBLISHED,
        title_sv=f"Påhittat avtal {number}",
        title_en=f"Invented agreement {number}",
        line=stock.lines[number % len(stock.lines)],
        signed_on=signed_on,
        valid_until=signed_on + lasts,
        source=DROPPED,
        invented=True,
    )


def _parties(
    agreements: list[Agreement], partners: list[Partner]
) -> list[tuple[AgreementParty, AgreementParty]]:
    """The committee and one partner each: (ours, theirs)."""
    ours = AgreementParty.objects.bulk_create(
        AgreementParty(agreement=one, language="sv") for one in agreements
    )
    theirs = AgreementParty.objects.bulk_create(
        AgreementParty(agreement=one, partner=partner)
        for one, partner in zip(agreements, islice(partners, len(agreements)), strict=True)
    )
    return list(zip(ours, theirs, strict=True))


# --- Commitments ----------------------------------------------------------------------------------

# What becomes of the ten: each kind on both sides.
STATES = (
    "promised", "under_way", "done", "done", "done", "done", "promised", "dropped", "promised",
    "under_way",
)  # fmt: skip


def _commitments(versions, parties, stock: Stock) -> None:
    commitments = Commitment.objects.bulk_create(
        _commitment(version, sides, stock.today, k)
        for version, sides in zip(versions, parties, strict=True)
        for k in range(COMMITMENTS_PER_AGREEMENT)
    )
    claim = Commitment.perspectives.through
    claim.objects.bulk_create(
        claim(commitment=one, perspective=stock.perspectives[n % len(stock.perspectives)])
        for n, one in enumerate(commitments)
    )
    Fulfilment.objects.bulk_create(
        Fulfilment(
            commitment=one,
            due_on=one.due_on,
            done_on=min(one.due_on or stock.today, stock.today),
            evidence=DROPPED,
            noted_by=stock.officer,
            noted_at=stock.at,
        )
        for one in commitments
        if one.state == "done"
    )


def _commitment(version: AgreementVersion, sides, on: date, k: int) -> Commitment:
    state = STATES[k]
    coming = state in ("promised", "under_way")
    # One in four that is still to be done is late.
    due_on = on + timedelta(days=30 * (k + 1) if version.pk % 4 else -20) if coming else None
    return Commitment(
        agreement_id=version.agreement_id,
        version=version,
        party=sides[k % 2],
        text_sv=f"Påhittat åtagande {k + 1}",
        text_en=f"Invented commitment {k + 1}",
        exchange=FORMS[k % len(FORMS)],
        due_on=due_on or (version.signed_on or on) + timedelta(days=60 * (k + 1)),
        rhythm="yearly" if k % 3 == 0 and coming else "once",
        state=state,
        dropped_because=DROPPED if state == "dropped" else "",
        is_public=k < COMMITMENTS_PER_AGREEMENT - 2,
        invented=True,
    )
