"""Assessments (bedömningar) of applications: a score with its reasons for each criterion."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants import parts
from grants.models.schemes import Criterion, Scheme
from grants.querysets import AssessmentQuerySet
from grants.scoring import HIGHEST, LOWEST
from grants.workflow import ASSESSMENT, ApplicationState, AssessmentState
from portal.core.constraints import Check, Unique
from portal.core.models import User
from portal.core.workflow import Event, StaleVersion, WrongState, lock, verb

LONGEST = 3000
# What its verbs are called in the log of the case, among all other verbs of the matter.
LOGGED_AS = {"send": "assessment_sent", "reopen": "assessment_reopened"}


@dataclass(frozen=True)
class Given:
    """What stands, or is typed, for one criterion."""

    score: int | None = None
    justification: str = ""


class Assessment(models.Model):
    """One person's assessment of an application: written as a draft, sent, and frozen then."""

    application = models.ForeignKey(
        "grants.Application",
        models.CASCADE,
        verbose_name=_("application"),
        related_name="assessments",
    )
    assessor = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("assessor"), related_name="assessments"
    )
    state = models.CharField(
        _("state"), max_length=5, choices=AssessmentState.choices, default=AssessmentState.DRAFT,
        editable=False,
    )  # fmt: skip
    sent_at = models.DateTimeField(_("sent"), null=True, editable=False)
    reopened_why = models.TextField(_("why it was reopened"), max_length=1000, blank=True)

    workflow = ASSESSMENT
    locked_with = "application"
    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], name="one_assessment_per_assessor"
            ),
            Check(
                name="sent_assessment_says_when",
                condition=Q(state="draft", sent_at=None) | Q(state="sent", sent_at__isnull=False),
                violation_error_message=_("A sent assessment says when it was sent."),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.assessor}"

    def record(self, event: Event) -> None:
        self.application.case.log(
            LOGGED_AS[event.verb], by=event.by, at=event.at, assessment=self.pk, **event.details
        )

    # --- What stands in it ----------------------------------------------------------------------

    def given(self) -> dict[int | None, Given]:
        """By criterion, as far as it has been written; None is the whole."""
        return {one.criterion_id: Given(one.score, one.justification) for one in self.scores.all()}

    def mark(self) -> str:
        """Changes whenever anything of it does: what a form was opened with."""
        stands = sorted(
            (key or 0, one.score, one.justification) for key, one in self.given().items()
        )
        return parts.seen([list(row) for row in stands])

    @transaction.atomic
    def write(self, given: dict[int | None, Given], *, by, at, seen: str | None = None) -> None:
        """Keep what has been written so far. Raises StaleVersion where `seen` is not what stands:
        the same person writes in another window.
        """
        assessment = self._open(by)
        if seen is not None and seen != assessment.mark():
            raise StaleVersion
        asked = criteria_of(assessment.application.call.scheme)
        for criterion in asked:
            if (one := given.get(key_of(criterion))) is not None:
                assessment._keep(criterion, one)

    def _open(self, by) -> Assessment:
        assessment = lock(self)
        if not by.has_perm("grants.assess", assessment):
            raise PermissionDenied
        if assessment.state != AssessmentState.DRAFT:
            raise WrongState(_now("The assessment has been sent already."))
        assessment._check_under_assessment()
        return assessment

    def _keep(self, criterion: Criterion | None, given: Given) -> None:
        score = self.scores.filter(criterion=criterion).first() or Score(
            assessment=self, criterion=criterion
        )
        score.score, score.justification = given.score, given.justification
        score.full_clean(exclude=["assessment", "criterion"])
        score.save()

    def _check_under_assessment(self) -> None:
        if self.application.state != ApplicationState.UNDER_ASSESSMENT:
            raise WrongState(_now("The application is not under assessment now."))

    @property
    def is_open(self) -> bool:
        under_assessment = self.application.state == ApplicationState.UNDER_ASSESSMENT
        return under_assessment and self.state == AssessmentState.DRAFT

    def lacks(self) -> dict[int | None, list[str]]:
        """By criterion, the fields that must be filled in before it can be sent."""
        given = self.given()
        lacking = {}
        for criterion in criteria_of(self.application.call.scheme):
            key = key_of(criterion)
            one = given.get(key, Given())
            fields = ["score"] if one.score is None else []
            fields += [] if one.justification.strip() else ["justification"]
            if fields:
                lacking[key] = fields
        return lacking

    # --- Verbs ----------------------------------------------------------------------------------

    @verb
    def send(self, *, by, at):
        """The whole of it, frozen from here on."""
        self._check_under_assessment()
        if self.lacks():
            raise ValidationError(
                _now("Give every criterion a score and a justification before you send."), "lacks"
            )
        self.sent_at = at

    @verb
    def reopen(self, *, by, at, why: str):
        """An officer gives it back to be changed, and says why; its assessor is told by mail."""
        self._check_under_assessment()
        if not why.strip():
            raise ValidationError({"why": _now("Say why it is reopened.")})
        self.reopened_why, self.sent_at = why.strip(), None
        self.application.case.notify(
            to=self.assessor, template="grants/mail/reopened.txt", by=by, at=at,
            context={"assessment": self},
        )  # fmt: skip


class Score(models.Model):
    """What one assessment says about one criterion; without a criterion, about the whole."""

    class Scale(models.IntegerChoices):
        WEAK = 1, _("1 – weak")
        FAIR = 2, _("2 – fair")
        GOOD = 3, _("3 – good")
        STRONG = 4, _("4 – strong")
        EXCELLENT = 5, _("5 – excellent")

    assessment = models.ForeignKey(
        Assessment, models.CASCADE, verbose_name=_("assessment"), related_name="scores"
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, verbose_name=_("criterion"), related_name="+", null=True
    )
    score = models.PositiveSmallIntegerField(
        _("score"), choices=Scale.choices, null=True, blank=True
    )
    justification = models.TextField(_("justification"), max_length=LONGEST, blank=True)

    class Meta:
        ordering = ["criterion", "pk"]
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "criterion"], name="one_score_per_criterion"
            ),
            Unique(
                fields=["assessment"],
                condition=Q(criterion=None),
                name="one_overall_score",
                violation_error_message=_("There is an overall score already."),
            ),
            Check(
                name="score_in_scale",
                condition=Q(score=None) | Q(score__gte=LOWEST, score__lte=HIGHEST),
                violation_error_message=_("The score must lie between 1 and 5."),
            ),
        ]

    def __str__(self):
        return f"{self.criterion or _now('The whole')}: {self.score}"


def key_of(criterion: Criterion | None) -> int | None:
    return criterion.pk if criterion else None


def criteria_of(scheme: Scheme) -> list[Criterion | None]:
    """What is scored: the scheme's criteria; where it has none, the whole."""
    return list(scheme.criteria.all()) or [None]
