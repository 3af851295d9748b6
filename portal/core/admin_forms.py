"""Forms and sets of rows that several admin pages use."""

import hashlib
import json
import re

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, Form, ModelForm
from django.forms.formsets import DELETION_FIELD_NAME as DELETION
from django.forms.formsets import INITIAL_FORM_COUNT
from django.utils.translation import gettext as _


class KnownChoices:
    """Shows the chosen objects as they were read with their row, without asking for each again."""

    known: tuple = ()

    def optgroups(self, name, value, attrs=None):
        texts = {str(obj.pk): str(obj) for obj in self.known}
        chosen = [str(pk) for pk in value if pk not in ("", None)]
        if not chosen or not texts.keys() >= set(chosen):
            # What is no number names no row, and the form says so; Django would ask for it.
            numbers = [pk for pk in chosen if re.fullmatch("[0-9]{1,18}", pk)]
            return super().optgroups(name, numbers, attrs)
        options = []
        if not self.is_required and not self.allow_multiple_selected:
            options.append(self.create_option(name, "", "", False, 0))
        for pk in chosen:
            options.append(self.create_option(name, pk, texts[pk], True, len(options)))
        return [(None, options, 0)]


class KnownSelect(KnownChoices, AutocompleteSelect):
    pass


class KnownSelectMultiple(KnownChoices, AutocompleteSelectMultiple):
    def build_attrs(self, *args, **kwargs):
        """Each choice has its cross; one for all is easily hit, and is no item of the list."""
        return super().build_attrs(*args, **kwargs) | {"data-allow-clear": "false"}


STALE = "saved_meanwhile"


class KeepsOthersWork:
    """A page's form that refuses to write over what was saved after the page was drawn.

    The page sends back, as `_seen`, a digest of what it was drawn from. `rows_on_page` of the
    object are its sets of rows, given by the admin. Where nothing was changed by hand there is
    nothing to write over: a form sent twice by a double click is not refused.
    """

    def full_clean(self):
        super().full_clean()
        rows = getattr(self.instance, "rows_on_page", None)
        if not self.is_bound or rows is None or self.data.get("_seen") == self.seen():
            return
        if self.has_changed() or any(formset.has_changed() for formset in rows):
            self.add_error(None, ValidationError(_stale_text(self), STALE))

    @property
    def is_stale(self) -> bool:
        return self.has_error(NON_FIELD_ERRORS, STALE)  # type: ignore[attr-defined]

    def seen(self) -> str:
        """What the object and its rows hold now, of all that this page can change."""
        found = [
            _initial(self),
            *(
                [[row.pk for row in formset.get_queryset()], *map(_initial, formset.initial_forms)]
                for formset in self.instance.rows_on_page  # type: ignore[attr-defined]
            ),
        ]
        return hashlib.sha256(json.dumps(found, default=_plain).encode()).hexdigest()


def _stale_text(form) -> str:
    text = _(
        "Somebody has saved this since you opened it. What you typed stands below, and nothing of "
        "it is saved yet. Save again to put it in place of what is stored."
    )
    differing = ", ".join(str(form.fields[name].label) for name in form.changed_data)
    if not differing:
        return text
    return text + " " + _("It differs from what is stored in: %(fields)s.") % {"fields": differing}


def _initial(form) -> dict:
    """What a form was filled with from the database, by field; a list has no order."""
    values = {
        name: form.initial.get(name) for name, field in form.fields.items() if not field.disabled
    }
    return {
        name: sorted(map(str, map(_plain, value))) if isinstance(value, list) else value
        for name, value in values.items()
    }


def _plain(value):
    return value.pk if isinstance(value, models.Model) else str(value)


class PortalModelForm(KeepsOthersWork, ModelForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, KnownChoices):
                widget.known = self._read_already(name)

    def _read_already(self, name) -> tuple:
        initial = self.initial.get(name)
        if isinstance(initial, list):
            return tuple(initial)
        related = self.instance._state.fields_cache.get(name)
        return (related,) if related else ()


class KeptRowsFormSet(BaseInlineFormSet):
    """Rows that somebody has removed meanwhile come back as new ones, with what was typed.

    Left where they stood they could be neither shown nor saved.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound and self.management_form.is_valid() and self.initial_form_count():
            self._put_gone_rows_last()

    def _put_gone_rows_last(self) -> None:
        key = self.model._meta.pk.name  # type: ignore[union-attr]
        known = {str(row.pk) for row in self.get_queryset()}
        posted = range(self.initial_form_count())
        gone = [n for n in posted if self.data.get(f"{self.add_prefix(n)}-{key}") not in known]
        if not gone:
            return
        kept = [number for number in posted if number not in gone]
        added = range(len(posted), self.total_form_count())
        rows = {number: self._typed(number) for number in (*posted, *added)}
        for number in gone:
            rows[number] = {n: v for n, v in rows[number].items() if n not in (key, DELETION)}
        typed = re.compile(rf"{re.escape(self.prefix)}-\d+-")  # type: ignore[type-var]
        data = self.data.copy()  # type: ignore[attr-defined]
        for name in filter(typed.match, list(data)):
            del data[name]
        for place, number in enumerate([*kept, *gone, *added]):
            for name, values in rows[number].items():
                data.setlist(f"{self.add_prefix(place)}-{name}", values)
        data[f"{self.prefix}-{INITIAL_FORM_COUNT}"] = len(kept)
        self.data = data
        del self.management_form  # read anew

    def _typed(self, number: int) -> dict[str, list[str]]:
        start = f"{self.add_prefix(number)}-"
        found = self.data.lists()  # type: ignore[attr-defined]
        return {n.removeprefix(start): values for n, values in found if n.startswith(start)}


class UniqueRowsFormSet(KeptRowsFormSet):
    """Also compares the typed rows where a constraint of the model has a condition.

    Each row alone is checked against the database; two new rows that clash only with each other
    would otherwise be found by the database itself, too late for a message.
    """

    def clean(self):
        super().clean()
        for constraint in self.model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and constraint.condition:
                self._compare(constraint)

    def _compare(self, constraint) -> None:
        seen = set()
        for form in self._rows_to_keep():
            row = form.instance
            if not constraint.condition.check(_values(row)):
                continue
            key = tuple(getattr(row, name) for name in constraint.fields if name != self.fk.name)
            if key in seen:
                raise ValidationError(
                    _("Two of the rows cannot stand beside each other: %(row)s.") % {"row": row}
                )
            seen.add(key)

    def _rows_to_keep(self):
        for form in self.forms:
            kept = form.is_valid() and not self._should_delete_form(form)
            if kept and (form.instance.pk or form.has_changed()):
                yield form


class TableFormSet(UniqueRowsFormSet):
    """In a table the column's heading is seen as the name of each field; here it is told, too."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.visible_fields():
            widget = field.field.widget
            getattr(widget, "widget", widget).attrs["aria-label"] = field.label


def _values(row) -> dict:
    fields = row._meta.concrete_fields
    return {field.name: models.Value(getattr(row, field.attname), field) for field in fields}


class VerbForm(Form):
    """What a verb asks for; its fields are what the verb's method takes. `obj` is the object."""

    def __init__(self, *args, obj, **kwargs):
        self.obj = obj
        super().__init__(*args, **kwargs)
