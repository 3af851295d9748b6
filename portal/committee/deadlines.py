"""Days that the law counts: how long a decision can be appealed, and a notice must stay up."""

from datetime import date, timedelta

import holidays

APPEAL = timedelta(days=21)
#: Announced at the latest so long after the adjustment (kommunallagen 8:12).
ANNOUNCE_WITHIN = timedelta(days=2)

_FREE = holidays.country_holidays("SE", include_sundays=False)


def appeal_ends(announced_on: date) -> date:
    """The last day for an appeal (laglighetsprövning, kommunallagen 13:5).

    Three weeks from the announcement; where that is no working day, the next one.
    """
    day = announced_on + APPEAL
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in _FREE and not _is_eve(day)


def _is_eve(day: date) -> bool:
    """Lag (1930:173) 2 §: Christmas, New Year's and Midsummer's Eve count as public holidays."""
    if (day.month, day.day) in ((12, 24), (12, 31)):
        return True
    return day.month == 6 and day.weekday() == 4 and 19 <= day.day <= 25
