"""Form fields that read digits as 0-9 only, which Python would read of any script; and days that
every time zone and both databases can hold.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

EARLIEST_YEAR, LATEST_YEAR = 1000, 2999


def leading(label) -> str:
    """A field's label before what is told of it; a question or a sentence ends as it does."""
    return f"{label} " if str(label).endswith((".", "?", "!", ":")) else f"{label}: "


class PlainDigits:
    def clean(self, value):
        parts = value if isinstance(value, list | tuple) else [value]
        if all(part.isascii() for part in parts if isinstance(part, str)):
            return super().clean(value)
        raise ValidationError(self.error_messages["invalid"], "invalid")


class PlainDay(PlainDigits):
    def clean(self, value):
        day = super().clean(value)
        if day and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            years = {"first": EARLIEST_YEAR, "last": LATEST_YEAR}
            raise ValidationError(_("The year must lie between %(first)s and %(last)s.") % years)
        return day


class PlainDateField(PlainDay, forms.DateField):
    pass


class PlainMomentField(PlainDay, forms.SplitDateTimeField):
    """A day and a time."""

    default_error_messages = {
        **forms.SplitDateTimeField.default_error_messages,
        "invalid": forms.DateTimeField.default_error_messages["invalid"],
    }


class PlainDecimalField(PlainDigits, forms.DecimalField):
    pass


class PlainIntegerField(PlainDigits, forms.IntegerField):
    pass
