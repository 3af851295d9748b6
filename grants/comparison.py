"""An application's assessments side by side, as far as somebody may read them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from grants.models import Application, Assessment, Score
from grants.models.assessments import criteria_of, key_of
from grants.scoring import Line, Summary, rounded


@dataclass(frozen=True)
class Figures:
    """As they are shown: with two decimals."""

    mean: Decimal | None
    median: Decimal | None
    spread: Decimal | None


@dataclass(frozen=True)
class Cell:
    assessor: str
    score: Score | None
    is_apart: bool


@dataclass(frozen=True)
class Row:
    title: str
    weight: int
    cells: list[Cell]
    figures: Figures


@dataclass(frozen=True)
class Comparison:
    assessments: Sequence[Assessment]
    rows: list[Row]
    wholes: list[tuple[Assessment, Decimal | None]]
    figures: Figures
    apart: list[str]


def compare(application: Application, user) -> Comparison:
    """Of the sent ones that count and that this person may read."""
    readable = application.assessments.counted().readable_by(user)  # type: ignore[attr-defined]
    assessments = list(readable.select_related("assessor").prefetch_related("scores"))
    given = [{one.criterion_id: one for one in each.scores.all()} for each in assessments]
    asked = [(key_of(one), str(one or ""), one.weight if one else 1) for one in
             criteria_of(application.call.scheme)]  # fmt: skip
    # Assessed as a whole, before the scheme had criteria.
    if asked[0][0] is not None and any(None in one for one in given):
        asked.append((None, "", 1))
    lines = tuple(
        Line(key, weight, tuple(one[key].score if key in one else None for one in given))
        for key, _title, weight in asked
    )
    summary = Summary(lines, len(assessments))
    rows = [
        Row(title or _("The whole"), weight, _cells(line, assessments, given), _figures(line))
        for line, (_key, title, weight) in zip(lines, asked, strict=True)
    ]
    names = [str(assessments[place].assessor) for place in sorted(summary.apart)]
    wholes = [rounded(whole) for whole in summary.wholes]
    return Comparison(
        assessments, rows, list(zip(assessments, wholes, strict=True)), _figures(summary), names
    )


def _cells(line: Line, assessments, given) -> list[Cell]:
    apart = line.apart
    return [
        Cell(str(each.assessor), one.get(line.key), place in apart)
        for place, (each, one) in enumerate(zip(assessments, given, strict=True))
    ]


def _figures(of: Line | Summary) -> Figures:
    return Figures(rounded(of.mean), rounded(of.median), rounded(of.spread))
