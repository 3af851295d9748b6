"""States and the one door through which they change.

An app's workflow.py lists its transitions; its model carries them as `workflow` and writes a
method per verb, marked with `@verb`. The method says only what is special about the verb: the
mechanism locks the row, reads it again, checks the state and the rule, writes and records, all in
one transaction. Web form, admin action and API call the same method.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Row = TypeVar("Row", bound=models.Model)


class WrongState(Exception):
    """The verb does not fit the state the object is in now. Pages and API answer 409."""


class StaleVersion(Exception):
    """Somebody saved since this form was opened. Pages and API answer 409, typed text kept."""


@dataclass(frozen=True)
class Transition:
    """One row of a workflow's table.

    `permission` None marks a verb that only another verb drives (an application is decided by
    the committee's decision): no person is asked for a right, and no page offers it. `target` None
    marks a verb that leaves the state as it is.
    """

    verb: str
    sources: tuple[str, ...]
    target: str | None
    label: str | Promise
    permission: str | None
    field: str = "state"

    def fits(self, obj: models.Model) -> bool:
        return getattr(obj, self.field) in self.sources

    def may(self, user, obj: models.Model) -> bool:
        return self.permission is not None and user.has_perm(self.permission, obj)


class Workflow:
    """A model's transitions, by verb."""

    def __init__(self, *transitions: Transition):
        self._by_verb = {transition.verb: transition for transition in transitions}

    def __getitem__(self, verb: str) -> Transition:
        return self._by_verb[verb]

    def __contains__(self, verb: str) -> bool:
        return verb in self._by_verb

    def __iter__(self) -> Iterator[Transition]:
        return iter(self._by_verb.values())

    def available(self, obj: models.Model, user) -> list[Transition]:
        """What this user may do with the object as it stands: what the buttons show."""
        return [t for t in self if t.fits(obj) and t.may(user, obj)]


@dataclass(frozen=True)
class Event:
    """What `record` gets: who did what, when. `details` holds references and codes, never names."""

    verb: str
    by: models.Model
    at: datetime
    details: dict[str, Any] = field(default_factory=dict)


def lock(obj: Row) -> Row:
    """The row as it is now, held until the transaction ends.

    A model that belongs to something larger names it in `locked_with`, and that row is locked
    first, with what it belongs to in its turn. With one order for all, two verbs that reach into
    each other's rows never wait for each other. Raises WrongState where the row is gone.
    """
    name = getattr(obj, "locked_with", None)
    if name is None:
        return _locked_row(type(obj), obj.pk)
    whole = _locked_whole(obj, name)
    current = _locked_row(type(obj), obj.pk)
    setattr(current, name, whole)
    return current


def _locked_whole(obj: models.Model, name: str) -> models.Model:
    link = type(obj)._meta.get_field(name)
    pk = getattr(obj, link.attname)  # type: ignore[union-attr]
    if not hasattr(link.related_model, "locked_with"):
        return _locked_row(link.related_model, pk)  # type: ignore[arg-type]
    # What this in its turn belongs to is known only once it has been read.
    return lock(_found(link.related_model._base_manager.filter(pk=pk)))  # type: ignore[union-attr]


def _locked_row(model: type[Row], pk) -> Row:
    return _found(model._base_manager.select_for_update(no_key=True).filter(pk=pk))


def _found(rows: models.QuerySet[Row]) -> Row:
    row = rows.first()
    if row is None:
        raise WrongState(_("It has been removed."))
    return row


def verb(method):
    """Turn a method `(self, *, by, at, ...)` into a verb of its model's workflow.

    The method works on the locked, freshly read row and may return a dict of details for the log.
    Raises WrongState, PermissionDenied, or whatever the method raises; nothing is written then.
    """
    name = method.__name__

    @functools.wraps(method)
    def perform(self, *, by, at, **given):
        transition = self.workflow[name]
        with transaction.atomic():
            current = lock(self)
            if transition.permission and not by.has_perm(transition.permission, current):
                raise PermissionDenied
            if not transition.fits(current):
                state = getattr(current, f"get_{transition.field}_display")()
                raise WrongState(
                    _("“%(verb)s” is not possible: it is already “%(state)s”.")
                    % {"verb": transition.label, "state": state}
                )
            details = method(current, by=by, at=at, **given) or {}
            if transition.target is not None:
                setattr(current, transition.field, transition.target)
            current.record(Event(name, by, at, details))
            current.save()
        self.refresh_from_db()
        return self

    return perform


class RecordedInHistory:
    """`record` for objects without a case: their own history row carries who and why."""

    def record(self, event: Event) -> None:
        self._history_user = event.by
        self._history_date = event.at
        self._change_reason = event.verb
