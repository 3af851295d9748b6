"""Meetings in networks: what was on the agenda, what was reported home, and what follows."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from networks.models.networks import Network, WorkingGroup
from networks.models.periods import check_group, check_period
from networks.models.representatives import Representative
from networks.querysets import NetworkMeetingQuerySet, TaskQuerySet
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.workflow import RecordedInHistory


class NetworkMeeting(RecordedInHistory, models.Model):
    """A meeting of a network or of one of its groups, with the report home."""

    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name=_("network"), related_name="meetings"
    )
    group = models.ForeignKey(
        WorkingGroup,
        models.PROTECT,
        verbose_name=_("committee or working group"),
        related_name="meetings",
        null=True,
        blank=True,
    )
    title = models.CharField(_("title"), max_length=200, db_collation="sv")
    starts_on = models.DateField(_("first day"), db_index=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    agenda = models.TextField(_("agenda"), max_length=5000, blank=True)
    attended_by = models.ManyToManyField(
        Representative, verbose_name=_("attended by"), related_name="meetings", blank=True
    )
    report = models.TextField(_("report home"), max_length=10_000, blank=True)
    reported_on = models.DateField(_("reported"), null=True, blank=True)
    is_public = models.BooleanField(
        _("public"), default=False, help_text=_("The public page shows meeting and report.")
    )

    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)

    objects = NetworkMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("network meeting")
        verbose_name_plural = _("network meetings")
        constraints = [
            Check(
                name="network_meeting_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
            Check(
                name="network_meeting_reported_after_it_began",
                condition=Q(reported_on=None) | Q(reported_on__gte=F("starts_on")),
                violation_error_message=_("The report cannot come before the meeting."),
            ),
        ]

    def __str__(self):
        return self.title or ""

    def clean(self):
        check_period(self, "starts_on", "ends_on")
        check_group(self)
        if self.has_report and not self.reported_on:
            raise ValidationError({"reported_on": _now("Say on which day it was reported.")})
        if self.reported_on and self.starts_on and self.reported_on < self.starts_on:
            raise ValidationError({"reported_on": _now("The meeting had not begun then.")})

    @property
    def has_report(self) -> bool:
        return any(getattr(self, f"report_{code}") for code, _name in settings.LANGUAGES)


class FollowUpTask(models.Model):
    """Something to do after a meeting, by somebody, by a day."""

    meeting = models.ForeignKey(NetworkMeeting, models.CASCADE, related_name="tasks")
    text = models.CharField(_("what to do"), max_length=300)
    responsible = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("who"), related_name="+", null=True, blank=True
    )
    due_on = models.DateField(pgettext_lazy("deadline", "by"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = [F("due_on").asc(nulls_last=True), "pk"]
        verbose_name = _("follow-up task")
        verbose_name_plural = _("follow-up tasks")

    def __str__(self):
        return self.text
