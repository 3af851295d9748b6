"""Constraints that say in plain words what is wrong.

Django's own words name the constraint, which tells nobody what to mend. The words are no part of
the database and stay out of the migrations: mending a sentence makes none.
"""

from django.db import models


class _InWords:
    path: str
    violation_error_message: str

    def deconstruct(self):
        _path, args, kwargs = super().deconstruct()  # type: ignore[misc]
        kwargs.pop("violation_error_message", None)
        return self.path, args, kwargs

    def clone(self):
        """Django copies each constraint of a model by what it deconstructs to."""
        copy = super().clone()  # type: ignore[misc]
        copy.violation_error_message = self.violation_error_message
        return copy

    def __eq__(self, other):
        return (
            isinstance(other, models.BaseConstraint) and self.deconstruct() == other.deconstruct()
        )


class Check(_InWords, models.CheckConstraint):
    path = "django.db.models.CheckConstraint"


class Unique(_InWords, models.UniqueConstraint):
    """For a rule with a condition or an expression; Django words the plain ones well enough."""

    path = "django.db.models.UniqueConstraint"
