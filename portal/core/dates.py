"""Dates that are known only as precisely as they are known: a year, a month or a day."""

import calendar
from datetime import date, datetime, time

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _


def start_of(day: date) -> datetime:
    """The day's first instant, here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def years_before(day: date, years: int) -> date:
    """The same day so many years earlier; 28 February for a leap day."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


class Precision(models.TextChoices):
    YEAR = "year", _("year")
    MONTH = "month", _("month")
    DAY = "day", _("day")


def read_partial(text: str) -> tuple[date, str]:
    """`2009`, `2018-06` or `2018-05-07` -> the first day it may mean, and its precision.

    Raises ValueError on anything else.
    """
    parts = [int(part) for part in text.split("-")]
    precision = {1: Precision.YEAR, 2: Precision.MONTH, 3: Precision.DAY}[len(parts)]
    year, month, day = (*parts, 1, 1)[:3]
    return date(year, month, day), precision


def last_day(start: date, precision: str) -> date:
    """The last day that a date of this precision may mean."""
    if precision == Precision.YEAR:
        return date(start.year, 12, 31)
    if precision == Precision.MONTH:
        return start.replace(day=calendar.monthrange(start.year, start.month)[1])
    return start


def partial_date(day: date | None, precision: str) -> str:
    """`2009`, `juni 2018` or `7 maj 2018`, in the active language."""
    if day is None:
        return ""
    if precision == Precision.YEAR:
        return str(day.year)
    return date_format(day, "F Y" if precision == Precision.MONTH else "j F Y")


class PartialDateField(forms.CharField):
    """`2014`, `2018-06` or `2018-05-07`: (first day, precision), or (None, "") where empty."""

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None, ""
        try:
            if not text.isascii():
                raise ValueError
            return read_partial(text)
        except (ValueError, KeyError) as error:
            raise forms.ValidationError(
                _("Write a year, a month or a day: 2014, 2018-06 or 2018-05-07.")
            ) from error
