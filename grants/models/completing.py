"""Asking for completion, and completing: what was handed in opens where it lacks something."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.dateformat import format as date_text
from django.utils.translation import gettext as _now

from grants import parts
from grants.completeness import check_complete
from grants.completion import allowed, may_open
from grants.models.letters import Letter
from grants.models.questions import CallForm
from grants.models.submissions import CompletionRequest, Submission
from grants.workflow import ApplicationState
from portal.cases.correspondence import handling
from portal.cases.models import Party
from portal.core.workflow import WrongState, verb

if TYPE_CHECKING:
    from grants.models.applications import Application


class Completed(models.Model):
    """What an application is once it has been handed in, and where it lacks something."""

    class Meta:
        abstract = True

    @property
    def completion(self: Application) -> CompletionRequest | None:
        """The request that waits for an answer, if there is one."""
        if self.state != ApplicationState.COMPLETION:
            return None
        return self.completions.filter(closed_at=None).first()

    def handed_in(self: Application) -> tuple[dict, CallForm | None]:
        """What counts: the content as it last was handed in, and the questions it answers."""
        last = self.submissions.select_related("form").last()
        return (last.content, last.form) if last else (parts.content(self), self.form)

    def check_completion_open(self: Application, at) -> None:
        request = self._request_in_force()
        if timezone.localdate(at) > request.due_on:
            told = _now("The last day to complete the application was %(day)s.")
            raise ValidationError(told % {"day": date_text(request.due_on, "j F Y")}, "closed")

    def _request_in_force(self: Application) -> CompletionRequest:
        request = self.completion
        if request is None:
            raise WrongState(_now("No completion is asked for."))
        return request

    def open_only(self: Application, step: str, stored, data):
        """What may be written of a part: while it is being completed, only what was asked for."""
        request = self.completion
        return data if request is None else allowed(request.fields, step, stored, data)

    def keep_submission(self: Application, *, by, at) -> None:
        """Keep what is handed in as it is. Raises ValidationError where something is lacking."""
        content = parts.content(self)
        check_complete(self, content)
        self._keep(content, by=by, at=at)

    def _keep(self: Application, content: dict, *, by, at) -> None:
        Submission.objects.create(
            application=self, number=self.submissions.count() + 1, form=self.form,
            content=content, submitted_at=at, submitted_by=by,
        )  # fmt: skip
        self._name_counterparts()

    def _name_counterparts(self: Application) -> None:
        """The partners' contacts are parties of the case, each address once: with one of them
        nobody handles it.
        """
        rows = self.cooperation.prefetch_related("partner__contacts")
        found = {address.lower() for row in rows for address in row.contacts if address}
        parties = self.case.parties.filter(role=Party.Role.COUNTERPART)
        for address in sorted(found - set(parties.values_list("email", flat=True))):
            parties.create(case=self.case, role=Party.Role.COUNTERPART, email=address)

    @verb
    def request_completion(
        self: Application, *, by, at, fields: list[str], text: str, due_on: date
    ):
        """Open the named fields until the end of a day, and tell the applicant what is missing."""
        if not fields or not may_open(self, fields):
            raise ValidationError({"fields": _now("Choose what is to be completed.")})
        if due_on <= timezone.localdate(at):
            raise ValidationError({"due_on": _now("Choose a day to come.")})
        request = CompletionRequest(
            application=self, fields=sorted(fields), text=text, due_on=due_on, asked_by=by,
            asked_at=at,
        )  # fmt: skip
        request.full_clean(exclude=["application", "asked_by", "closed_at"])
        request.save()
        if not self.submissions.exists():  # handed in before versions were kept
            self._keep(parts.content(self), by=self.applicant, at=self.submitted_at)
        Letter.objects.tell_of_completion(self, request, by=by, at=at)
        return {"request": request.pk, "due_on": due_on.isoformat(), "fields": request.fields}

    @verb
    def complete(self: Application, *, by, at):
        """Hand in what has been completed; it is frozen anew, as a version of its own.

        Raises PenHeld where somebody else is writing in it.
        """
        self.check_completion_open(at)
        self.put_down_pen(by=by, at=at)
        self.keep_submission(by=by, at=at)
        request = self._request_in_force()
        self._close(request, at)
        for person in handling(self.case, request.asked_by):
            self.case.notify(
                to=person, template="grants/mail/completed.txt", by=by, at=at,
                context={"application": self},
            )  # fmt: skip
        return {"request": request.pk}

    @verb
    def go_on_without(self: Application, *, by, at):
        """The officer waits no longer: what was handed in before is what counts."""
        content, _form = self.handed_in()
        self.answers = {}  # also those to what was left out before
        for step, part in parts.PARTS.items():
            part.write(self, content[step])
        self.attachments.put_back(self, content["attachments"], by=by, at=at)
        request = self._request_in_force()
        self._close(request, at)
        return {"request": request.pk}

    @staticmethod
    def _close(request: CompletionRequest, at: datetime) -> None:
        request.closed_at = at
        request.save(update_fields=["closed_at"])
