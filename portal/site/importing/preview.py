"""What an import would do, row by row; and doing it, whole or not at all."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from agreements.models import Agreement
from portal.core.workflow import StaleVersion
from portal.site.importing.kinds import Kind, shown


@dataclass(frozen=True)
class Change:
    column: str
    old: str
    new: str


@dataclass
class Line:
    """A row of the file: `outcome` is new, changed, same or wrong."""

    number: int
    name: str
    outcome: str
    changes: list[Change] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    row: dict[str, Any] = field(default_factory=dict)
    found: Any = None


@dataclass(frozen=True)
class Preview:
    kind: Kind
    lines: list[Line]
    problems: list[str]

    @property
    def is_clean(self) -> bool:
        return not self.problems and all(line.outcome != "wrong" for line in self.lines)

    @property
    def changes_something(self) -> bool:
        return self.is_clean and any(line.outcome != "same" for line in self.lines)

    def count(self) -> dict[str, int]:
        outcomes = [line.outcome for line in self.lines]
        return {name: outcomes.count(name) for name in ("new", "changed", "same", "wrong")}

    @property
    def mark(self) -> str:
        """Tells whether what would happen is still what was shown."""
        told = [(line.number, line.outcome, line.changes) for line in self.lines]
        return hashlib.sha256(repr(told).encode()).hexdigest()


def preview(kind: Kind, rows: list[list[str]], by) -> Preview:
    heading, *body = rows
    columns, problems = _columns(kind, heading)
    if problems:
        return Preview(kind, [], problems)
    seen: dict[Any, int] = {}
    barred = set(Agreement.objects.barring(by))
    lines = [
        _line(kind, columns, number, cells, seen, barred) for number, cells in enumerate(body, 2)
    ]
    return Preview(kind, lines, [])


def _columns(kind: Kind, heading: list[str]) -> tuple[list[str], list[str]]:
    """The form's field of each column, found by its name or its label in the reader's language."""
    fields = kind.form.base_fields
    known = {name.casefold(): name for name in fields}
    known |= {str(one.label).casefold(): name for name, one in fields.items()}
    columns = [known.get(cell.casefold(), "") for cell in heading]
    problems = [
        _("The column “%(column)s” is not known.") % {"column": cell}
        for cell, name in zip(heading, columns, strict=True)
        if not name
    ]
    missing = [
        str(one.label) for name, one in fields.items() if one.required and name not in columns
    ]
    if missing:
        problems.append(_("Columns are missing: %(columns)s.") % {"columns": ", ".join(missing)})
    if len(set(columns)) < len(columns) and not problems:
        problems.append(_("A column stands twice."))
    return columns, problems


def _line(
    kind: Kind, columns: list[str], number: int, cells: list[str], seen: dict, barred: set
) -> Line:
    if len(cells) > len(columns):
        reason = _("The row has more cells than the heading.")
        return Line(number, cells[0], "wrong", errors=[("", reason)])
    data = dict(zip(columns, cells, strict=False))
    form = kind.form(data)
    if not form.is_valid():
        return Line(number, cells[0], "wrong", errors=_told_errors(form))
    row = form.cleaned_data
    found = kind.find(row)
    name = kind.name(row)
    if kind.agreement(row, found) in barred:
        reason = _("You do not handle this agreement: there is a conflict of interest.")
        return Line(number, cells[0], "wrong", errors=[("", reason)])
    key = found.pk if found else name
    if key in seen:
        reason = _("The same stands in row %(row)s.") % {"row": seen[key]}
        return Line(number, name, "wrong", errors=[("", reason)])
    seen[key] = number
    changes = _changes(kind, row, found, columns)
    outcome = "new" if found is None else "changed" if changes else "same"
    return Line(number, name, outcome, changes, row=row, found=found)


def _told_errors(form) -> list[tuple[str, str]]:
    label: dict[str, str | Promise] = {name: one.label for name, one in form.fields.items()}
    return [
        (str(label.get(name, "")), message)
        for name, messages in form.errors.items()
        for message in messages
    ]


def _changes(kind: Kind, row, found, columns: list[str]) -> list[Change]:
    """What the row would change; a column that the file does not have changes nothing."""
    if found is None:
        return []
    new, fields = shown(kind, row), kind.form.base_fields
    return [
        Change(str(fields[name].label), old, new[name])
        for name, old in kind.told(found).items()
        if name in columns and old != new[name]
    ]


@transaction.atomic
def take(kind: Kind, rows: list[list[str]], *, mark: str, by, at) -> Preview:
    """Write all rows or none. Raises StaleVersion where something has changed since the preview,
    ValidationError where a row is refused when it is written.
    """
    told = preview(kind, rows, by)
    if told.mark != mark or not told.changes_something:
        raise StaleVersion
    for line in told.lines:
        if line.outcome in {"new", "changed"}:
            _write(kind, line, by=by, at=at)
    return told


def _write(kind: Kind, line: Line, *, by, at) -> None:
    try:
        kind.write(line.row, line.found, by=by, at=at)
    except ValidationError as error:
        reason = " ".join(error.messages)
        raise ValidationError(
            _("Row %(row)s: %(reason)s") % {"row": line.number, "reason": reason}
        ) from error
