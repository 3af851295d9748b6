"""Checks of single values: each takes what stands in a file and gives what is stored.

What is wrong is raised as `Refused`, with the path to it inside the value.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from portal.core.countries import validate_country
from portal.core.dates import Precision, read_partial

Check = Callable[[Any], Any]

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_PARTIAL = re.compile(r"\d{4}(-\d{2}){0,2}", re.ASCII)
_MONTH_DAY = re.compile(r"\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True)
class Problem:
    message: str
    path: tuple[str, ...] = ()

    def under(self, place: str) -> "Problem":
        return Problem(self.message, (place, *self.path))

    def __str__(self):
        return f"{', '.join(self.path)}: {self.message}" if self.path else self.message


class Refused(Exception):
    """A value is not what the file should hold."""

    def __init__(self, *problems: str | Problem):
        super().__init__(*problems)
        self.problems = [p if isinstance(p, Problem) else Problem(p) for p in problems]


def shown(value: Any) -> str:
    """The value as it stands in the file, cut to what fits in a message."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 60 else f"{text[:57]}..."


def text(longest: int) -> Check:
    def check(value):
        if not isinstance(value, str):
            raise Refused(f"{shown(value)} is not a text")
        if not value.strip():
            raise Refused("is empty")
        if len(value) > longest:
            raise Refused(f"has {len(value)} characters; at most {longest} are allowed")
        return value

    return check


def slug(value):
    """Lower-case letters, digits and hyphens, as in an address."""
    if not isinstance(value, str) or not _SLUG.fullmatch(value) or len(value) > 50:
        raise Refused(f"{shown(value)} is not a slug (a-z, 0-9 and -, at most 50)")
    return value


def matching(pattern: str, meaning: str) -> Check:
    def check(value):
        if not isinstance(value, str) or not re.fullmatch(pattern, value, re.ASCII):
            raise Refused(f"{shown(value)} is not {meaning}")
        return value

    return check


def flag(value):
    if not isinstance(value, bool):
        raise Refused(f"{shown(value)} is not true or false")
    return value


def whole(least: int, most: int) -> Check:
    def check(value):
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refused(f"{shown(value)} is not a whole number")
        if not least <= value <= most:
            raise Refused(f"{shown(value)} is not between {least} and {most}")
        return value

    return check


def degrees(most: int) -> Check:
    """A latitude or longitude; kept to four decimals, about ten metres."""

    def check(value):
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise Refused(f"{shown(value)} is not a number")
        if not -most <= value <= most:
            raise Refused(f"{shown(value)} is not between {-most} and {most}")
        return Decimal(str(value)).quantize(Decimal("0.0001"))

    return check


def one_of(*allowed: str) -> Check:
    def check(value):
        if not isinstance(value, str) or value not in allowed:
            raise Refused(f"{shown(value)} is not one of {', '.join(allowed)}")
        return value

    return check


def country(value):
    try:
        validate_country(value if isinstance(value, str) else "")
    except ValidationError as error:
        raise Refused(f"{shown(value)} is not an ISO 3166-1 country code") from error
    return value


def partial_day(value):
    """`2009`, `2018-06` or `2018-05-07`: the first day it may mean, and its precision."""
    try:
        if not _PARTIAL.fullmatch(value):
            raise ValueError
        return read_partial(value)
    except (TypeError, ValueError) as error:
        raise Refused(f"{shown(value)} is not a date (2018, 2018-06 or 2018-05-07)") from error


def day(value):
    start, precision = partial_day(value)
    if precision != Precision.DAY:
        raise Refused(f"{shown(value)} is not a whole date (2018-05-07)")
    return start


def month_day(value):
    """`03-15`: a day that comes every year; stays a text."""
    if not isinstance(value, str) or not _MONTH_DAY.fullmatch(value):
        raise Refused(f"{shown(value)} is not a month and a day (03-15)")
    try:
        partial_day(f"2001-{value}")
    except Refused as refused:
        raise Refused(f"{shown(value)} is not a day of every year") from refused
    return value


def rows(value):
    """A section of the file: a list, whose rows are read one by one later."""
    if not isinstance(value, list):
        raise Refused(f"{shown(value)} is not a list")
    return value


def list_of(check: Check, *, by: Callable = lambda item: item) -> Check:
    """A list where nothing stands twice; `by` says what makes two items the same."""

    def check_all(value):
        read, problems = {}, []
        for position, item in enumerate(rows(value), 1):
            try:
                checked = check(item)
                if read.setdefault(repr(by(checked)), checked) is not checked:
                    raise Refused(f"{shown(item)} stands twice in the list")
            except Refused as refused:
                problems += [problem.under(f"no. {position}") for problem in refused.problems]
        if problems:
            raise Refused(*problems)
        return tuple(read.values())

    return check_all


def either(first: Check, otherwise: Check) -> Check:
    """A plain text is read by the first check, anything else by the other."""
    return lambda value: (first if isinstance(value, str) else otherwise)(value)


def known(model, field: str = "slug") -> Check:
    """A row that stands in the database (of an earlier file, or earlier in this one)."""

    def check(value):
        if not isinstance(value, str):
            raise Refused(f"{shown(value)} is not a text")
        found = model._default_manager.filter(**{field: value}).first()
        if found is None:
            raise Refused(f"no {model._meta.model_name} is called {shown(value)}")
        return found

    return check


@dataclass(frozen=True)
class Optional:
    """A field that may be left out, or be null."""

    check: Check
    default: Any = None


Fields = Mapping[str, Check | Optional]


def record(fields: Fields) -> Check:
    """An object with these fields and no others."""

    def check(value):
        if not isinstance(value, dict):
            raise Refused(f"{shown(value)} is not an object with fields")
        problems = [
            Problem("is not a known field", (name,)) for name in value.keys() - fields.keys()
        ]
        read = {}
        for name, field in fields.items():
            try:
                read[name] = _read_field(value, name, field)
            except Refused as refused:
                problems += [problem.under(name) for problem in refused.problems]
        if problems:
            raise Refused(*sorted(problems, key=str))
        return read

    return check


def _read_field(values: dict, name: str, field: Check | Optional):
    if isinstance(field, Optional):
        return field.default if values.get(name) is None else field.check(values[name])
    if name not in values:
        raise Refused("is missing")
    return field(values[name])
