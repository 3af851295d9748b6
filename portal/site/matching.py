"""Partners proposed for an idea, each with its reasons: pure, from facts to an order.

A reason's points are a weight times a number that is printed beside it, and a score is the sum of
its reasons' points: whole numbers and tenths, exact. Nothing else counts.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from heapq import nsmallest
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.core.sqlite import swedish_key
from portal.site.geo import EARTH_RADIUS_KM, distance

HALF = Decimal("0.5")
FULL_WEIGHT = 5
# A tenth less for every so many kilometres: nothing is left on the other side of the earth.
KM_PER_TENTH = 2000


class Thing(NamedTuple):
    """A theme, form of exchange, perspective or network, with its name in the reader's language."""

    slug: str
    name: str


Things = set[Thing] | frozenset[Thing]
NOTHING: Things = frozenset()
Place = tuple[float, float]  # longitude and latitude in degrees


class What(TextChoices):
    """What speaks for a partner."""

    SHARED_CHALLENGES = "shared_challenges", _("Challenges you share")
    THEIR_STRENGTHS = "their_strengths", _("Their strengths meet your challenges")
    YOUR_STRENGTHS = "your_strengths", _("Your strengths meet their challenges")
    THEY_OFFER = "they_offer", _("They offer what you seek")
    THEY_SEEK = "they_seek", _("They seek what you offer")
    SHARED_PERSPECTIVES = "shared_perspectives", _("Perspectives you share")
    WORDS = "words", _("Words that were found")
    IN_FORCE = "in_force", _("The region has an agreement with them in force")
    EARLIER = "earlier", _("The region has had an agreement with them")
    AWARDS = "awards", _("Projects with them that got support")
    NETWORKS = "networks", _("Networks that both they and the region take part in")
    NEARNESS = "nearness", _("Distance in kilometres")


class Likeness(TextChoices):
    """What two partners have in common."""

    CHALLENGES = "challenges", _("Both have as a challenge")
    STRENGTHS = "strengths", _("Both are strong in")
    OFFERS = "offers", _("Both offer")
    SEEKS = "seeks", _("Both seek")
    PERSPECTIVES = "perspectives", _("Both serve")
    NETWORKS = "networks", _("Both take part in")


@dataclass(frozen=True)
class Weights:
    """How much each kind of reason counts, 0 to 5; distance nothing until somebody says so."""

    challenges: int = 3
    strengths: int = 3
    exchange: int = 2
    perspectives: int = 1
    words: int = 2
    history: int = 1
    networks: int = 1
    distance: int = 0


@dataclass(frozen=True)
class Word:
    """A word that somebody wrote (in small letters), and the themes it names."""

    text: str
    themes: Things = NOTHING


@dataclass(frozen=True)
class Wish:
    """What somebody looks for, and where from."""

    home: Place
    challenges: Things = NOTHING
    strengths: Things = NOTHING
    seeks: Things = NOTHING
    offers: Things = NOTHING
    perspectives: Things = NOTHING
    words: tuple[Word, ...] = ()

    def __bool__(self) -> bool:
        return replace(self, home=(0, 0)) != Wish((0, 0))

    @property
    def themes(self) -> Things:
        return self.challenges.union(self.strengths, *(word.themes for word in self.words))


@dataclass(slots=True)
class Facts:
    """What is public about a partner, as far as it may count. `text` is its names in small letters;
    `networks` are those in question.
    """

    slug: str
    name: str
    country: str = ""
    text: str = ""
    place: Place | None = None
    challenges: Things = NOTHING
    strengths: Things = NOTHING
    offers: Things = NOTHING
    seeks: Things = NOTHING
    perspectives: Things = NOTHING
    networks: Things = NOTHING
    agreement_in_force: bool = False
    earlier_agreement: bool = False
    awards: int = 0

    def km_from(self, home: Place) -> float | None:
        return None if self.place is None else distance(home, self.place) * EARTH_RADIUS_KM


@dataclass(slots=True)
class Reason:
    """Why, and what it gives: so many points for each of the things, or for a share."""

    what: What | Likeness
    weight: int
    times: int | Decimal
    things: Things = NOTHING

    @property
    def points(self) -> int | Decimal:
        return self.weight * self.times

    @property
    def named(self) -> list[str]:
        """The names of the things, in Swedish order."""
        ordered = sorted(self.things, key=lambda thing: (swedish_key(thing.name), thing.slug))
        return [thing.name for thing in ordered]


# What speaks for a partner, its weight, how many times it counts, and the things it names.
Row = tuple[What | Likeness, int, int | Decimal, Things]


@dataclass(slots=True)
class Match:
    """A partner with its score. Its reasons are told only when somebody asks, as most matches are
    never shown; `reckon` gives the very rows that the score is the sum of.
    """

    partner: Facts
    score: int | Decimal
    reckon: Callable[[Facts], list[Row]] = field(compare=False, repr=False)

    @property
    def reasons(self) -> list[Reason]:
        return [Reason(*row) for row in self.reckon(self.partner)]

    def rank(self) -> tuple:
        """The highest score first, then Swedish order."""
        return -self.score, swedish_key(self.partner.name), self.partner.slug


def propose(partners: Iterable[Facts], wish: Wish, weights: Weights) -> list[Match]:
    """The partners that answer something in the wish, best first.

    History, networks and nearness add to an answer; alone they propose nobody.
    """

    def reckon(partner: Facts) -> list[Row]:
        answers = _answers(partner, wish, weights)
        return answers and answers + _besides(partner, wish, weights)

    return sorted(_matches(partners, reckon), key=Match.rank)


def alike(one: Facts, others: Iterable[Facts], weights: Weights, most: int) -> list[Match]:
    """The partners that have most in common with one, best first."""

    def reckon(other: Facts) -> list[Row]:
        return _likenesses(one, other, weights)

    others = (other for other in others if other.slug != one.slug)
    return nsmallest(most, _matches(others, reckon), key=Match.rank)


def _matches(partners: Iterable[Facts], reckon: Callable[[Facts], list[Row]]) -> Iterator[Match]:
    """Those for whom anything speaks."""
    for partner in partners:
        if rows := reckon(partner):
            score = sum(weight * times for _what, weight, times, _things in rows)
            yield Match(partner, score, reckon)


def within(partners: Iterable[Facts], home: Place, km: int) -> list[Facts]:
    """Those at most so far away; where a place is not known, nobody can say."""
    reached = ((partner, partner.km_from(home)) for partner in partners)
    return [partner for partner, far in reached if far is not None and far <= km]


def nearness(km: float) -> Decimal:
    """One near home, a tenth less for every 2,000 km."""
    return Decimal(max(0, 10 - int(km // KM_PER_TENTH))) / 10


def _answers(partner: Facts, wish: Wish, weights: Weights) -> list[Row]:
    challenges, strengths, both = partner.challenges, partner.strengths, weights.strengths
    return _counted(
        (What.SHARED_CHALLENGES, weights.challenges, wish.challenges & challenges),
        (What.THEIR_STRENGTHS, both, wish.challenges & strengths),
        (What.YOUR_STRENGTHS, both, wish.strengths & challenges),
        (What.THEY_OFFER, weights.exchange, wish.seeks & partner.offers),
        (What.THEY_SEEK, weights.exchange, wish.offers & partner.seeks),
        (What.SHARED_PERSPECTIVES, weights.perspectives, wish.perspectives & partner.perspectives),
        (What.WORDS, weights.words, _found(partner, wish.words)),
    )


def _found(partner: Facts, words: tuple[Word, ...]) -> Things:
    """The words that stand in a name, or name a theme of the partner's."""
    return frozenset(
        Thing(word.text, word.text)
        for word in words
        if word.text in partner.text
        or not word.themes.isdisjoint(partner.strengths)
        or not word.themes.isdisjoint(partner.challenges)
    )


def _besides(partner: Facts, wish: Wish, weights: Weights) -> list[Row]:
    rows: list[Row] = []
    if weights.history:
        if partner.agreement_in_force:
            rows.append((What.IN_FORCE, weights.history, 1, NOTHING))
        if partner.earlier_agreement:
            rows.append((What.EARLIER, weights.history, HALF, NOTHING))
        if partner.awards:
            rows.append((What.AWARDS, weights.history, HALF, _number(partner.awards)))
    rows += _counted((What.NETWORKS, weights.networks, partner.networks))
    km = partner.km_from(wish.home) if weights.distance else None
    if km is not None and (near := nearness(km)):
        rows.append((What.NEARNESS, weights.distance, near, _number(round(km))))
    return rows


def _likenesses(one: Facts, other: Facts, weights: Weights) -> list[Row]:
    return _counted(
        (Likeness.STRENGTHS, weights.strengths, one.strengths & other.strengths),
        (Likeness.CHALLENGES, weights.challenges, one.challenges & other.challenges),
        (Likeness.OFFERS, weights.exchange, one.offers & other.offers),
        (Likeness.SEEKS, weights.exchange, one.seeks & other.seeks),
        (Likeness.PERSPECTIVES, weights.perspectives, one.perspectives & other.perspectives),
        (Likeness.NETWORKS, weights.networks, one.networks & other.networks),
    )


def _counted(*rows: tuple[What | Likeness, int, Things]) -> list[Row]:
    """Each where something is, and counts."""
    return [
        (what, weight, len(things), things) for what, weight, things in rows if things and weight
    ]


def _number(number: int) -> Things:
    return frozenset((Thing(str(number), str(number)),))
