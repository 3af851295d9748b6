"""How the region takes part in a network, from when to when, and by which decision."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.models.networks import Network
from networks.querysets import EngagementQuerySet
from networks.workflow import ENGAGEMENT, EngagementLevel, EngagementState
from portal.cases.models import Case
from portal.committee.models import Decision, DelegationPoint, Proposal
from portal.committee.workflow import Outcome, Purpose
from portal.core.constraints import Check, Unique
from portal.core.strategy import StrategyTagged, StrategyTags
from portal.core.workflow import Event, verb


class Engagement(StrategyTagged):
    """How the region takes part in a network, from when to when, and by which decision or source.

    Where the source does not say, the level is `unspecified` and the dates are empty: unknown is
    never shown as known. A change is a new engagement: proposed, decided, and in force from its
    day, when the one before it ends.
    """

    Level = EngagementLevel

    network = models.ForeignKey(
        Network, models.CASCADE, verbose_name=_("network"), related_name="engagements"
    )
    case = models.OneToOneField(Case, models.PROTECT, verbose_name=_("case"), editable=False)
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=EngagementState.choices,
        default=EngagementState.IN_FORCE,
        editable=False,
        db_index=True,
    )
    level = models.CharField(_("level"), max_length=12, choices=EngagementLevel.choices)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)
    source = models.TextField(_("source"), max_length=500, blank=True)
    decision = models.OneToOneField(
        Decision,
        models.PROTECT,
        verbose_name=_("decision"),
        related_name="engagement",
        null=True,
        editable=False,
    )

    workflow = ENGAGEMENT
    locked_with = "case"
    objects = EngagementQuerySet.as_manager()

    class Meta:
        ordering = [F("start").desc(nulls_last=True), "-pk"]
        verbose_name = _("engagement")
        verbose_name_plural = _("engagements")
        constraints = [
            Check(
                name="engagement_ends_after_start",
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
            Unique(
                fields=["network"],
                condition=Q(end=None, state="in_force"),
                name="one_running_engagement",
                violation_error_message=_("The network already has an engagement in force."),
            ),
            Unique(
                fields=["network"],
                condition=Q(state__in=("draft", "for_decision")),
                name="one_coming_engagement",
                violation_error_message=_("The network already has an engagement on its way."),
            ),
            Check(
                name="engagement_names_source_or_decision",
                condition=~Q(state="in_force") | ~Q(source="") | Q(decision__isnull=False),
                violation_error_message=_("Name the source of the engagement."),
            ),
        ]

    def __str__(self):
        return f"{self.network}: {self.get_level_display()}"

    def record(self, event: Event) -> None:
        self.case.record(event)

    def strategy_tags(self) -> StrategyTags:
        """What a decision about this engagement is counted under: no country, it is a network."""
        return StrategyTags(
            perspectives=tuple(self.network.perspectives.all()),
            goals=tuple(self.goals.all()),
            line=self.line,
            country="",
        )

    # --- Verbs ----------------------------------------------------------------------------------

    @verb
    def propose(self, *, by, at, reasons: str, delegation_point: DelegationPoint | None = None):
        """Register the matter and lay it before whoever decides."""
        if self.start is None:
            raise ValidationError(_now("Say first from which day it is to hold."))
        self.case.register(by=by, at=at, title=str(self))
        proposal = Proposal(
            case=self.case,
            purpose=Purpose.ENGAGE,
            outcome=Outcome.APPROVED,
            reasons=reasons,
            delegation_point=delegation_point,
            proposed_by=by,
            proposed_at=at,
        )
        proposal.full_clean()
        proposal.save()
        return {"proposal": proposal.pk}

    def apply(self, decision: Decision) -> None:
        """Do what was decided, within the decision's transaction."""
        given = {"by": decision.recorded_by, "at": decision.recorded_at, "decision": decision}
        if decision.outcome == Outcome.APPROVED:
            self.be_engaged(**given)
        else:
            self.be_rejected(**given)

    @verb
    def be_engaged(self, *, by, at, decision):
        """It holds from its day; the engagement before it ends the day before."""
        ended = Engagement.objects.filter(network=self.network_id).end_before(self.start)
        self.decision = decision
        return {"decision": decision.pk, "ended": ended}

    @verb
    def be_rejected(self, *, by, at, decision):
        return {"decision": decision.pk}
