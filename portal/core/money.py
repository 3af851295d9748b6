"""Amounts in Swedish kronor: `numeric(12,2)`, and an input that never guesses."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
LARGEST = Decimal("9999999999.99")
NO_BREAK = "\u00a0"
# What sets groups of three apart: a space, also one that does not break or is narrow.
_SPACES = " \u00a0\u202f\u2009"
# Digits alone or in groups of three, then at most two decimals. A comma or a point followed by
# three digits may be thousands: it is refused, whatever the language.
_AMOUNT = re.compile(
    rf"(\d+|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+)(?:[,.](\d{{1,2}}))?"
    rf"(?:[{_SPACES}]?(?:kr\.?|SEK))?",
    re.ASCII | re.IGNORECASE,
)
# An amount in words would be longer; nothing longer is worth reading.
_LONGEST_TEXT = 40

AMBIGUOUS = _("Write the amount in kronor with digits, for example 1 000 or 1 000,50.")
NOT_POSITIVE = _("The amount must be greater than zero.")
TOO_LARGE = _("The amount is too large.")


def parse_money(text: str) -> Decimal:
    """Read an amount typed by a person.

    Accepts `1000`, `1 000`, `1 000,50`, `1000,5` and `1000.50`; a trailing `kr` is allowed.
    Raises ValidationError on everything that could be read in two ways (`1,000.50`, `1.000`,
    `1,000`), on signs, underscores and digits of other scripts.
    """
    text = text.strip()
    match = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST_TEXT else None
    if match is None:
        if text.startswith("-") and _AMOUNT.fullmatch(text[1:_LONGEST_TEXT]):
            raise ValidationError(NOT_POSITIVE, "negative")
        raise ValidationError(AMBIGUOUS, "ambiguous")
    whole = re.sub(rf"[{_SPACES}]", "", match[1])
    amount = Decimal(f"{whole}.{match[2] or '0'}")
    if amount > LARGEST:
        raise ValidationError(TOO_LARGE, "too_large")
    return amount.quantize(CENT)


def format_number(amount: Decimal) -> str:
    """`12 500` or `1 000,50`; with a decimal point in English. What is written is read back."""
    kronor, cents = f"{amount:,.2f}".split(".")
    number = kronor.replace(",", NO_BREAK)
    if cents == "00":
        return number
    return number + ("." if get_language() == "en" else ",") + cents


def format_money(amount: Decimal | None) -> str:
    """`12 500 kr`; decimals only where there are any. The spaces do not break."""
    return "" if amount is None else f"{format_number(amount)}{NO_BREAK}kr"


class MoneyFormField(forms.CharField):
    """A text field that reads an amount; the widget shows what was typed when it is refused."""

    def __init__(self, *, max_digits=12, decimal_places=2, **kwargs):
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value):
        return format_number(value) if isinstance(value, Decimal) else value

    def to_python(self, value):
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        amount = parse_money(text)
        if amount <= 0:
            raise ValidationError(NOT_POSITIVE, "negative")
        return amount

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


class MoneyField(models.DecimalField):
    """SEK as numeric(12,2). The constraint that it is positive stands in each model's Meta."""

    def __init__(self, *args, **kwargs):
        kwargs["max_digits"], kwargs["decimal_places"] = 12, 2
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        del kwargs["max_digits"], kwargs["decimal_places"]
        return name, path, args, kwargs

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": MoneyFormField, **kwargs})


validate_positive = MinValueValidator(CENT, NOT_POSITIVE)
