"""Invents awards in bulk: the same number gives the same award, whenever it is asked for."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random

from grants.models import Call, Scheme
from grants.models.schemes import INDIVIDUAL
from partners.models import Partner
from portal.core.models import Municipality, Organisation, Perspective
from portal.site.demo import words

SEED = 2026


@dataclass(frozen=True)
class Invention:
    """An application that was granted what it asked for."""

    call: Call
    partner: Partner
    organisation: Organisation | None
    title: str
    summary: str
    amount: Decimal
    total_cost: Decimal
    submitted_at: datetime
    starts_on: date
    ends_on: date
    claims: tuple[tuple[Perspective, str], ...]


@dataclass(frozen=True)
class SchemeFacts:
    """What an invention must respect of a scheme, read once."""

    scheme: Scheme
    calls: tuple[Call, ...]
    recipients: tuple[Organisation | None, ...]
    partners: tuple[Partner, ...]

    @property
    def most(self) -> int:
        """The largest amount to invent; a delegate decides at most 50,000."""
        return int(
            self.scheme.max_award or (50_000 if self.scheme.delegation_point_id else 250_000)
        )


def facts_of(scheme: Scheme, calls: list[Call], organisations: list[Organisation]) -> SchemeFacts:
    recipients: list[Organisation | None] = [
        organisation for organisation in organisations if organisation.kind in scheme.applicants
    ]
    if INDIVIDUAL in scheme.applicants:
        # Two individuals for each group.
        recipients += [None] * max(10, 2 * len(recipients))
    partners = Partner.objects.public().counterparts().order_by("slug")
    served = partners.filter(agreements__schemes=scheme).distinct()
    return SchemeFacts(
        scheme=scheme,
        calls=tuple(calls),
        recipients=tuple(recipients),
        partners=tuple(served or partners),
    )


def make_organisations() -> list[Organisation]:
    """Fifty invented recipients, spread over the municipalities."""
    places: list[Municipality | None] = [*Municipality.objects.order_by("code")] or [None]
    names = [
        (pattern.format(name), kind)
        for kind, pattern in words.ORGANISATIONS.items()
        for name in words.NAMES
    ]
    return [
        Organisation.objects.get_or_create(
            name=name,
            invented=True,
            defaults={"kind": kind, "municipality": places[i % len(places)]},
        )[0]
        for i, (name, kind) in enumerate(names)
    ]


def invent(number: int, facts: list[SchemeFacts], perspectives: list[Perspective]) -> Invention:
    rng = Random(f"{SEED}-{number}")  # noqa: S311 (a demo, not a secret)
    chosen = rng.choice(facts)
    partner = rng.choice(chosen.partners)
    text = {
        "form": rng.choice(words.FORMS),
        "subject": rng.choice(words.SUBJECTS),
        "audience": rng.choice(words.AUDIENCES),
    }
    amount = Decimal(rng.randrange(8, chosen.most // 500 + 1) * 500)
    claimed = rng.sample(perspectives, rng.choice((1, 1, 1, 2, 2, 3)))
    claims = tuple((claim, _how(rng, claim)) for claim in claimed)
    call = rng.choice(chosen.calls)
    starts_on = (call.closes_at + timedelta(days=rng.randrange(80, 200))).date()
    return Invention(
        call=call,
        partner=partner,
        organisation=rng.choice(chosen.recipients),
        title="{form} om {subject} {audience}".format(**text),
        summary=words.SUMMARY.format(**text, partner=partner),
        amount=amount,
        total_cost=amount * 2 + rng.randrange(0, 40) * 500,
        submitted_at=call.closes_at - timedelta(minutes=rng.randrange(10, 60 * 24 * 18)),
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=rng.randrange(5, 180)),
        claims=claims,
    )


def _how(rng: Random, perspective: Perspective) -> str:
    return rng.choice(words.HOW.get(perspective.slug, ("Så som projektet beskriver.",)))
