"""Numbers that run through a year: unique, gapless, never reused."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Series(models.Model):
    """The last number given in a year. Its row is the lock that keeps the series gapless."""

    year = models.PositiveSmallIntegerField(_("year"), primary_key=True)
    last = models.PositiveIntegerField(_("last number given"), default=0)

    class Meta:
        abstract = True

    def __str__(self):
        return str(self.year)

    @classmethod
    def take(cls, year: int, count: int) -> range:
        """Take the year's next numbers, inside the caller's transaction.

        The row stays locked until that transaction ends: a number that is rolled back is given to
        the next one who asks, so the series has no holes.
        """
        if not transaction.get_connection().in_atomic_block:
            raise transaction.TransactionManagementError("A number taken alone may be lost.")
        rows = cls._default_manager
        rows.bulk_create([cls(year=year)], ignore_conflicts=True)
        series = rows.select_for_update(no_key=True).get(year=year)
        first = series.last + 1
        series.last += count
        series.save(update_fields=["last"])
        return range(first, first + count)


class NumberSeries(Series):
    """Registration numbers."""

    class Meta(Series.Meta):
        abstract = False
        verbose_name = _("number series")
        verbose_name_plural = _("number series")


def next_number(year: int) -> int:
    """Take the year's next registration number, inside the caller's transaction."""
    return take_numbers(year, 1)[0]


def take_numbers(year: int, count: int) -> range:
    return NumberSeries.take(year, count)


def format_number(year: int, serial: int) -> str:
    """`KUN 2026-00123`, with the committee's code from the settings."""
    return f"{settings.REGION['committee_code']} {year}-{serial:05d}"
