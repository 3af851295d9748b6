"""Who may assess in a call, and who assesses which application."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants import assigning
from grants.models.applications import Application
from grants.models.assessments import Assessment
from grants.models.calls import Call
from grants.querysets import AssignmentQuerySet
from grants.workflow import ApplicationState
from portal.cases.models import Case, Conflict
from portal.core.constraints import Check, Unique
from portal.core.models import User
from portal.core.outbox import post
from portal.core.workflow import WrongState, lock


class CallAssessorManager(models.Manager["CallAssessor"]):
    @transaction.atomic
    def add(self, call: Call, user: User, *, by, at) -> CallAssessor:
        """From now on applications of the call can be assigned to this person. Once."""
        call = lock(call)
        _check_assigns(by, call)
        if not user.is_active or not user.has_perm("grants.be_assessor"):
            raise ValidationError({"user": _now("Only officers and external assessors assess.")})
        if (there := self.filter(call=call, user=user).first()) is not None:
            return there
        return self.create(call=call, user=user, added_by=by, added_at=at)


class CallAssessor(models.Model):
    """An officer or an external expert to whom the call's applications may be assigned."""

    call = models.ForeignKey(
        Call, models.CASCADE, verbose_name=_("call"), related_name="call_assessors"
    )
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("assessor"), related_name="+")
    added_by = models.ForeignKey(User, models.PROTECT, verbose_name=_("added by"), related_name="+")
    added_at = models.DateTimeField(_("added"))

    objects = CallAssessorManager()

    class Meta:
        ordering = ["added_at", "pk"]
        verbose_name = _("assessor of a call")
        verbose_name_plural = _("assessors of a call")
        constraints = [models.UniqueConstraint(fields=["call", "user"], name="call_assessor_once")]

    def __str__(self):
        return str(self.user)

    @transaction.atomic
    def remove(self, *, by, at) -> None:
        """Nothing more is assigned to the person; what they have begun is ended first."""
        call = lock(self.call)
        _check_assigns(by, call)
        theirs = Assignment.objects.in_force().in_call(call).filter(assessor=self.user)
        if theirs.exists():
            raise ValidationError(
                _now("%(name)s has applications of the call: give them to somebody else first.")
                % {"name": self.user}
            )
        self._change_reason = "remove"
        self._history_user, self._history_date = by, at
        self.delete()


class AssignmentManager(models.Manager.from_queryset(AssignmentQuerySet)):
    def proposed(self, call: Call, *, by, each: int = assigning.EACH) -> list[assigning.Pair]:
        """Which (application, assessor) to add in the call; nothing is written by this."""
        applications = Application.objects.to_assign(call, by)
        assessors = User.objects.filter(pk__in=call.call_assessors.values("user"), is_active=True)
        return assigning.propose(
            applications.values_list("pk", flat=True),
            [person.pk for person in assessors if person.has_perm("grants.be_assessor")],
            barred=applications.pairs_barred(assessors),
            assigned=self.in_force().in_call(call).values_list("application", "assessor"),
            each=each,
        )

    @transaction.atomic
    def arrange(
        self, call: Call, *, add: Iterable[assigning.Pair], remove: Iterable[assigning.Pair], by, at
    ) -> int:
        """Carry out what the officer has confirmed, all of it or nothing; returns how many were
        added. What is there, or gone, already changes nothing. Each who gets something gets one
        mail, which says nothing of what it is.
        """
        _check_assigns(by, call)
        changes: dict[int, tuple[set, set]] = defaultdict(lambda: (set(), set()))
        for side, pairs in enumerate((add, remove)):
            for application, assessor in pairs:
                changes[application][side].add(assessor)
        new: list[Assignment] = []
        # In one order for all, so that two who confirm at once never wait for each other.
        for pk in sorted(changes):
            new += self._arrange_one(call, pk, *changes[pk], by=by, at=at)
        for person in sorted({one.assessor for one in new}, key=lambda one: one.pk):
            post(to=person, template="grants/mail/assigned.txt", context={"call": call})
        return len(new)

    def _arrange_one(self, call, pk: int, add: set[int], remove: set[int], *, by, at):
        found = call.applications.filter(pk=pk).first()
        if found is None:
            raise WrongState(_now("It has been removed."))
        application = lock(found)
        _check_assigns(by, application)
        there = {one.assessor_id: one for one in application.assignments.in_force()}
        for assessor in sorted(remove & set(there)):
            there[assessor]._end(by=by, at=at)
        people = call.call_assessors.filter(user__in=add - set(there)).select_related("user")
        missing = add - set(there) - {one.user_id for one in people}
        if missing:
            raise ValidationError(_now("Only the call's own assessors can be given applications."))
        return [self._assign(application, one.user, by=by, at=at) for one in people]

    def _assign(self, application: Application, assessor: User, *, by, at) -> Assignment:
        """Give it to one who is not barred from the case; the application is locked."""
        if application.state != ApplicationState.UNDER_ASSESSMENT:
            raise WrongState(_now("Only applications under assessment are assigned."))
        if not assessor.is_active or not assessor.has_perm("grants.be_assessor"):
            raise ValidationError(_now("%(name)s does not assess any more.") % {"name": assessor})
        if Case.objects.barring(assessor).filter(pk=application.case_id).exists():
            told = _now("%(name)s is barred from %(number)s by a conflict of interest.")
            raise ValidationError(
                told % {"name": assessor, "number": application.case.number}, "barred"
            )
        given = self.create(
            application=application, assessor=assessor, assigned_by=by, assigned_at=at
        )
        application.case.readers.create(user=assessor)
        application.case.log("assigned", by=by, at=at, assignment=given.pk, person=assessor.pk)
        return given


class Assignment(models.Model):
    """Somebody is to assess an application. In force until it is removed, or its assessor barred.

    Until `cleared_at`, when the assessor has declared no conflict of interest, the application's
    title and its applicant's name is all they meet of it.
    """

    application = models.ForeignKey(
        Application, models.PROTECT, verbose_name=_("application"), related_name="assignments"
    )
    assessor = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("assessor"), related_name="assignments"
    )
    assigned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    assigned_at = models.DateTimeField(_("assigned"))
    cleared_at = models.DateTimeField(_("declared no conflict"), null=True)
    removed_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    removed_at = models.DateTimeField(_("removed"), null=True)

    locked_with = "application"
    objects = AssignmentManager()

    class Meta:
        ordering = ["assigned_at", "pk"]
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")
        constraints = [
            Unique(
                fields=["application", "assessor"],
                condition=Q(removed_at=None),
                name="assigned_once",
                violation_error_message=_("That person assesses the application already."),
            ),
            Check(
                name="assignment_removed_by_somebody",
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                violation_error_message=_("What is removed is removed by somebody."),
            ),
            Check(
                name="cleared_after_assigned",
                condition=Q(cleared_at=None) | Q(cleared_at__gte=F("assigned_at")),
                violation_error_message=_("Nobody declares before they are asked."),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.assessor}"

    @transaction.atomic
    def clear(self, *, by, at) -> None:
        """The assessor declares no conflict of interest; the application opens to them. Once."""
        assignment = self._own(by)
        if assignment.cleared_at is None:
            application = assignment.application
            assignment.cleared_at = at
            assignment.save(update_fields=["cleared_at"])
            application.case.readers.update_or_create(user=by, defaults={"since": at})
            Assessment.objects.get_or_create(application=application, assessor=by)
            application.case.log("no_conflict", by=by, at=at, assignment=assignment.pk)

    @transaction.atomic
    def declare_conflict(self, *, ground: str, note: str = "", by, at) -> None:
        """The assessor declares a conflict, and meets the case no more: not here, nowhere.

        The case bars the person and has the application let them go.
        """
        assignment = self._own(by)
        Conflict.objects.declare(
            assignment.application.case, ground=ground, note=note, by=by, at=at
        )

    def _own(self, by) -> Assignment:
        """Locked, in force, and the person's own."""
        assignment = lock(self)
        if not by.has_perm("grants.declare_assignment", assignment):
            raise PermissionDenied
        if assignment.removed_at is not None:
            raise WrongState(_now("The application is not yours to assess any more."))
        return assignment

    def _end(self, *, by, at: datetime) -> None:
        """Take it away, as long as nothing has been sent; the application is locked."""
        sent = Assessment.objects.sent().filter(
            application=self.application_id, assessor=self.assessor_id
        )
        if sent.exists():
            told = _now("%(name)s has sent an assessment already.")
            raise WrongState(told % {"name": self.assessor})
        self.close(by=by, at=at)

    def close(self, *, by, at) -> None:
        """Ended, whatever has been written; whoever calls holds the case."""
        self.removed_by, self.removed_at = by, at
        self.save(update_fields=["removed_by", "removed_at"])
        case = self.application.case
        case.readers.filter(user=self.assessor_id).delete()
        case.log("unassigned", by=by, at=at, assignment=self.pk, person=self.assessor_id)


def _check_assigns(by, obj) -> None:
    if not by.has_perm("grants.assign", obj):
        raise PermissionDenied
