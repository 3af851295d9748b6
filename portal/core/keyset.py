"""Pages of a list without COUNT and OFFSET: each page starts where the one before it ended.

The cursor names the last row seen by the values it is ordered by; the next page is the rows after
it. The thousandth page therefore costs what the first does.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _


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
    """Cut a page out of a queryset that is ordered by plain column names, the last one unique.

    The ordering columns must not hold NULL.
    """
    order = _Order(queryset)
    backwards, values = order.read(cursor) if cursor else (False, None)
    rows = queryset
    if backwards:
        rows = rows.order_by(*order.names_reversed())
    if values is not None:
        rows = rows.filter(order.after(values, backwards))
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
    """A queryset's ordering, as columns that can be compared and written into a cursor."""

    def __init__(self, queryset):
        names = queryset.query.order_by or queryset.model._meta.ordering
        self.columns = [(name.removeprefix("-"), name.startswith("-")) for name in names]
        annotations = queryset.query.annotations
        self.fields = [
            annotations[name].output_field
            if name in annotations
            else queryset.model._meta.pk
            if name == "pk"
            else queryset.model._meta.get_field(name)
            for name, _descending in self.columns
        ]

    def names_reversed(self):
        return [name if descending else f"-{name}" for name, descending in self.columns]

    def after(self, values, backwards: bool) -> Q:
        """Condition for the rows beyond the one with these values."""
        beyond, same = Q(), Q()
        for (name, descending), value in zip(self.columns, values, strict=True):
            lookup = "lt" if descending != backwards else "gt"
            beyond |= same & Q(**{f"{name}__{lookup}": value})
            same &= Q(**{name: value})
        first, descending = self.columns[0]
        bound = "lte" if descending != backwards else "gte"
        # Redundant, but it lets both engines start in the index instead of walking up to the row.
        return Q(**{f"{first}__{bound}": values[0]}) & beyond

    def write(self, row, *, backwards: bool) -> str:
        values = [getattr(row, name) for name, _descending in self.columns]
        text = json.dumps([int(backwards), *values], cls=DjangoJSONEncoder)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    def read(self, cursor: str):
        try:
            text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
            backwards, *values = json.loads(text)
            pairs = zip(self.fields, values, strict=True)
            return bool(backwards), [self._value(field, value) for field, value in pairs]
        except (binascii.Error, ValueError, TypeError, RecursionError, ValidationError) as error:
            raise InvalidCursor(_("This is not a page of the list. Start from its first page.")) from error

    @staticmethod
    def _value(field, value):
        if value is None or not isinstance(value, str | int):
            raise InvalidCursor("")
        return field.to_python(value)
