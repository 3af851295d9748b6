"""Minutes: adjusted by the chair and a member, then announced on the notice board."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.committee.deadlines import appeal_ends
from portal.committee.models.agenda import AgendaItem
from portal.committee.models.decisions import Decision
from portal.committee.models.meetings import Attendance, Meeting
from portal.committee.querysets import NoticeQuerySet
from portal.committee.workflow import ItemState, MeetingState
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.workflow import WrongState, lock


class AdjustmentManager(models.Manager["Adjustment"]):
    @transaction.atomic
    def adjust(self, meeting: Meeting, *, item: AgendaItem | None = None, by: User, at) -> None:
        """One of the two who adjust finds that the minutes are right: all, or one § at once.

        The same again changes nothing. When both have, the minutes stand. Raises PermissionDenied
        for others, WrongState before there is anything to adjust.
        """
        meeting = lock(meeting)
        attendance = meeting.attendance.filter(user=by, adjusts=True).first()
        if attendance is None:
            raise PermissionDenied
        if item is None and meeting.state not in (MeetingState.CLOSED, MeetingState.ADJUSTED):
            raise WrongState(_now("The minutes are adjusted when the meeting is closed."))
        if item is not None and item.state != ItemState.DECIDED:
            raise WrongState(_now("A § is adjusted at once when it has been decided."))
        self.get_or_create(
            meeting=meeting, item=item, attendance=attendance, defaults={"adjusted_at": at}
        )
        if item is None and meeting.state == MeetingState.CLOSED and self.is_whole(meeting):
            meeting.be_adjusted(by=by, at=at)

    def is_whole(self, meeting: Meeting, item: AgendaItem | None = None) -> bool:
        """Both have adjusted it."""
        wanted = meeting.attendance.filter(adjusts=True).count()
        return wanted == 2 == self.filter(meeting=meeting, item=item).count()


class Adjustment(models.Model):
    """One of the two has adjusted the minutes, or one § of them."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="adjustments")
    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="adjustments", null=True)
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    adjusted_at = models.DateTimeField(_("adjusted"))

    objects = AdjustmentManager()

    class Meta:
        ordering = ["adjusted_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "attendance"], condition=Q(item=None), name="adjusted_once"
            ),
            models.UniqueConstraint(
                fields=["item", "attendance"],
                condition=Q(item__isnull=False),
                name="section_adjusted_once",
            ),
        ]

    def __str__(self):
        return str(self.attendance)


class NoticeManager(models.Manager.from_queryset(NoticeQuerySet)):
    @transaction.atomic
    def announce(
        self,
        *,
        by: User,
        at,
        where: str,
        meeting: Meeting | None = None,
        item: AgendaItem | None = None,
        decision: Decision | None = None,
    ) -> "Notice":
        """Put up the announcement of adjusted minutes, of one adjusted §, or of a decision that is
        not reported to the committee. Once: the same again gives the one that is there.
        """  # fmt: skip
        if not by.has_perm("committee.keep_meeting"):
            raise PermissionDenied
        if meeting is not None:
            meeting = lock(meeting)
        self._check_adjusted(meeting, item, decision)
        what = {"meeting": meeting, "item": item, "decision": decision}
        if (there := self.filter(**what).first()) is not None:
            return there
        today = timezone.localdate(at)
        notice = self.model(
            **what, announced_on=today, announced_by=by, appeal_ends_on=appeal_ends(today),
            where=where,
        )  # fmt: skip
        notice.full_clean(exclude=["announced_by", *what])
        notice.save()
        return notice

    @staticmethod
    def _check_adjusted(meeting, item, decision) -> None:
        if sum(one is not None for one in (meeting, item, decision)) != 1:
            raise ValueError("A notice announces one thing.")
        if meeting is not None and meeting.state != MeetingState.ADJUSTED:
            raise WrongState(_now("The minutes are announced when they are adjusted."))
        if item is not None and not Adjustment.objects.is_whole(item.meeting, item):
            raise WrongState(_now("The § is announced when it is adjusted."))
        if decision is not None and not decision.is_announced_alone:
            raise ValidationError(_now("This decision is announced with the minutes."))


class Notice(models.Model):
    """An announcement (tillkännagivande) on the notice board. It comes down by itself, never early.

    `appeal_ends_on` is the last day for an appeal; the notice is up to the end of that day.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="notice", null=True)
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="notice", null=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="notice", null=True)
    announced_on = models.DateField(_("up from"), db_index=True)
    appeal_ends_on = models.DateField(_("last day for an appeal"), db_index=True)
    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    where = models.CharField(_("where the minutes are kept"), max_length=200)

    objects = NoticeManager()

    class Meta:
        ordering = ["-announced_on", "-pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notice board")
        constraints = [
            Check(
                name="notice_announces_one_thing",
                condition=Q(meeting__isnull=False, item=None, decision=None)
                | Q(meeting=None, item__isnull=False, decision=None)
                | Q(meeting=None, item=None, decision__isnull=False),
                violation_error_message=_("A notice announces one thing."),
            ),
            Check(
                name="notice_stays_up_three_weeks",
                condition=Q(appeal_ends_on__gte=F("announced_on") + timedelta(days=21)),
                violation_error_message=_("A notice stays up for three weeks at least."),
            ),
        ]

    def __str__(self):
        return str(self.meeting or self.item or self.decision)

    def get_absolute_url(self):
        return reverse("notice", args=[self.pk])

    @property
    def comes_down_on(self):
        """The first day that it is no longer up."""
        return self.appeal_ends_on + timedelta(days=1)
