"""What was handed in, kept as it was, and what officers have asked to be completed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.questions import CallForm
from portal.core.constraints import Unique
from portal.core.models import User


class Submission(models.Model):
    """The content of an application each time it was handed in. The database keeps it unchanged.

    `content` is as `grants.parts` reads it.
    """

    application = models.ForeignKey(
        "grants.Application", models.PROTECT, related_name="submissions"
    )
    number = models.PositiveSmallIntegerField(_("version"))
    form = models.ForeignKey(CallForm, models.PROTECT, related_name="+", null=True)
    content = models.JSONField(_("content"))
    submitted_at = models.DateTimeField(_("submitted"))
    submitted_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["application", "number"]
        verbose_name = _("version handed in")
        verbose_name_plural = _("versions handed in")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "number"], name="submission_number_once"
            ),
        ]

    def __str__(self):
        return _now("Version %(number)s") % {"number": self.number}


class CompletionRequest(models.Model):
    """An officer asks for more: which fields may be mended, why, and until which day.

    `fields` names what opens, as `grants.completion` lists it; everything else stays frozen.
    """

    application = models.ForeignKey(
        "grants.Application", models.CASCADE, related_name="completions"
    )
    fields = models.JSONField(_("what is to be completed"), default=list)
    text = models.TextField(_("what is missing"), max_length=2000)
    due_on = models.DateField(_("last day"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    closed_at = models.DateTimeField(_("closed"), null=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("completion request")
        verbose_name_plural = _("completion requests")
        constraints = [
            Unique(
                fields=["application"],
                condition=Q(closed_at=None),
                name="one_open_completion_request",
                violation_error_message=_("A completion is asked for already."),
            ),
        ]

    def __str__(self):
        return self.text
