"""Minutes: adjusted by the chair and a member, kept as they were then, and announced on the notice
board.
"""

import hashlib
import secrets
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.cases.models import Case
from portal.committee import minutes, webcopy
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
        if item is not None:
            self._check_section(item, by)
        self.get_or_create(
            meeting=meeting, item=item, attendance=attendance, defaults={"adjusted_at": at}
        )
        if not self.is_whole(meeting, item):
            return
        if item is None and meeting.state == MeetingState.CLOSED:
            meeting.be_adjusted(by=by, at=at)
        Minutes.objects.keep(meeting, item=item, at=at)

    @staticmethod
    def _check_section(item: AgendaItem, by: User) -> None:
        if item.state != ItemState.DECIDED:
            raise WrongState(_now("A § is adjusted at once when it has been decided."))
        if Case.objects.barring(by).filter(proposals__item=item).exists():
            raise PermissionDenied

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


class MinutesManager(models.Manager["Minutes"]):
    def keep(self, meeting: Meeting, *, item: AgendaItem | None, at) -> "Minutes":
        """Write down, once, what both have adjusted; inside the caller's transaction."""
        what = {"meeting": None, "item": item} if item else {"meeting": meeting, "item": None}
        if (there := self.filter(**what).first()) is not None:
            return there
        sections = [item] if item else None
        whole = minutes.pdf(minutes.minutes_of(meeting, only=sections))
        copy = minutes.pdf(webcopy.public_copy_of(meeting, only=sections))
        return self.create(
            **what, adjusted_at=at, file=ContentFile(whole, "minutes.pdf"), sha256=_sha256(whole),
            copy=ContentFile(copy, "copy.pdf"), copy_sha256=_sha256(copy),
        )  # fmt: skip


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def private_name(kept: "Minutes", filename: str) -> str:
    """A random storage name: nobody finds the file who does not come through a check."""
    return f"minutes/{secrets.token_hex(16)}.pdf"


class Minutes(models.Model):
    """The minutes of a meeting, or one § of them, as they were adjusted: the database refuses to
    change or remove them.

    The copy is what may stand on the web: it does not tell what applications that were refused are
    about.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes", null=True)
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="minutes", null=True)
    adjusted_at = models.DateTimeField(_("adjusted"))
    file = models.FileField(_("file"), upload_to=private_name)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    copy = models.FileField(_("copy for the web"), upload_to=private_name)
    copy_sha256 = models.CharField(_("SHA-256 of the copy"), max_length=64)

    objects = MinutesManager()

    class Meta:
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            Check(
                name="minutes_are_of_one_thing",
                condition=Q(meeting__isnull=False, item=None) | Q(meeting=None, item__isnull=False),
                violation_error_message=_("Minutes are of a meeting or of one § of it."),
            ),
        ]

    def __str__(self):
        return str(self.meeting or self.item)


class NoticeManager(models.Manager.from_queryset(NoticeQuerySet)):
    @transaction.atomic
    def announce(
        self,
        *,
        by: User,
        at,
        where: str,
        shows_minutes: bool = False,
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
            where=where, shows_minutes=shows_minutes and decision is None,
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


def _day(day) -> str:
    return date_format(day, "j F Y")


class Notice(models.Model):
    """An announcement (tillkännagivande) on the notice board. It comes down by itself, never early.

    `appeal_ends_on` is the last day for an appeal; the notice is up to the end of that day. The
    database refuses to change or remove it.
    """

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="notice", null=True)
    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="notice", null=True)
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="notice", null=True)
    announced_on = models.DateField(_("up from"), db_index=True)
    appeal_ends_on = models.DateField(_("last day for an appeal"), db_index=True)
    announced_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    where = models.CharField(_("where the minutes are kept"), max_length=200)
    shows_minutes = models.BooleanField(_("the minutes can be read here"), default=False)

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
        """What is announced, to people who were not there."""
        if self.meeting is not None:
            return _now("Minutes of the meeting of %(day)s") % {"day": _day(self.meeting.held_on)}
        if self.item is not None:
            told = _now("§ %(section)s of the meeting of %(day)s")
            return told % {"section": self.item.section, "day": _day(self.item.meeting.held_on)}
        return _now("Delegated decision in %(number)s") % {"number": self.decision.proposal.case}

    def get_absolute_url(self):
        return reverse("notice", args=[self.pk])

    @property
    def minutes(self) -> Minutes | None:
        """What it announces, as it is kept; a delegated decision has none."""
        return getattr(self.meeting or self.item, "minutes", None)

    @property
    def minutes_address(self) -> str:
        """Where everybody can read the minutes; empty where they are only kept."""
        return reverse("notice_minutes", args=[self.pk]) if self.shows_minutes else ""

    @property
    def comes_down_on(self):
        """The first day that it is no longer up."""
        return self.appeal_ends_on + timedelta(days=1)
