"""The last day of an appeal, with a moved clock."""

from datetime import date, timedelta

import pytest

from portal.committee.deadlines import appeal_ends


@pytest.mark.parametrize(
    ("announced", "ends"),
    [
        (date(2026, 11, 24), date(2026, 12, 15)),  # an ordinary Tuesday
        (date(2026, 12, 3), date(2026, 12, 28)),  # Christmas Eve, Day, Boxing Day, a Sunday
        (date(2026, 12, 10), date(2027, 1, 4)),  # New Year's Eve and Day, a weekend
        (date(2025, 12, 16), date(2026, 1, 7)),  # Epiphany
        (date(2026, 5, 29), date(2026, 6, 22)),  # Midsummer's Eve, Day, a Sunday
        (date(2024, 2, 8), date(2024, 2, 29)),  # a leap day
        (date(2028, 2, 9), date(2028, 3, 1)),  # over a leap day
        (date(2026, 3, 13), date(2026, 4, 7)),  # Good Friday to Easter Monday
        (date(2026, 4, 10), date(2026, 5, 4)),  # the first of May, a Friday
        (date(2026, 4, 23), date(2026, 5, 15)),  # Ascension Day
        (date(2027, 5, 16), date(2027, 6, 7)),  # the national day on a Sunday
    ],
)
def test_ends_on_a_working_day_three_weeks_later(announced, ends):
    assert appeal_ends(announced) == ends
    assert ends - announced >= timedelta(days=21)
