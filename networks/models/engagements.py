"""How the region takes part in a network, from when to when, and by which decision."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from networks.models.networks import Network
from networks.models.periods import check_period
from networks.querysets import EngagementQuerySet
from networks.workflow import COMING, ENGAGEMENT, EngagementLevel, EngagementState
from portal.cases.models import Case
from portal.committee.models import Decision, DelegationPoint, Proposal
from portal.committee.workflow import Outcome, Purpose
from portal.core.constraints import Check, Unique
from portal.core.strategy import StrategyTagged, StrategyTags
from portal.core.workflow import Event, lock, verb


class Engagement(StrategyTagged):
    """How the region takes part in a network, from when to when, and by which decision or source.

    Where the source does not say, the level is `unspecified` and the dates are empty: unknown is
    never shown as known. A change is a new engagement: proposed, decided, and in force from its
    day, when the one before it ends. To leave is such a change too, to the level `left`.
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
    level = models.CharField(
        _("level"),
        max_length=12,
        choices=EngagementLevel.choices,
        help_text=_("To leave the network, choose “No longer engaged”, from the first day after."),
    )
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
    # Two engagements of a network never change at once: one ends where the other begins.
    locked_with = "network"
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

    def clean(self):
        check_period(self)
        if self.state in COMING and self.network_id:
            self.check_alone()

    def check_alone(self) -> None:
        """One change of a network's engagement is on its way at a time."""
        others = Engagement.objects.coming().filter(network=self.network_id).exclude(pk=self.pk)
        if others.exists():
            raise ValidationError(
                _now("A change of the engagement in this network is on its way already.")
            )

    def standing(self, at: date) -> str:
        """`coming`, `current` or `ended` on a day; what is not known is open."""
        if self.start and self.start > at:
            return "coming"
        return "ended" if self.end and self.end < at else "current"

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

    # --- The officer's verbs --------------------------------------------------------------------

    @verb
    def propose(self, *, by, at, reasons: str, delegation_point: DelegationPoint | None = None):
        """Register the matter and lay it before whoever decides."""
        if self.level == EngagementLevel.UNSPECIFIED:
            raise ValidationError(_now("Say first whether the region is to be active or monitor."))
        if self.start is None:
            raise ValidationError(_now("Say first from which day it is to hold."))
        self._check_before()
        if delegation_point and not delegation_point.covers(None, timezone.localdate(at)):
            raise ValidationError(
                {"delegation_point": _now("Nobody may decide under this point now.")}
            )
        self.case.register(by=by, at=at, title=self._matter())
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
        return {"proposal": proposal.pk, "officer": self._officer(by).pk}

    def _officer(self, by):
        """Who proposes handles the matter, unless somebody does already."""
        if self.case.officer is None:
            self.case.officer = by
            self.case.save(update_fields=["officer"])
        return self.case.officer

    def _matter(self) -> str:
        """What the register calls it: in the language of the house, whoever proposes."""
        with override(settings.LANGUAGE_CODE):
            return str(self)

    @verb
    def note(self, *, by, at, source: str):
        """A source tells of it, and no decision of ours: from a text, or before the portal was."""
        if not source.strip():
            raise ValidationError({"source": _now("Name the source.")})
        if self.end is None and self._others().filter(end=None).exists():
            raise ValidationError(
                _now("Another engagement holds now. Say first until when this one did.")
            )
        self.source = source
        self._tell_network(at)

    @verb
    def correct(self, *, by, at):
        """What was noted is taken back as a draft: it was wrong, or the source says more now."""
        self.check_alone()
        self._tell_network(at)

    @transaction.atomic
    def discard(self, *, by) -> None:
        """Remove a mistaken draft with its case: nothing has been registered."""
        draft = lock(self)
        if not by.has_perm("networks.delete_engagement", draft):
            raise PermissionDenied
        draft.delete()
        draft.case.delete()

    # --- The committee's decision ---------------------------------------------------------------

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
        self._check_before()
        eve = self.start - timedelta(days=1)
        earlier = list(self._others().not_over(self.start))
        for engagement in earlier:
            engagement.be_ended(by=by, at=at, end=eve)
        self.decision = decision
        self._tell_network(at)
        return {"decision": decision.pk, "ended": [engagement.pk for engagement in earlier]}

    @verb
    def be_rejected(self, *, by, at, decision):
        return {"decision": decision.pk}

    @verb
    def be_ended(self, *, by, at, end: date):
        """Another engagement follows, or the region leaves."""
        self.end = end
        return {"end": end.isoformat()}

    def _others(self):
        return Engagement.objects.decided().filter(network=self.network_id).exclude(pk=self.pk)

    def _check_before(self) -> None:
        """What holds already must have begun before the new one does: it ends the day before.
        Only what holds can be left.
        """
        later = self._others().filter(start__gte=self.start).order_by("start").first()
        if later:
            raise ValidationError(
                _now("An engagement begins on %(day)s already: this one must begin after it.")
                % {"day": date_format(later.start, "DATE_FORMAT")}
            )
        if self.level == EngagementLevel.LEFT and not self._others().current(self.start).exists():
            raise ValidationError(
                _now("There is nothing to leave: the region is not engaged on that day.")
            )

    def _tell_network(self, at) -> None:
        """The network's page and its row in the API say something new."""
        Network.objects.filter(pk=self.network_id).be_updated(at)
