"""Assessments (bedömningar) of applications."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.constraints import Check
from portal.core.models import User


class Assessment(models.Model):
    """One person's assessment of an application, with its justification."""

    class Score(models.IntegerChoices):
        WEAK = 1, _("1 – weak")
        FAIR = 2, _("2 – fair")
        GOOD = 3, _("3 – good")
        STRONG = 4, _("4 – strong")
        EXCELLENT = 5, _("5 – excellent")

    application = models.ForeignKey(
        "grants.Application",
        models.CASCADE,
        verbose_name=_("application"),
        related_name="assessments",
    )
    assessor = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("assessor"), related_name="assessments"
    )
    score = models.PositiveSmallIntegerField(_("score"), choices=Score.choices)
    justification = models.TextField(_("justification"), max_length=3000)
    assessed_at = models.DateTimeField(_("assessed"))

    class Meta:
        ordering = ["assessed_at"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], name="one_assessment_per_assessor"
            ),
            Check(
                name="assessment_score_in_scale",
                condition=Q(score__gte=1, score__lte=5),
                violation_error_message=_("The score must lie between 1 and 5."),
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.get_score_display()}"
