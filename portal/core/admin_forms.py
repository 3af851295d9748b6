"""Forms and sets of rows that several admin pages use."""

from django.core.exceptions import ValidationError
from django.db import models
from django.forms import BaseInlineFormSet
from django.utils.translation import gettext as _


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
                raise ValidationError(_("Two of the rows cannot stand beside each other: %(rows)s.") % {"rows": row})
            seen.add(key)

    def _rows_to_keep(self):
        for form in self.forms:
            kept = form.is_valid() and not self._should_delete_form(form)
            if kept and (form.instance.pk or form.has_changed()):
                yield form


def _values(row) -> dict:
    fields = row._meta.concrete_fields
    return {field.name: models.Value(getattr(row, field.attname), field) for field in fields}
