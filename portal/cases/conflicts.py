"""Conflicts of interest (jäv): who is barred from a case, on which ground, and who settled it.

Kommunallagen (2017:725) 6:28-32 for members, in the wording of 1 July 2022, and 7:4 for employees;
by the committee's policy the same for external assessors. Whoever is a party of the case, or
belongs to one, is barred without any row here: see `CaseQuerySet.barring`, the one deny rule.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.core.constraints import Check, Unique
from portal.core.models import User
from portal.core.workflow import Event, Transition, Workflow, lock, verb


class Ground(models.TextChoices):
    """6:28 first paragraph, 1-4."""

    INTEREST = "interest", _("Party or close to one, or affected to a not insignificant degree")
    AGENT = "agent", _("Representative or agent of somebody in the matter")
    HANDLED = "handled", _("Took part in the final handling of the matter at another authority")
    OTHER = "other", _("Another circumstance that puts impartiality in question")


class ConflictState(models.TextChoices):
    IN_FORCE = "in_force", _("Barred")
    LIFTED = "lifted", _("Settled: no conflict of interest")


CONFLICT = Workflow(
    Transition(
        verb="lift",
        sources=(ConflictState.IN_FORCE,),
        target=ConflictState.LIFTED,
        label=_("Record that it was settled: no conflict"),
        permission="cases.settle_conflict",
    ),
)


class ConflictQuerySet(models.QuerySet["Conflict"]):
    def in_force(self):
        return self.filter(state=ConflictState.IN_FORCE)

    @transaction.atomic
    def declare(self, case, *, ground: str, note: str = "", by: User, at) -> "Conflict":
        """Somebody declares a conflict of their own, and meets the case no more from now on.

        The same again changes nothing.
        """
        if not by.has_perm("cases.declare_conflict", case):
            raise PermissionDenied
        case = lock(case)
        if (there := self.in_force().filter(case=case, user=by).first()) is not None:
            return there
        return self._bar(case, user=by, ground=ground, note=note, by=by, at=at)

    @transaction.atomic
    def record(self, case, *, user: User, ground: str, reference: str, by: User, at) -> "Conflict":
        """An administrator records that a disputed conflict was found to be one.

        `reference` says who settled it and where: the committee's decision, or the named manager's.
        """
        if not by.has_perm("cases.record_conflict", case) or by == user:
            raise PermissionDenied
        if not reference.strip():
            raise ValidationError({"reference": _now("Say who settled it, and where it stands.")})
        case = lock(case)
        if self.in_force().filter(case=case, user=user).exists():
            raise ValidationError({"user": _now("That person is barred already.")})
        return self._bar(case, user=user, ground=ground, reference=reference, by=by, at=at)

    def _bar(self, case, *, user: User, by: User, at, **given) -> "Conflict":
        conflict = Conflict(case=case, user=user, declared_by=by, declared_at=at, **given)
        conflict.full_clean(exclude=["case", "user", "declared_by", "lifted_by", "lifted_at"])
        conflict.save()
        case.log("barred", by=by, at=at, person=user.pk, ground=conflict.ground)
        # What the subject has asked of the person, if it asks anything, ends with it.
        subject = getattr(case, case.kind, None)
        if subject is not None and hasattr(subject, "let_go"):
            subject.let_go(user, by=by, at=at)
        return conflict


class Conflict(models.Model):
    """A person who is barred from a case; lifted only by a settlement, never by the person."""

    case = models.ForeignKey(
        "cases.Case", models.PROTECT, verbose_name=_("case"), related_name="conflicts"
    )
    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), related_name="conflicts"
    )
    ground = models.CharField(_("ground"), max_length=8, choices=Ground.choices)
    note = models.TextField(_("what it is about"), max_length=1000, blank=True)
    reference = models.CharField(
        _("settled by"), max_length=200, blank=True,
        help_text=_("The committee's decision with its §, or the manager's, with its day."),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=8, choices=ConflictState.choices, default=ConflictState.IN_FORCE,
        editable=False,
    )  # fmt: skip
    declared_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("declared by"), related_name="+"
    )
    declared_at = models.DateTimeField(_("declared"))
    lifted_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("settlement recorded by"), related_name="+", null=True
    )
    lifted_at = models.DateTimeField(_("settlement recorded"), null=True)

    workflow = CONFLICT
    locked_with = "case"
    objects = ConflictQuerySet.as_manager()

    class Meta:
        ordering = ["-declared_at", "-pk"]
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        constraints = [
            Unique(
                fields=["case", "user"],
                condition=Q(state="in_force"),
                name="barred_once",
                violation_error_message=_("That person is barred already."),
            ),
            Check(
                name="lifted_conflict_says_by_whom",
                condition=Q(state="in_force", lifted_by=None, lifted_at=None)
                | (
                    Q(state="lifted", lifted_by__isnull=False, lifted_at__isnull=False)
                    & ~Q(reference="")
                    & ~Q(lifted_by=F("user"))
                ),
                violation_error_message=_("A settlement says who settled it, and who recorded it."),
            ),
        ]

    def __str__(self):
        return f"{self.case}: {self.user}"

    @verb
    def lift(self, *, by, at, reference: str):
        """The person may handle the case again: so it was settled, and so it is recorded."""
        if not reference.strip():
            raise ValidationError({"reference": _now("Say who settled it, and where it stands.")})
        self.reference, self.lifted_by, self.lifted_at = reference.strip(), by, at
        return {"person": self.user_id}

    def record(self, event: Event) -> None:
        self.case.record(event)
