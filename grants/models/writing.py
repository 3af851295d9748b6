"""Writing an application: one person at a time, a part at a time, while it may be changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants import parts
from grants.workflow import ApplicationState
from partners.models import Partner
from portal.core.models import User
from portal.core.workflow import StaleVersion, WrongState, lock

if TYPE_CHECKING:
    from grants.models.applications import Application

#: How long the pen stays with somebody who has stopped writing.
PEN_LASTS = timedelta(minutes=5)


class PenHeld(WrongState):
    """Somebody else is writing. The message says who."""


class Written(models.Model):
    """What an application is while it is written."""

    declarations = models.JSONField(_("declarations"), default=dict, editable=False)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    writer = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True, editable=False)
    writes_since = models.DateTimeField(null=True, editable=False)
    writes_until = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def check_writable(self: Application, at) -> None:
        """Raise WrongState or ValidationError where nothing of it may be changed now."""
        if self.state == ApplicationState.COMPLETION:
            self.check_completion_open(at)
        elif self.state == ApplicationState.DRAFT:
            self.call.check_open(at)
        else:
            raise WrongState(_now("Only a draft can be changed."))

    def is_writable(self: Application, at) -> bool:
        try:
            self.check_writable(at)
        except (WrongState, ValidationError):
            return False
        return True

    def open_for_change(self: Application, *, by, at) -> Application:
        """The application, locked, for somebody who may change it while it may be changed."""
        application = lock(self)
        if not by.has_perm("grants.edit_application", application):
            raise PermissionDenied
        application.check_writable(at)
        return application

    # --- The pen: one writes at a time ----------------------------------------------------------

    def held_by_other(self, *, by, at):
        """Who else is writing just now; None where nobody is."""
        is_live = self.writes_until is not None and self.writes_until > at
        return self.writer if is_live and self.writer_id != by.pk else None

    def take_pen(self: Application, *, by, at) -> None:
        """Begin or go on writing. Raises PenHeld where somebody else writes.

        One statement, as every opened form asks for it: of many at once, one gets the pen.
        """
        if not by.has_perm("grants.edit_application", self):
            raise PermissionDenied
        self.check_writable(at)
        rows = type(self).objects.filter(pk=self.pk)
        free = rows.filter(Q(writer=None) | Q(writer=by) | Q(writes_until__lte=at))
        goes_on = When(writer=by, writes_until__gt=at, then=F("writes_since"))
        since = Case(goes_on, default=Value(at), output_field=models.DateTimeField())
        if not free.update(writer=by, writes_since=since, writes_until=at + PEN_LASTS):
            self.refresh_from_db(fields=["writer", "writes_since", "writes_until"])
            self._check_pen(by=by, at=at)

    @transaction.atomic
    def take_over_pen(self: Application, *, by, at) -> None:
        """From somebody who is writing; what they have not saved stays on their page."""
        application = self.open_for_change(by=by, at=at)
        if application.held_by_other(by=by, at=at):
            application.case.log("pen_taken", by=by, at=at, from_user=application.writer_id)
        application._hold_pen(by=by, at=at)
        application.save(update_fields=["writer", "writes_since", "writes_until"])

    def _check_pen(self, *, by, at) -> None:
        if other := self.held_by_other(by=by, at=at):
            told = _now("%(name)s is writing in the application.")
            raise PenHeld(told % {"name": other.full_name})

    def _hold_pen(self, *, by, at) -> None:
        is_new = self.writer_id != by.pk or self.writes_until is None or self.writes_until <= at
        if is_new:
            self.writer, self.writes_since = by, at
        self.writes_until = at + PEN_LASTS

    def put_down_pen(self, *, by, at) -> None:
        """Nobody writes any more. Raises PenHeld where somebody else does."""
        self._check_pen(by=by, at=at)
        self.writer = self.writes_since = self.writes_until = None

    # --- Writing --------------------------------------------------------------------------------

    @transaction.atomic
    def edit(self: Application, *, by, at, content: dict, seen: dict | None = None) -> Application:
        """Save some parts, as `grants.parts` writes them; what is not given stays.

        `seen` tells by part what the form was opened with (`parts.seen`): where that has changed
        since, StaleVersion is raised and nothing is saved. Raises PenHeld where somebody else
        writes.
        """
        application = self.open_for_change(by=by, at=at)
        application._check_pen(by=by, at=at)
        stored = {step: parts.PARTS[step].read(application) for step in content}
        if any(parts.seen(stored[step]) != mark for step, mark in (seen or {}).items()):
            raise StaleVersion
        for step, data in content.items():
            parts.PARTS[step].write(application, application.open_only(step, stored[step], data))
        application._hold_pen(by=by, at=at)
        application.version += 1
        application.save()
        self.refresh_from_db()
        return self

    @transaction.atomic
    def answer_newest_questions(self: Application, *, by, at) -> None:
        """Go on with the version that is in force now. Answers follow the questions they are to."""
        draft = self.open_for_change(by=by, at=at)
        if draft.state != ApplicationState.DRAFT:
            raise WrongState(_now("Only a draft can be changed."))
        draft._check_pen(by=by, at=at)
        draft.form = draft.call.form_in_force
        draft.version += 1
        draft.save()
        draft.case.log("questions_renewed", by=by, at=at, form=draft.form_id)

    @transaction.atomic
    def take_over_from(self: Application, earlier: Application, *, by, at) -> None:
        """Begin with what was written in an earlier application of one's own.

        An answer follows where the same question is asked; days, amounts and texts are there to be
        mended, and what was certified is certified anew. What has been written here already is not
        written over.
        """
        if not by.has_perm("grants.read_application", earlier):
            raise PermissionDenied
        draft = self.open_for_change(by=by, at=at)
        if draft.version != 1:
            raise WrongState(_now("The draft holds something already."))
        content = parts.content(earlier)
        asked = {question.key for question in draft.questions}
        content["answers"] = {k: v for k, v in content["answers"].items() if k in asked}
        content["partners"] = [_still_public(row) for row in content["partners"]]
        del content["declarations"], content["attachments"]
        draft.edit(by=by, at=at, content=content)
        draft.case.log("taken_over", by=by, at=at, application=earlier.pk)


def _still_public(row: dict) -> dict:
    """A partner that has left the catalogue is named instead."""
    partner = row["partner"] and Partner.objects.get(pk=row["partner"])
    if not partner or partner.is_public:
        return row
    return {**row, "partner": None, "name": partner.name, "country": partner.country}
