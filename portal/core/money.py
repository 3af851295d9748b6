"""Amounts in Swedish kronor: `numeric(12,2)`, and an input that never guesses."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

CENT = Decimal("0.01")
LARGEST = Decimal("9999999999.99")
_SPACES = " \u00a0\u202f\u2009"
# Digits, alone or in groups of three set apart by spaces; then at most two decimals after a comma.
_SWEDISH = re.compile(rf"(\d{{1,10}}|\d{{1,3}}(?:[{_SPACES}]\d{{3}})+)(?:,(\d{{1,2}}))?", re.ASCII)
# A point followed by one or two digits can only be decimals; by three it may be thousands: refused.
_PLAIN = re.compile(r"(\d{1,10})\.(\d{1,2})", re.ASCII)

AMBIGUOUS = _("Write the amount in kronor with digits, for example 1 000 or 1 000,50.")
NOT_POSITIVE = _("The amount must be greater than zero.")


def parse_money(text: str) -> Decimal:
    """Read an amount typed by a person.

    Accepts `1000`, `1 000`, `1 000,50`, `1000,5` and `1000.50`; a trailing `kr` is allowed.
    Raises ValidationError on everything that could be read in two ways (`1,000.50`, `1.000`,
    `1,000`), on signs, underscores and digits of other scripts.
    """
    text = re.sub(r"\s*(kr|SEK)\.?$", "", text.strip(), flags=re.IGNORECASE)
    if text.startswith("-") and (_SWEDISH.fullmatch(text[1:]) or _PLAIN.fullmatch(text[1:])):
        raise ValidationError(NOT_POSITIVE, "negative")
    match = _SWEDISH.fullmatch(text) or _PLAIN.fullmatch(text)
    if not match:
        raise ValidationError(AMBIGUOUS, "ambiguous")
    whole = re.sub(rf"[{_SPACES}]", "", match[1])
    amount = Decimal(f"{whole}.{match[2] or '0'}").quantize(CENT)
    if amount > LARGEST:
        raise ValidationError(_("The amount is too large."), "too_large")
    return amount


def format_money(amount: Decimal | None) -> str:
    """`12 500 kr`; decimals only where there are any. The spaces do not break."""
    if amount is None:
        return ""
    decimals = 0 if amount == amount.to_integral_value() else 2
    number = number_format(amount, decimal_pos=decimals, use_l10n=True, force_grouping=True)
    return f"{number} kr".replace(" ", "\u00a0")


class MoneyFormField(forms.CharField):
    """A text field that reads an amount; the widget shows what was typed when it is refused."""

    def __init__(self, *, max_digits=12, decimal_places=2, min_value=None, **kwargs):
        self.min_value = min_value
        kwargs.setdefault("max_length", 24)
        super().__init__(**kwargs)
        self.widget.attrs.setdefault("inputmode", "decimal")
        self.widget.attrs.setdefault("autocomplete", "off")

    def prepare_value(self, value):
        if isinstance(value, Decimal):
            return format_money(value).removesuffix("\u00a0kr")
        return value

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
