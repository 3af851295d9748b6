"""Meetings (sammanträden): who sits in the committee, who was there, and what stood on the agenda.

Kommunallagen (2017:725), chapter 5 and 6: a committee decides only when more than half of its
members are present (6:27 with 5:45); in an open vote the chair decides a tie (5:54).
"""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.committee.querysets import AttendanceQuerySet, MeetingQuerySet, SeatQuerySet
from portal.committee.workflow import MEETING, ItemState, MeetingState
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.outbox import post
from portal.core.workflow import Event, RecordedInHistory, verb

DAYS_TO_ADJUST = timedelta(days=14)


class Seat(models.Model):
    """A mandate in the committee, from a day to a day."""

    class Role(models.TextChoices):
        CHAIR = "chair", _("Chair")
        VICE_CHAIR = "vice_chair", _("Vice chair")
        MEMBER = "member", pgettext_lazy("committee", "Member")
        SUBSTITUTE = "substitute", _("Substitute")

    user = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("person"), related_name="committee_seats"
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices)
    party = models.CharField(_("party"), max_length=60, blank=True)
    order = models.PositiveSmallIntegerField(
        _("order"), default=0, help_text=_("Substitutes are called in this order.")
    )
    start = models.DateField(_("from"))
    end = models.DateField(_("until"), null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        constraints = [
            Check(
                name="seat_ends_after_start",
                condition=Q(end=None) | Q(end__gte=F("start")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_role_display()}"

    @property
    def is_member(self) -> bool:
        return self.role != self.Role.SUBSTITUTE


class MeetingManager(models.Manager.from_queryset(MeetingQuerySet)):
    def plan(self, *, by: User, at, begins_at, place: str) -> "Meeting":
        """A meeting to come; nobody is summoned yet."""
        if not by.has_perm("committee.keep_meeting"):
            raise PermissionDenied
        if begins_at < at:
            raise ValidationError({"begins_at": _now("The meeting cannot begin in the past.")})
        meeting = self.model(begins_at=begins_at, place=place)
        meeting.record(Event("plan", by, at))
        meeting.full_clean()
        meeting.save()
        return meeting


class Meeting(RecordedInHistory, models.Model):
    """One meeting, from the first plan to adjusted minutes."""

    begins_at = models.DateTimeField(_("begins"), db_index=True)
    ended_at = models.DateTimeField(_("ended"), null=True, editable=False)
    place = models.CharField(_("place"), max_length=150)
    state = models.CharField(
        _("state"), max_length=8, choices=MeetingState.choices, default=MeetingState.PLANNED,
        editable=False, db_index=True,
    )  # fmt: skip
    seats = models.PositiveSmallIntegerField(_("number of members"), default=0, editable=False)
    secretary = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("secretary"), related_name="+", null=True,
        editable=False,
    )  # fmt: skip
    summoned_at = models.DateTimeField(_("summoned"), null=True, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True)

    workflow = MEETING
    objects = MeetingManager()

    class Meta:
        ordering = ["-begins_at", "-pk"]
        verbose_name = _("meeting")
        verbose_name_plural = _("meetings")

    def __str__(self):
        return _now("Meeting of %(day)s") % {"day": date_format(self.held_on, "j F Y")}

    def get_absolute_url(self):
        return reverse("meeting", args=[self.pk])

    @property
    def held_on(self) -> date:
        return timezone.localdate(self.begins_at)

    @property
    def adjust_by(self) -> date:
        """The last day for adjusting the minutes (5:69): 14 days after the meeting."""
        return self.held_on + DAYS_TO_ADJUST

    # --- Before ---------------------------------------------------------------------------------

    @verb
    def put_up(self, *, by, at, title: str, text: str = "", proposals=()):
        """A new item, last on the agenda: a matter of its own, or proposals under one heading.

        In session it gets the next §. A proposal that a delegate decides, or that stands on another
        agenda, is refused.
        """
        last = self.items.aggregate(last=Max("order"))["last"] or 0
        item = self.items.model(meeting=self, order=last + 1, title=title, text=text)
        item.kind = item.Kind.PROPOSALS if proposals else item.Kind.OTHER
        item.full_clean(exclude=["meeting"])
        item.save()
        item.take_up(proposals)
        if self.state == MeetingState.OPEN:
            item.take_section()
        return {"item": item.pk}

    @verb
    def take_off(self, *, by, at, item):
        """Its proposals wait for another meeting."""
        self.items.filter(pk=item.pk).delete()

    @verb
    def move_item(self, *, by, at, item, up: bool):
        """One step up or down; the ends stay where they are."""
        rows = self.items.order_by("order", "pk")
        before, after = rows.filter(order__lt=item.order), rows.filter(order__gt=item.order)
        other = before.last() if up else after.first()
        if other is not None:
            rows.filter(pk=item.pk).update(order=other.order)
            rows.filter(pk=other.pk).update(order=item.order)

    @verb
    def summon(self, *, by, at):
        """Call members and substitutes by mail; from now on the agenda is open to them.

        What delegates and the chair have decided since the last meeting is put on it.
        """
        self.items.report_delegated(self)
        if not self.items.exists():
            raise ValidationError(_now("Put something on the agenda first."))
        seats = list(Seat.objects.in_force(self.held_on).select_related("user"))
        if not any(seat.role == Seat.Role.CHAIR for seat in seats):
            raise ValidationError(_now("The committee has no chair on that day."))
        self.seats = sum(seat.is_member for seat in seats)
        self.summoned_at, self.secretary = at, by
        for order, seat in enumerate(seats):
            self.attendance.create(user=seat.user, role=seat.role, order=order)
            post(to=seat.user, template="committee/mail/summons.txt", context={"meeting": self})

    # --- At the meeting -------------------------------------------------------------------------

    @verb
    def note_attendance(self, *, by, at, present: list, stands_in: dict):
        """Who is there, and which substitute stands in for whom. Attendance may change during the
        meeting; what has been decided keeps those who were there then.

        `present` are attendance rows; `stands_in` maps a substitute's row to a member's.
        """
        there = {one.pk for one in present}
        for substitute, member in stands_in.items():
            _check_substitution(substitute, member, there)
        if len({member.pk for member in stands_in.values()}) < len(stands_in):
            raise ValidationError(_now("Two substitutes cannot stand in for the same member."))
        self.attendance.update(is_present=False, stands_in_for=None)
        self.attendance.filter(pk__in=there).update(is_present=True)
        for substitute, member in stands_in.items():
            self.attendance.filter(pk=substitute.pk).update(stands_in_for=member)
        return {"present": sorted(there)}

    @verb
    def open(self, *, by, at, adjuster: "Attendance"):
        """It begins when there is a quorum; every item gets its §, and an adjuster is named.

        The minutes are adjusted by the chair and this member.
        """
        serving = list(self.attendance.serving())
        self.check_quorum(serving)
        chair = self.attendance.leading()
        if chair is None:
            raise ValidationError(_now("Neither the chair nor a vice chair is there to lead."))
        if adjuster not in serving or adjuster == chair:
            told = _now("Choose a serving member other than the chair.")
            raise ValidationError({"adjuster": told})
        self.attendance.filter(pk=chair.pk).update(adjusts=True)
        self.attendance.filter(pk=adjuster.pk).update(adjusts=True)
        for item in self.items.all():
            item.take_section()
        return {"present": [one.pk for one in serving], "chair": chair.pk}

    @verb
    def close(self, *, by, at):
        """All is handled: what was not decided has been put off to a later meeting."""
        left = self.items.filter(state=ItemState.OPEN).first()
        if left is not None:
            told = _now("“%(item)s” is neither decided nor put off.")
            raise ValidationError(told % {"item": left})
        self.ended_at = at

    @verb
    def be_adjusted(self, *, by, at):
        """Both have adjusted the minutes; they stand from now on."""

    def check_quorum(self, serving: list) -> None:
        """Raise ValidationError where no more than half of the members are there (6:27, 5:45)."""
        if 2 * len(serving) <= self.seats:
            told = _now("No quorum: %(count)s of %(seats)s members are there, more than half must.")
            raise ValidationError(told % {"count": len(serving), "seats": self.seats})


def _check_substitution(substitute: "Attendance", member: "Attendance", there: set) -> None:
    if substitute.role != Seat.Role.SUBSTITUTE or substitute.pk not in there:
        raise ValidationError(_now("Only a substitute who is there stands in."))
    if member.role == Seat.Role.SUBSTITUTE or member.pk in there:
        raise ValidationError(_now("A substitute stands in for a member who is not there."))


class Attendance(models.Model):
    """A summoned person: whether they are there, and whom a substitute stands in for."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    user = models.ForeignKey(User, models.PROTECT, verbose_name=_("person"), related_name="+")
    role = models.CharField(_("role"), max_length=10, choices=Seat.Role.choices)
    order = models.PositiveSmallIntegerField(default=0)
    is_present = models.BooleanField(_("present"), default=False)
    stands_in_for = models.OneToOneField(
        "self", models.PROTECT, verbose_name=_("stands in for"), related_name="replaced_by",
        null=True, blank=True,
    )  # fmt: skip
    adjusts = models.BooleanField(_("adjusts the minutes"), default=False)

    locked_with = "meeting"
    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "user"], name="summoned_once"),
            Check(
                name="only_a_substitute_stands_in",
                condition=Q(stands_in_for=None) | Q(role="substitute", is_present=True),
                violation_error_message=_("Only a substitute who is there stands in."),
            ),
        ]

    def __str__(self):
        return str(self.user)

    @property
    def serves(self) -> bool:
        """A member, or a substitute who stands in for one."""
        return self.is_present and (
            self.role != Seat.Role.SUBSTITUTE or self.stands_in_for_id is not None
        )
