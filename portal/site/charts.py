"""Stacked bars as geometry: the template draws them, the stylesheet colours them.

Across, everything is in percent of the plot, and down in pixels: the bars follow the page's width
while the letters keep their size. All coordinates are text with a decimal point, so that no
language turns them into commas.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

HEIGHT = 300
TOP, BOTTOM = 14, 36  # room for the top line's text and the labels
BAR_SHARE = 0.64
SEAM = 1.5  # px of paper between two parts of a bar


@dataclass(frozen=True, slots=True)
class Series:
    order: int  # the perspective's order, 1 to 4: decides colour and mark
    name: str


@dataclass(frozen=True, slots=True)
class Text:
    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Bar:
    order: int
    x: str
    y: str
    width: str
    height: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    cells: tuple[str, ...]
    total: str


@dataclass(frozen=True, slots=True)
class Chart:
    title: str
    category: str  # heads the table's first column, as "Year"
    series: tuple[Series, ...]
    ticks: tuple[Text, ...]
    bars: tuple[Bar, ...]
    labels: tuple[Text, ...]
    rows: tuple[Row, ...]
    height: int = HEIGHT


def stacked(
    title: str,
    category: str,
    series: Sequence[Series],
    values: Mapping[str, Sequence[float]],
    words: Callable[[float], str],
    axis: Callable[[float], str],
) -> Chart:
    """One bar for each entry of `values` (name -> a number for each series, in their order).

    `words` writes a number in full for the table, `axis` briefly for the axis.
    """
    top = _round_up(max((sum(numbers) for numbers in values.values()), default=0))
    plot = HEIGHT - TOP - BOTTOM
    step = 100 / max(1, len(values))
    bars: list[Bar] = []
    labels: list[Text] = []
    for place, (name, numbers) in enumerate(values.items()):
        left = place * step
        labels.append(Text(name, _text(left + step / 2), str(HEIGHT - 10)))
        base: float = TOP + plot
        for one, number in zip(series, numbers, strict=True):
            height = plot * number / top
            base -= height
            if height > SEAM:
                bars.append(
                    Bar(
                        order=one.order,
                        x=_text(left + step * (1 - BAR_SHARE) / 2),
                        y=_text(base + SEAM),
                        width=_text(step * BAR_SHARE),
                        height=_text(height - SEAM),
                        text=f"{name}, {one.name}: {words(number)}",
                    )
                )
    return Chart(
        title=title,
        category=category,
        series=tuple(series),
        ticks=tuple(
            Text(axis(top * quarter / 4), "", _text(TOP + plot * (1 - quarter / 4)))
            for quarter in range(5)
        ),
        bars=tuple(bars),
        labels=tuple(labels),
        rows=tuple(
            Row(name, tuple(words(number) for number in numbers), words(sum(numbers)))
            for name, numbers in values.items()
        ),
    )


def _round_up(number: float) -> float:
    """The nearest 1, 2, 4, 6 or 8 times a power of ten above: each divides well into quarters."""
    if number <= 0:
        return 4
    power = 10 ** math.floor(math.log10(number))
    return next(k * power for k in (1, 2, 4, 6, 8, 10) if k * power >= number)


def _text(number: float) -> str:
    return f"{number:.1f}"
