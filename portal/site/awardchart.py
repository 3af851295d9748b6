"""The home page's chart: money granted per year and perspective."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.core.cache import cache
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from grants.models import Award
from portal.core.models import Perspective
from portal.core.money import format_money
from portal.site.charts import Chart, Series, stacked

YEARS = 10
FRESH = 300  # seconds: the sum reads every award, and the page may be asked for often


def award_chart(perspectives: Sequence[Perspective]) -> Chart | None:
    """The latest years with awards; None before the first award."""
    sums = cache.get_or_set("award-chart", _sums, FRESH)
    if not sums:
        return None
    years: dict[int, dict[int, float]] = defaultdict(dict)
    for year, perspective, kronor in sums:
        years[year][perspective] = kronor
    shown = sorted(years)[-YEARS:]
    return stacked(
        _("Support granted per year and perspective, kronor"),
        _("Year"),
        [Series(perspective.order, perspective.name) for perspective in perspectives],
        {str(year): [years[year].get(p.pk, 0.0) for p in perspectives] for year in shown},
        words=_in_full,
        axis=_in_brief,
    )


def _sums() -> list[tuple[int, int, float]]:
    return list(Award.objects.public().money_by_year())


def _in_full(kronor: float) -> str:
    return format_money(Decimal(round(kronor)))


def _in_brief(kronor: float) -> str:
    if kronor >= 10_000_000:
        return _("%(number)s mn") % {"number": number_format(kronor / 1_000_000, decimal_pos=0)}
    return number_format(round(kronor), force_grouping=True)
