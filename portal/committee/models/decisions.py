"""Proposals for decisions, and the decisions themselves."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.cases.models import Case
from portal.committee.models.delegation import DelegationPoint
from portal.committee.models.meetings import Meeting
from portal.committee.querysets import (
    DecisionQuerySet,
    ProposalQuerySet,
)
from portal.committee.workflow import (
    OUTCOMES,
    PROPOSAL,
    MeetingState,
    Outcome,
    ProposalState,
    Purpose,
    Route,
)
from portal.core.constraints import Check, Unique
from portal.core.countries import validate_country
from portal.core.models import LineOfWork, Perspective, StrategyGoal, User
from portal.core.money import MoneyField
from portal.core.workflow import Event, verb

UNCONDITIONAL = _("Only support that is granted has conditions.")


def check_conditions(outcome: str, conditions: str) -> None:
    """Raise ValidationError where there are conditions (villkor) of what is not granted."""
    if conditions.strip() and outcome != Outcome.GRANTED:
        raise ValidationError({"conditions": UNCONDITIONAL})


class Proposal(models.Model):
    """A proposal for a decision in a case, with the officer's statement (tjänsteutlåtande)."""

    case = models.ForeignKey(Case, models.PROTECT, verbose_name=_("case"), related_name="proposals")
    purpose = models.CharField(_("purpose"), max_length=8, choices=Purpose.choices)
    state = models.CharField(
        _("state"),
        max_length=8,
        choices=ProposalState.choices,
        default=ProposalState.OPEN,
        editable=False,
    )
    outcome = models.CharField(_("proposed outcome"), max_length=10, choices=Outcome.choices)
    amount = MoneyField(_("proposed amount"), null=True, blank=True)
    conditions = models.TextField(_("conditions"), max_length=5000, blank=True)
    reasons = models.TextField(_("officer's statement"), max_length=5000)
    delegation_point = models.ForeignKey(
        DelegationPoint,
        models.PROTECT,
        verbose_name=_("delegation point"),
        null=True,
        blank=True,
        help_text=_("Empty: the committee decides at a meeting."),
    )
    item = models.ForeignKey(
        "committee.AgendaItem", models.SET_NULL, verbose_name=_("agenda item"),
        related_name="proposals", null=True, editable=False,
    )  # fmt: skip
    proposed_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("proposed by"), related_name="+"
    )
    proposed_at = models.DateTimeField(_("proposed"))

    workflow = PROPOSAL
    locked_with = "case"
    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-proposed_at"]
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        constraints = [
            Unique(
                fields=["case", "purpose"],
                condition=Q(state="open"),
                name="one_open_proposal_per_purpose",
                violation_error_message=_("The case already has an open proposal of this kind."),
            ),
            Check(
                name="proposal_grants_an_amount",
                condition=~Q(outcome="granted", purpose="grant")
                | Q(amount__isnull=False, amount__gt=0),
                violation_error_message=_(
                    "A proposal to grant support must name an amount above zero."
                ),
            ),
            Check(
                name="only_a_granting_proposal_has_conditions",
                condition=Q(conditions="") | Q(outcome="granted"),
                violation_error_message=UNCONDITIONAL,
            ),
        ]

    def __str__(self):
        return f"{self.case}: {self.get_outcome_display()}"

    @property
    def route(self) -> str:
        return Route.DELEGATED if self.delegation_point_id else Route.MEETING

    @property
    def public_matter(self) -> str | None:
        decision = getattr(self, "decision", None)
        return _public_matter(self.case, decision and decision.outcome)

    @verb
    def decide_by_delegation(self, *, by, at, outcome, amount, reasons, conditions=""):
        """The delegate decides now, within the point's ceiling."""
        point = self.delegation_point
        if outcome == Outcome.GRANTED and amount:
            point.check_ceiling(amount, by=by)
        decision = self._decide(
            by=by,
            at=at,
            route=Route.DELEGATED,
            outcome=outcome,
            amount=amount,
            conditions=conditions,
            reasons=reasons,
            delegate=by,
            delegation_point=point,
            decided_on=timezone.localdate(at),
        )
        return {"decision": decision.pk}

    @verb
    def record_meeting_decision(
        self, *, by, at, outcome, amount, reasons, met_on, section, conditions=""
    ):
        """The secretary records what was decided at a meeting that was not kept here.

        From the first meeting that is kept here, decisions are recorded at their agenda item.
        """
        if Meeting.objects.held_by(met_on).exists():
            told = _now("The committee's meetings are kept here: record it at its agenda item.")
            raise ValidationError({"met_on": told})
        if met_on > timezone.localdate(at):
            raise ValidationError({"met_on": _now("The meeting has not been held yet.")})
        if met_on < timezone.localdate(self.case.registered_at):
            raise ValidationError({"met_on": _now("The case was not registered then.")})
        decision = self._decide(
            by=by,
            at=at,
            route=Route.MEETING,
            outcome=outcome,
            amount=amount,
            conditions=conditions,
            reasons=reasons,
            section=section,
            decided_on=met_on,
        )
        return {"decision": decision.pk}

    @verb
    def be_decided_at_meeting(self, *, by, at, item, outcome, amount=None, reasons, conditions=""):
        """What the committee decided under the item's §."""
        decision = self._decide(
            by=by, at=at, route=Route.MEETING, outcome=outcome, amount=amount,
            conditions=conditions, reasons=reasons, section=item.section, item=item,
            decided_on=item.meeting.held_on,
        )  # fmt: skip
        return {"decision": decision.pk, "item": item.pk}

    @verb
    def decide_urgently(self, *, by, at, outcome, amount, reasons, conditions=""):
        """The chair decides what cannot wait for a meeting (6:39); it is reported at the next."""
        decision = self._decide(
            by=by, at=at, route=Route.URGENT, outcome=outcome, amount=amount,
            conditions=conditions, reasons=reasons, delegate=by, decided_on=timezone.localdate(at),
        )  # fmt: skip
        return {"decision": decision.pk}

    @verb
    def be_dropped(self, *, by, at):
        """The matter fell (the applicant withdrew): nothing is left to decide."""

    def _decide(self, *, by, at, outcome, amount, conditions, **given) -> "Decision":
        if outcome not in OUTCOMES[self.purpose]:
            raise ValidationError({"outcome": _now("A matter of this kind is not decided so.")})
        if outcome == Outcome.GRANTED and not amount:
            raise ValidationError({"amount": _now("Say how much is granted.")})
        if outcome != Outcome.GRANTED:
            amount = None
        check_conditions(outcome, conditions)
        tags = self.case.subject.strategy_tags()
        decision = Decision(
            proposal=self,
            outcome=outcome,
            amount=amount,
            conditions=conditions.strip(),
            recorded_by=by,
            recorded_at=at,
            line=tags.line,
            country=tags.country,
            **given,
        )
        decision.full_clean()
        decision.save()
        decision.perspectives.add(*tags.perspectives)
        decision.goals.add(*tags.goals)
        self.case.subject.apply(decision)
        return decision

    def record(self, event: Event) -> None:
        self.case.record(event)


def _public_matter(case, outcome) -> str | None:
    """What it is about; None where secrecy withholds it, and where an application is not granted:
    it may be a person's own project.
    """
    told = outcome == Outcome.GRANTED or case.kind != Case.Kind.APPLICATION
    return case.title if told and not case.secrecy else None


class Decision(models.Model):
    """What was decided, once: the database refuses to change or remove it.

    It copies the strategy's tags from its subject as they stood, so that statistics never drift.
    """

    proposal = models.OneToOneField(Proposal, models.PROTECT, verbose_name=_("proposal"))
    route = models.CharField(_("decided by"), max_length=10, choices=Route.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    amount = MoneyField(_("amount"), null=True, blank=True)
    conditions = models.TextField(_("conditions"), max_length=5000, blank=True)
    reasons = models.TextField(_("reasons"), max_length=5000)
    decided_on = models.DateField(_("date of decision"), db_index=True)
    section = models.PositiveSmallIntegerField(_("section (§)"), null=True, blank=True)
    item = models.ForeignKey(
        "committee.AgendaItem", models.PROTECT, verbose_name=_("agenda item"),
        related_name="decisions", null=True, blank=True,
    )  # fmt: skip
    delegate = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("delegate"), related_name="+", null=True, blank=True
    )
    delegation_point = models.ForeignKey(
        DelegationPoint, models.PROTECT, verbose_name=_("delegation point"), null=True, blank=True
    )
    recorded_by = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("recorded by"), related_name="+"
    )
    recorded_at = models.DateTimeField(_("recorded"), db_index=True)
    perspectives = models.ManyToManyField(Perspective, verbose_name=_("perspectives"))
    goals = models.ManyToManyField(StrategyGoal, verbose_name=_("strategy goals"))
    line = models.ForeignKey(
        LineOfWork, models.PROTECT, verbose_name=_("line of work"), null=True, blank=True
    )
    country = models.CharField(
        _("country"), max_length=2, blank=True, validators=[validate_country]
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["-decided_on", "-pk"]
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = [
            Check(
                name="decision_route_has_its_place",
                condition=Q(
                    route="meeting",
                    section__isnull=False,
                    delegate=None,
                    delegation_point=None,
                )
                | Q(
                    route="delegated",
                    section=None,
                    delegate__isnull=False,
                    delegation_point__isnull=False,
                )
                | Q(route="urgent", section=None, delegate__isnull=False, delegation_point=None),
                violation_error_message=_(
                    "A decision at a meeting has a section, a delegated one a delegate and a point."
                ),
            ),
            Check(
                name="only_a_granting_decision_has_an_amount",
                condition=Q(outcome="granted", amount__isnull=False, amount__gt=0)
                | (~Q(outcome="granted") & Q(amount=None)),
                violation_error_message=_(
                    "Only a decision to grant support has an amount, and it must be above zero."
                ),
            ),
            Check(
                name="only_a_granting_decision_has_conditions",
                condition=Q(conditions="") | Q(outcome="granted"),
                violation_error_message=UNCONDITIONAL,
            ),
            Check(
                name="decision_has_reasons",
                condition=~Q(reasons=""),
                violation_error_message=_("Write the reasons for the decision."),
            ),
        ]

    def __str__(self):
        return f"{self.proposal.case}: {self.get_outcome_display()}"

    def get_absolute_url(self):
        return reverse("decision", args=[self.pk])

    @property
    def public_matter(self) -> str | None:
        return _public_matter(self.proposal.case, self.outcome)

    @property
    def public_reasons(self) -> str | None:
        """Why, wherever it is told what it was about."""
        return self.reasons if self.public_matter else None

    @property
    def public_conditions(self) -> str:
        return self.conditions if self.public_matter else ""

    @property
    def agenda_item(self):
        """Where the committee met it: the item it was decided at, or was reported under."""
        report = getattr(self, "report", None)
        return self.item or (report and report.item)

    @property
    def has_extract(self) -> bool:
        """Decided under a § whose minutes are adjusted, as `DecisionQuerySet.with_extract` asks."""
        if self.item is None:
            return False
        return self.item.meeting.state == MeetingState.ADJUSTED or hasattr(self.item, "minutes")

    @property
    def announcement(self):
        """The notice that starts its appeal: its own, that of its §, or that of the minutes."""
        place = self.agenda_item
        own = getattr(self, "notice", None) or getattr(place, "notice", None)
        return own or getattr(place and place.meeting, "notice", None)

    @property
    def is_announced_alone(self) -> bool:
        """Delegated, and the committee has not asked for it: its own notice starts the appeal."""
        return self.delegation_point is not None and not self.delegation_point.is_reported
