"""Two sides' bars from the middle outwards, as geometry: ours to the left, theirs to the right.

The outline is what was due, the solid bar what was done. All coordinates are text with a decimal
point, so that no language turns them into commas.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.balance import SIDES, Balance

WIDTH = 720
MIDDLE = 96  # px for the names of the rows
ROOM = 104  # px for the numbers outside the bars
HEAD, ROW = 36, 44
DUE, DONE = 22, 10  # px: a bar's height
MOST_YEARS = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """Of one side: how much was due, and how much was done."""

    due: int
    done: int

    @property
    def words(self) -> str:
        """A dash where nothing was due, and nothing done."""
        if not (self.due or self.done):
            return "–"
        return _("%(done)s of %(due)s") % {"done": self.done, "due": self.due}


@dataclass(frozen=True, slots=True)
class Bar:
    kind: str  # "due" or "done"
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    x: str
    y: str
    kind: str  # "ours", "theirs", "name" or "head": decides where it is anchored


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    ours: Pair
    theirs: Pair


@dataclass(frozen=True, slots=True)
class DivergingChart:
    title: str
    category: str  # heads the table's first column, as "Year"
    names: tuple[str, str]  # of the two sides
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    texts: tuple[Text, ...]
    axes: tuple[str, str]
    height: int
    width: int = WIDTH


def years_chart(balance: Balance) -> DivergingChart | None:
    """The latest years in which something was due or done; None without any."""
    rows = {
        str(year): tuple(Pair(balance.due[side][year], balance.done[side][year]) for side in SIDES)
        for year in balance.years[-MOST_YEARS:]
    }
    names = (_("We"), _("Our partners"))
    return diverging(_("Due and done, year by year"), _("Year"), names, rows) if rows else None  # type: ignore[arg-type]


def diverging(
    title: str, category: str, names: tuple[str, str], values: Mapping[str, tuple[Pair, Pair]]
) -> DivergingChart:
    """One row for each entry of `values` (name -> ours, theirs)."""
    most = max((max(p.due, p.done) for pairs in values.values() for p in pairs), default=0)
    unit = ((WIDTH - MIDDLE) / 2 - ROOM) / max(1, most)
    axes = ((WIDTH - MIDDLE) / 2, (WIDTH + MIDDLE) / 2)
    bars: list[Bar] = []
    texts = [
        Text(name, _text(axis), str(HEAD - 16), side)
        for name, axis, side in zip(names, axes, SIDES, strict=True)
    ]
    for place, (name, pairs) in enumerate(values.items()):
        middle = HEAD + ROW * (place + 0.5)
        texts.append(Text(name, _text(WIDTH / 2), _text(middle), "name"))
        for side, axis, pair in zip(SIDES, axes, pairs, strict=True):
            bars += _bars(side, axis, middle, pair, unit)
            outer = max(pair.due, pair.done) * unit + 10
            x = axis - outer if side == "ours" else axis + outer
            texts.append(Text(pair.words, _text(x), _text(middle), side))
    return DivergingChart(
        title=title,
        category=category,
        names=names,
        rows=tuple(Row(name, *pairs) for name, pairs in values.items()),
        bars=tuple(bars),
        texts=tuple(texts),
        axes=(_text(axes[0]), _text(axes[1])),
        height=HEAD + ROW * len(values),
    )


def _bars(side: str, axis: float, middle: float, pair: Pair, unit: float) -> list[Bar]:
    bars = []
    for kind, number, height in (("due", pair.due, DUE), ("done", pair.done, DONE)):
        if number:
            width = number * unit
            left = axis - width if side == "ours" else axis
            y = _text(middle - height / 2)
            bars.append(Bar(kind, _text(left), y, _text(width), str(height)))
    return bars


def _text(number: float) -> str:
    return f"{number:.1f}"
