"""Forms and sets of rows that several admin pages use."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet, Form, ModelForm
from django.utils.translation import gettext as _


class KnownChoices:
    """Shows the chosen objects as they were read with their row, without asking for each again."""

    known: tuple = ()

    def optgroups(self, name, value, attrs=None):
        texts = {str(obj.pk): str(obj) for obj in self.known}
        chosen = [str(pk) for pk in value if pk not in ("", None)]
        if not chosen or not texts.keys() >= set(chosen):
            return super().optgroups(name, value, attrs)
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


class PortalModelForm(ModelForm):
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


class UniqueRowsFormSet(BaseInlineFormSet):
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
