"""What stands on a meeting's agenda, how it went, and what was decided under its §."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.cases.models import Case
from portal.committee.models.decisions import Decision, Proposal
from portal.committee.models.meetings import Attendance, Meeting
from portal.committee.models.sections import SectionSeries
from portal.committee.querysets import AgendaItemQuerySet, ReportedQuerySet
from portal.committee.workflow import AGENDA_ITEM, ItemState
from portal.core.constraints import Check, Unique
from portal.core.workflow import Event, lock, verb


class AgendaItem(models.Model):
    """A matter of the meeting. It owns the §; proposals of several cases may stand under one.

    An item of kind `proposals` is decided by deciding each of its proposals, one of another kind by
    its text alone.
    """

    class Kind(models.TextChoices):
        PROPOSALS = "proposals", _("Proposals for decision")
        REPORT = "report", _("Delegated decisions, reported")
        OTHER = "other", _("Other matter")

    meeting = models.ForeignKey(
        Meeting, models.CASCADE, verbose_name=_("meeting"), related_name="items"
    )
    kind = models.CharField(_("kind"), max_length=9, choices=Kind.choices, default=Kind.OTHER)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    title = models.CharField(_("heading"), max_length=200)
    text = models.TextField(_("the matter"), max_length=5000, blank=True)
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    section = models.PositiveSmallIntegerField(_("section (§)"), null=True, editable=False)
    state = models.CharField(
        _("state"), max_length=8, choices=ItemState.choices, default=ItemState.OPEN,
        editable=False,
    )  # fmt: skip
    decision_text = models.TextField(_("decision"), max_length=5000, blank=True)
    handled_at = models.DateTimeField(_("handled"), null=True, editable=False)
    present = models.ManyToManyField(
        Attendance, verbose_name=_("those who decided"), related_name="+"
    )

    workflow = AGENDA_ITEM
    locked_with = "meeting"
    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order", "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        constraints = [
            Unique(
                fields=["year", "section"],
                name="section_once_a_year",
                violation_error_message=_("The § is taken."),
            ),
            Check(
                name="section_has_its_year",
                condition=Q(year=None, section=None) | Q(year__isnull=False, section__isnull=False),
                violation_error_message=_("A § belongs to a year."),
            ),
            Check(
                name="decided_item_says_what",
                condition=~Q(state="decided")
                | (Q(section__isnull=False, handled_at__isnull=False) & ~Q(decision_text="")),
                violation_error_message=_("A decided item has its § and the text of the decision."),
            ),
        ]

    def __str__(self):
        return f"§ {self.section} {self.title}" if self.section else self.title

    def get_absolute_url(self):
        return reverse("agenda_item", args=[self.meeting_id, self.pk])

    def take_up(self, proposals) -> None:
        """Raise ValidationError where one of them is not free to stand here."""
        keys = [one.pk for one in proposals]
        free = Proposal.objects.awaiting_a_meeting().filter(pk__in=keys)
        if free.update(item=self) != len(keys):
            told = _now("A proposal is decided, delegated, or on another agenda: look again.")
            raise ValidationError({"proposals": told})

    def take_section(self) -> None:
        """The year's next §, inside the caller's transaction; one that has its own keeps it."""
        if self.section is None:
            self.year = self.meeting.held_on.year
            self.section = SectionSeries.take(self.year, 1)[0]
            self.save(update_fields=["year", "section"])

    # --- Who takes part -------------------------------------------------------------------------

    def serving(self) -> list[Attendance]:
        """Who decides the item: those who serve, without who left, with who steps in for them."""
        leaves = list(self.leaves.all())
        left = {leave.attendance_id for leave in leaves}
        steps_in = {leave.replaced_by_id for leave in leaves}
        there = self.meeting.attendance.filter(is_present=True).select_related("user")
        return [one for one in there if one.pk not in left and (one.serves or one.pk in steps_in)]

    def barred(self, people: list[Attendance]) -> list[Attendance]:
        """Those of them who have a conflict of interest in one of the item's cases."""
        cases = Case.objects.filter(proposals__item=self)
        barred = cases.barring_among([one.user_id for one in people])
        return [one for one in people if one.user_id in barred]

    @verb
    def leave(self, *, by, at, attendance: Attendance, replaced_by: Attendance | None = None):
        """Somebody leaves the room while the item is handled; a substitute may step in."""
        if replaced_by is not None and not self._is_free(replaced_by, attendance):
            told = _now("Choose a substitute who is there and does not serve already.")
            raise ValidationError({"replaced_by": told})
        self.leaves.update_or_create(attendance=attendance, defaults={"replaced_by": replaced_by})
        return {"attendance": attendance.pk}

    def _is_free(self, substitute: Attendance, leaving: Attendance) -> bool:
        """There, in the room, and not serving for anybody but the one who leaves."""
        others = self.leaves.exclude(attendance=leaving)
        taken = others.filter(Q(attendance=substitute) | Q(replaced_by=substitute)).exists()
        there = substitute.is_present and substitute != leaving
        return there and not substitute.serves and not taken

    @verb
    def come_back(self, *, by, at, attendance: Attendance):
        self.leaves.filter(attendance=attendance).delete()

    @verb
    def say(self, *, by, at, attendance: Attendance, kind: str, text: str):
        """A proposal made at the meeting, a reservation, or a note to the minutes."""
        statement = Statement(item=self, attendance=attendance, kind=kind, text=text)
        statement.full_clean(exclude=["item", "attendance"])
        statement.save()
        return {"statement": statement.pk}

    @verb
    def vote(self, *, by, at, question: str, ballots: dict):
        """An open vote: what each who serves says. `ballots` maps attendance to a choice."""
        serving = self.serving()
        if set(ballots) != set(serving):
            raise ValidationError(_now("Note what each of those who decide has voted."))
        self.votes.all().delete()
        Vote.objects.bulk_create(
            Vote(item=self, attendance=one, choice=ballots[one], question=question)
            for one in serving
        )

    def vote_result(self) -> str | None:
        """`yes` or `no`; a tie is decided by the chair (5:54). None where nobody has voted, or
        where a tie is left by a chair who has left the room or abstains.
        """
        votes = list(self.votes.select_related("attendance"))
        if not votes:
            return None
        said = [vote.choice for vote in votes]
        if (yes := said.count(Vote.Choice.YES)) != (no := said.count(Vote.Choice.NO)):
            return Vote.Choice.YES if yes > no else Vote.Choice.NO
        chair = Attendance.objects.filter(pk__in=[vote.attendance_id for vote in votes]).leading()
        says = next((vote.choice for vote in votes if vote.attendance == chair), None)
        return says if says in (Vote.Choice.YES, Vote.Choice.NO) else None

    # --- The decision ---------------------------------------------------------------------------

    @verb
    def decide(self, *, by, at, text: str, outcomes: dict | None = None):
        """Record what was decided, once: the item's text, and the outcome of each proposal.

        `outcomes` maps each proposal of the item to a dict of outcome, amount, conditions and
        reasons.
        """
        proposals = list(
            self.proposals.awaiting_decision().select_related("case").order_by("case_id")
        )
        outcomes = outcomes or {}
        if set(outcomes) != set(proposals):
            raise ValidationError(_now("Say of each proposal what was decided."))
        # Whoever declares a conflict now waits for this; whoever has declared one is seen here.
        for proposal in proposals:
            lock(proposal.case)
        serving = self.serving()
        self._check_who_decides(serving, by)
        self.decision_text, self.handled_at = text.strip(), at
        if not self.decision_text:
            raise ValidationError({"text": _now("Write what was decided.")})
        self.present.set(serving)
        for proposal in proposals:
            self._decide(proposal, by=by, at=at, **outcomes[proposal])
        return {"present": [one.pk for one in serving]}

    def _decide(self, proposal: Proposal, **given) -> None:
        """What is refused says of which case."""
        try:
            proposal.be_decided_at_meeting(item=self, **given)
        except ValidationError as error:
            told = [f"{proposal.case}: {message}" for message in error.messages]
            raise ValidationError(told) from error

    def _check_who_decides(self, serving: list[Attendance], by) -> None:
        self.meeting.check_quorum(serving)
        names = ", ".join(str(one) for one in self.barred(serving))
        if names:
            told = _now("Has a conflict of interest and must leave for this item: %(names)s.")
            raise ValidationError(told % {"names": names})

    @verb
    def put_off(self, *, by, at, text: str = ""):
        """To a later meeting: its proposals can stand on another agenda, what was to be reported is
        reported then.
        """
        self.decision_text, self.handled_at = text or _now("The matter is put off."), at
        self.reported.all().delete()
        self.proposals.awaiting_decision().update(item=None)

    def record(self, event: Event) -> None:
        """Of each case that stands under it."""
        for case in Case.objects.filter(proposals__item=self).distinct():
            case.log(f"item_{event.verb}", by=event.by, at=event.at, item=self.pk, **event.details)


class Leave(models.Model):
    """Left the room while the item was handled."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="leaves")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    replaced_by = models.ForeignKey(Attendance, models.PROTECT, related_name="+", null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="left_an_item_once"),
            models.UniqueConstraint(fields=["item", "replaced_by"], name="steps_in_once_an_item"),
        ]

    def __str__(self):
        return str(self.attendance)


class Statement(models.Model):
    """What somebody proposed at the meeting, or has written into the minutes."""

    class Kind(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal at the meeting")
        RESERVATION = "reserve", _("Reservation")
        NOTE = "note", _("Note to the minutes")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="statements")
    attendance = models.ForeignKey(
        Attendance, models.PROTECT, verbose_name=_("who"), related_name="+"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    text = models.TextField(_("text"), max_length=3000)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("statement")
        verbose_name_plural = _("statements")

    def __str__(self):
        return self.text[:60]


class Vote(models.Model):
    """What one person said in the item's open vote."""

    class Choice(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        ABSTAINS = "abstains", _("Abstains")

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="votes")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="+")
    question = models.CharField(_("what was voted on"), max_length=300)
    choice = models.CharField(_("vote"), max_length=8, choices=Choice.choices)

    class Meta:
        ordering = ["attendance__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="one_vote_an_item"),
        ]

    def __str__(self):
        return f"{self.attendance}: {self.get_choice_display()}"


class ReportedDecision(models.Model):
    """A decision made in the committee's name, reported to it under an item of the agenda."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="reported")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="report")

    objects = ReportedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self):
        return str(self.decision)
