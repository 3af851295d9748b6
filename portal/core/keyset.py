"""Pages of a list without COUNT and OFFSET: each page starts where the one before it ended.

The cursor names the last row seen by the values it is ordered by; the next page is the rows after
it. The thousandth page therefore costs what the first does.
"""

import base64
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.db.models import BooleanField, F, Field, Func, QuerySet, Value
from django.utils.translation import gettext as _

from portal.core.middleware import is_storable

LONGEST_CURSOR = 2000


class InvalidCursor(ValidationError):
    """The cursor was not given by a page of this list."""


@dataclass(frozen=True)
class Page:
    """Rows of one page, and the cursors of its neighbours (None where there is none)."""

    items: list
    next: str | None
    previous: str | None

    @property
    def is_whole(self) -> bool:
        """All rows fit on this page, so that they can be counted without asking again."""
        return self.next is None and self.previous is None


def keyset_page(queryset: QuerySet, cursor: str | None, size: int) -> Page:
    """Cut a page out of a queryset ordered by names of columns or annotations.

    All run the same way, the last is unique, and none is ever NULL (an annotation can see to
    that). Raises InvalidCursor where the cursor is not one of this ordering.
    """
    order = _Order(queryset)
    backwards, values = order.read(cursor) if cursor else (False, None)
    rows = queryset.order_by(*order.names(backwards))
    if values is not None:
        rows = rows.filter(order.beyond(values, backwards))
    found = list(rows[: size + 1])
    more, items = len(found) > size, found[:size]
    if backwards:
        items.reverse()
    has_next = backwards or more
    has_previous = more if backwards else values is not None
    return Page(
        items=items,
        next=order.write(items[-1], backwards=False) if items and has_next else None,
        previous=order.write(items[0], backwards=True) if items and has_previous else None,
    )


class _Order:
    """A queryset's ordering: it compares rows, and writes and reads cursors."""

    def __init__(self, queryset):
        names = queryset.query.order_by or queryset.model._meta.ordering
        self.descending = str(names[0]).startswith("-")
        sign = "-" if self.descending else ""
        self.columns = [str(name).removeprefix("-") for name in names]
        if [f"{sign}{column}" for column in self.columns] != list(names):
            raise ImproperlyConfigured(f"Cannot page by {names}: give names, all the same way.")
        self.fields = [self._field(queryset, column) for column in self.columns]

    @staticmethod
    def _field(queryset, column: str) -> Field:
        annotation = queryset.query.annotations.get(column)
        if annotation is not None:
            return annotation.output_field
        meta = queryset.model._meta
        field = meta.pk if column == "pk" else meta.get_field(column)
        if field.null:
            raise ImproperlyConfigured(f"Cannot page by {column}: it may be NULL.")
        return field

    def names(self, backwards: bool) -> list[str]:
        sign = "-" if self.descending != backwards else ""
        return [f"{sign}{column}" for column in self.columns]

    def beyond(self, values: list, backwards: bool) -> Func:
        """Condition `(a, b) < (x, y)`: an index on (a, b) leads both engines to the place."""
        columns = map(F, self.columns)
        bounds = (
            Value(value, output_field=field)
            for value, field in zip(values, self.fields, strict=True)
        )
        return Func(
            _row(*columns),
            _row(*bounds),
            template="%(expressions)s",
            arg_joiner=" < " if self.descending != backwards else " > ",
            output_field=BooleanField(),
        )

    def write(self, row, *, backwards: bool) -> str:
        return self._encode(backwards, [getattr(row, column) for column in self.columns])

    def _encode(self, backwards: bool, values: list) -> str:
        parts = [int(backwards), self.names(False), *map(_plain, values)]
        text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def read(self, cursor: str) -> tuple[bool, list]:
        """Direction and values; only what `write` could have written is read."""
        try:
            if len(cursor) > LONGEST_CURSOR:
                raise ValueError
            text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
            backwards, _names, *plain = json.loads(text)
            values = [
                _read_value(field, value) for field, value in zip(self.fields, plain, strict=True)
            ]
            if self._encode(bool(backwards), values) != cursor:
                raise ValueError
        except (ValueError, TypeError, OverflowError, RecursionError, ValidationError) as error:
            raise InvalidCursor(
                _("This is not a page of the list. Start from its first page.")
            ) from error
        return bool(backwards), values


def _row(*expressions) -> Func:
    return Func(*expressions, template="(%(expressions)s)", output_field=BooleanField())


def _plain(value) -> str | int:
    """A column's value as JSON; to the microsecond, because rows may differ by one."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, str | int):
        return value
    raise TypeError(f"Cannot page by {value!r}.")


def _read_value(field: Field, value):
    if isinstance(value, str) and not is_storable(value):
        raise ValueError
    read = field.to_python(value)
    field.run_validators(read)
    return read
