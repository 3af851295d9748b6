"""The forms of an application's parts: single fields, and rows of which there can be more.

A draft may be incomplete but not malformed. What a form has read is written by
`Application.edit`, as `grants.parts` has it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.datastructures import MultiValueDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from grants import parts
from grants.models import Application
from grants.models.rows import MOST_ROWS
from portal.core.fields import PlainDateField, leading
from portal.core.money import MoneyFormField
from portal.core.widgets import Paragraphs

SHORT = {"class": "ds-input input--short"}
NOT_WHOLE = _("The form was not sent whole. Open the application again.")


def text_field(label, longest: int, help_text="", **kwargs):
    return forms.CharField(
        label=label, max_length=longest, help_text=help_text, required=False, **kwargs
    )


def long_field(label, longest: int, help_text="", rows: int = 4):
    widget = Paragraphs(attrs={"rows": rows, "cols": False})
    return text_field(label, longest, help_text, widget=widget)


def money_field(label, help_text=""):
    widget = forms.TextInput(attrs=SHORT)
    return MoneyFormField(label=label, help_text=help_text, required=False, widget=widget)


def day_field(label, help_text=""):
    return PlainDateField(
        label=label,
        help_text=help_text,
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as year-month-day, for example 2027-03-01.")},
    )


class DaysInOrder(forms.Form):
    """A first and a last day. The verb refuses them the wrong way round; here it gets a place."""

    def clean(self):
        first, last = (self.cleaned_data.get(name) for name in ("starts_on", "ends_on"))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))


class RowForm(forms.Form):
    """One row; one in which nothing has been written is none. `quiet` fields say nothing alone."""

    marks_optional = False
    quiet: tuple[str, ...] = ()

    def has_changed(self) -> bool:
        return bool(set(self.changed_data) - set(self.quiet))

    def get_initial_for_field(self, field, field_name):
        """An amount stands there as people write it."""
        value = super().get_initial_for_field(field, field_name)
        return Decimal(value) if value and isinstance(field, MoneyFormField) else value

    def read(self) -> dict:
        """What has been read, empty where it could not be."""
        known = getattr(self, "cleaned_data", {})
        return {name: known.get(name, _nothing(field)) for name, field in self.fields.items()}


def _nothing(field: forms.Field) -> str | None:
    without = (MoneyFormField, forms.DateField, forms.TypedChoiceField)
    return None if isinstance(field, without) else ""


class Rows(forms.BaseFormSet):
    """Of rows that were taken away in the browser nothing is sent: they are empty, and no rows.

    That is true of rows that are stored already, too: nothing is asked of an empty one.
    """

    def get_form_kwargs(self, index):
        """`index` is None for the row that is added from: Django lets that one be empty itself."""
        emptied = {} if index is None else {"empty_permitted": True}
        return super().get_form_kwargs(index) | emptied

    def listed(self) -> list[dict]:
        return [form.read() for form in self.forms if form.has_changed()]


def _begun_with(form: type[RowForm], row: dict) -> dict:
    """A stored row as its form begins with it: amounts are written as people write them."""
    money = [name for name, field in form.base_fields.items() if isinstance(field, MoneyFormField)]
    return {**row, **{name: Decimal(row[name]) for name in money if row[name]}}


@dataclass(frozen=True)
class Rowset:
    """A list in a part: the form of a row, what the list and a row are called, and how to add."""

    form: type[RowForm]
    title: str | Promise
    one: str | Promise
    add: str | Promise
    help_text: str | Promise = ""
    compact: bool = False


@dataclass(frozen=True)
class Fault:
    label: str
    text: str
    focus_id: str


class PartForm(forms.Form):
    """One part. `only` names the fields that are open, where not all are."""

    data: MultiValueDict
    marks_optional = False
    step: str
    rowsets: dict[str, Rowset] = {}

    seen = forms.CharField(
        widget=forms.HiddenInput,
        max_length=16,
        error_messages=dict.fromkeys(("required", "max_length"), NOT_WHOLE),
    )

    def __init__(self, data=None, *, application: Application, only=None):
        self.application = application
        self.stored = parts.PARTS[self.step].read(application)
        super().__init__(data)
        self.initial = {**self.fields_of(self.stored), "seen": parts.seen(self.stored)}
        self.add_fields()
        if only is not None:
            for name in set(self.fields) - {"seen"} - set(only):
                self.fields[name].disabled = not self.rowsets
        self.rows = {name: self._rows(name, rowset) for name, rowset in self.rowsets.items()}

    def _rows(self, name: str, rowset: Rowset) -> Rows:
        there = [_begun_with(rowset.form, row) for row in self.rows_of(self.stored, name)]
        cls = forms.formset_factory(
            rowset.form, formset=Rows, extra=0 if there else 1, max_num=MOST_ROWS,
            absolute_max=MOST_ROWS, validate_max=True,
        )  # fmt: skip
        given = {"data": self.data} if self.is_bound else {"initial": there}
        return cls(  # type: ignore[return-value]
            prefix=name, form_kwargs=self.row_kwargs(name), **given
        )

    # --- What each part says of itself ----------------------------------------------------------

    def add_fields(self) -> None:
        """Fields that depend on the application."""

    def fields_of(self, stored) -> dict:
        """What the single fields begin with."""
        return {}

    def rows_of(self, stored, name: str) -> list[dict]:
        """What the rows of a list begin with."""
        return stored[name]

    def row_kwargs(self, name: str) -> dict:
        """What the form of a row is made with, besides."""
        return {}

    def as_part(self):
        """What has been read, as the part is written; what could not be read stays as it was."""
        raise NotImplementedError

    # --- Reading and saving ---------------------------------------------------------------------

    def is_valid(self) -> bool:
        """Every list is read, whatever stands elsewhere: one that is not read would be empty."""
        read = [super().is_valid(), *(rows.is_valid() for rows in self.rows.values())]
        return all(read)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was lost on the way: what is not there would be taken for removed."""
        lost = [rows.non_form_errors() for rows in self.rows.values()]
        return "seen" in self.cleaned_data and not any(lost)

    def read(self, name: str):
        """Of a single field: what has been typed, or what stands there where it cannot be read."""
        return self.cleaned_data[name] if name in self.cleaned_data else self.initial.get(name)

    def keep(self, *, by, at) -> Application:
        """Save the part; raises what the verb raises."""
        return self.application.edit(
            by=by, at=at, content={self.step: self.as_part()},
            seen={self.step: self.cleaned_data.get("seen", "")},
        )  # fmt: skip

    def refuse(self, error: ValidationError) -> None:
        """Show what the verb refused, beside the field it concerns; what was typed stays."""
        reasons = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error}
        for name, reason in reasons.items():
            self.add_error(name if name in self.fields else None, reason)

    def continue_from(self, stored) -> None:
        """The next sending of this form builds on what is stored now."""
        self.data = self.data.copy()
        self.data["seen"] = parts.seen(stored)

    @property
    def faults(self) -> list[Fault]:
        """Every error of the part, with the place where it can be mended."""
        found = [Fault("", str(text), "") for text in self.non_field_errors()]
        found += _faults_of(self)
        for name, rows in self.rows.items():
            found += [Fault("", str(text), "") for text in rows.non_form_errors()]
            for number, row in enumerate(rows.forms, 1):
                found += _faults_of(row, f"{self.rowsets[name].one} {number}, ")
        return found

    @property
    def listed_rows(self) -> list[tuple[str, tuple[Rowset, Rows]]]:
        return [(name, (self.rowsets[name], rows)) for name, rows in self.rows.items()]

    def place(self, lacks: dict[str, list[str]]) -> list[Fault]:
        """What is lacking, with the fields where it can be filled in."""
        fields = {field.html_name: (field, "") for field in self}
        for name, rows in self.rows.items():
            for number, row in enumerate(rows.forms, 1):
                where = f"{self.rowsets[name].one} {number}, "
                fields |= {field.html_name: (field, where) for field in row}
        return [_lack(fields.get(name), text) for name, texts in lacks.items() for text in texts]


def _lack(found, text: str) -> Fault:
    if found is None:
        return Fault("", text, "")
    field, where = found
    return Fault(leading(where + field.label), text, field.focus_id)


def _faults_of(form: Iterable, where: str = "") -> list[Fault]:
    return [
        Fault(leading(where + field.label), str(text), "" if field.is_hidden else field.focus_id)
        for field in form
        for text in field.errors
    ]


def more_rows(data: MultiValueDict, name: str) -> MultiValueDict:
    """What was sent, with one more row in a list."""
    data = data.copy()
    total = f"{name}-TOTAL_FORMS"
    if (count := str(data.get(total, ""))).isdecimal():
        data[total] = str(min(int(count[:4]) + 1, MOST_ROWS))
    return data


def without_row(data: MultiValueDict, row: str) -> MultiValueDict:
    """What was sent, with one row emptied (`costs-2`)."""
    data = data.copy()
    for name in [name for name in data if name.startswith(f"{row}-")]:
        del data[name]
    return data
