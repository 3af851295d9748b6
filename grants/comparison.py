"""An application's assessments side by side, as far as somebody may read them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from grants.models import Application, Assessment, Call, Criterion, Score
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
    criteria = criteria_of(application.call.scheme)
    summary = _summary(
        criteria, [{key: one.score for key, one in scores.items()} for scores in given]
    )
    titles = {key_of(one): str(one or "") for one in criteria}
    rows = [
        Row(
            titles.get(line.key) or _("The whole"), line.weight,
            _cells(line, assessments, given), _figures(line),
        )
        for line in summary.lines
    ]  # fmt: skip
    names = [str(assessments[place].assessor) for place in sorted(summary.apart)]
    wholes = [rounded(whole) for whole in summary.wholes]
    return Comparison(
        assessments, rows, list(zip(assessments, wholes, strict=True)), _figures(summary), names
    )


@dataclass(frozen=True)
class Standing:
    """What an application's assessments say together, for a list of many."""

    exact: Fraction | None
    figures: Figures
    apart: list[str]


def standings(call: Call, user=None) -> dict[int, Standing]:
    """By application, of all in the call that this person may read assessments of, without a person
    of all; in as many queries however many there are.
    """
    counted = Assessment.objects.counted().filter(application__call=call)
    counted = counted.readable_by(user) if user else counted
    people = counted.order_by("sent_at", "pk").values_list(
        "pk", "application", "assessor__full_name"
    )
    scores: dict[int, dict[int | None, int | None]] = defaultdict(dict)
    of_call = Score.objects.filter(assessment__application__call=call).order_by()
    for assessment, criterion, score in of_call.values_list("assessment", "criterion", "score"):
        scores[assessment][criterion] = score
    together: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for assessment, application, name in people:
        together[application].append((assessment, name))
    prefetch_related_objects([call.scheme], "criteria")  # once, however often it is asked
    criteria = criteria_of(call.scheme)
    return {
        application: _standing(criteria, [scores[pk] for pk, _name in those], those)
        for application, those in together.items()
    }


def _standing(criteria, given, those) -> Standing:
    summary = _summary(criteria, given)
    names = [those[place][1] for place in sorted(summary.apart)]
    return Standing(summary.mean, _figures(summary), names)


def _summary(
    criteria: Sequence[Criterion | None], given: Sequence[Mapping[int | None, int | None]]
) -> Summary:
    """Of each assessor's scores by criterion."""
    asked = [(key_of(one), one.weight if one else 1) for one in criteria]
    # Assessed as a whole, before the scheme had criteria.
    if asked[0][0] is not None and any(None in one for one in given):
        asked.append((None, 1))
    lines = tuple(Line(key, weight, tuple(one.get(key) for one in given)) for key, weight in asked)
    return Summary(lines, len(given))


def _cells(line: Line, assessments, given) -> list[Cell]:
    apart = line.apart
    return [
        Cell(str(each.assessor), one.get(line.key), place in apart)
        for place, (each, one) in enumerate(zip(assessments, given, strict=True))
    ]


def _figures(of: Line | Summary) -> Figures:
    return Figures(rounded(of.mean), rounded(of.median), rounded(of.spread))
