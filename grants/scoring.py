"""What several assessors' scores say together: reckoned exactly, rounded only to be shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

LOWEST, HIGHEST = 1, 5
# So far from the median a score says that somebody sees the matter in another way.
DISAGREES = 2


def weighted_mean(scores: Iterable[tuple[int, int]]) -> Fraction | None:
    """Of (score, weight); None where nothing weighs."""
    scores = list(scores)
    weight = sum(weight for _score, weight in scores)
    return Fraction(sum(score * weight for score, weight in scores), weight) if weight else None


def mean(values: Sequence[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def median(values: Iterable[int | Fraction]) -> Fraction | None:
    ordered = sorted(Fraction(value) for value in values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return (ordered[middle] + ordered[~middle]) / 2


def spread(values: Iterable[int | Fraction]) -> Fraction | None:
    """From the lowest to the highest."""
    values = list(values)
    return Fraction(max(values) - min(values)) if values else None


@dataclass(frozen=True)
class Line:
    """One criterion, with each assessor's score in the order of the assessors; None: no score."""

    key: int | None
    weight: int
    scores: tuple[int | None, ...]

    @property
    def given(self) -> list[int]:
        return [score for score in self.scores if score is not None]

    @property
    def mean(self) -> Fraction | None:
        return mean([Fraction(score) for score in self.given])

    @property
    def median(self) -> Fraction | None:
        return median(self.given)

    @property
    def spread(self) -> Fraction | None:
        return spread(self.given)

    @property
    def apart(self) -> frozenset[int]:
        """The places of those whose score lies two or more from the median."""
        middle = self.median
        return frozenset(
            place
            for place, score in enumerate(self.scores)
            if score is not None and abs(score - middle) >= DISAGREES  # type: ignore[operator]
        )


@dataclass(frozen=True)
class Summary:
    """Several assessments side by side. Each assessor's whole weighs as much as another's."""

    lines: tuple[Line, ...]
    assessors: int

    @property
    def wholes(self) -> tuple[Fraction | None, ...]:
        """Each assessor's weighted mean."""
        return tuple(
            weighted_mean(
                (line.scores[place], line.weight)  # type: ignore[misc]
                for line in self.lines
                if line.scores[place] is not None
            )
            for place in range(self.assessors)
        )

    @property
    def _given(self) -> list[Fraction]:
        return [whole for whole in self.wholes if whole is not None]

    @property
    def mean(self) -> Fraction | None:
        return mean(self._given)

    @property
    def median(self) -> Fraction | None:
        return median(self._given)

    @property
    def spread(self) -> Fraction | None:
        return spread(self._given)

    @property
    def apart(self) -> frozenset[int]:
        """The places of those who disagree about any criterion."""
        return frozenset().union(*(line.apart for line in self.lines))


def rounded(value: Fraction | None) -> Decimal | None:
    """To two decimals, as it is shown."""
    if value is None:
        return None
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
