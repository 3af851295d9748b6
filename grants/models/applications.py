"""Applications: from the applicant's draft to the committee's decision."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.answering import AnswersQuestions
from grants.models.awards import Award
from grants.models.calls import Call
from grants.models.completing import Completed
from grants.models.letters import Letter
from grants.models.proposing import Proposed
from grants.models.questions import CallForm
from grants.models.schemes import INDIVIDUAL
from grants.models.writing import Written
from grants.querysets import ApplicationQuerySet
from grants.workflow import APPLICATION, HISTORY, ApplicationState
from partners.models import Partner
from portal.cases.models import Case, Party
from portal.committee.models import Decision
from portal.committee.workflow import Outcome, Purpose
from portal.core.constraints import Check, Unique
from portal.core.models import Organisation, Perspective, User
from portal.core.money import MoneyField, validate_positive
from portal.core.strategy import PerspectiveTag, StrategyTags
from portal.core.workflow import Event, WrongState, lock, verb

# How far from the call's opening the project's days may lie.
MOST_YEARS = 10


class ApplicationManager(models.Manager.from_queryset(ApplicationQuerySet)):
    def start(self, *, call: Call, by: User, at, organisation: Organisation | None = None):
        """Begin a draft; where the applicant has one in the call already, give that one back.

        The applicant and the organisation become parties of its case.
        """
        if organisation and not organisation.members.filter(user=by).exists():
            raise PermissionDenied
        call.scheme.check_applicant(organisation.kind if organisation else INDIVIDUAL)
        drafts = self.drafts_in(call, by, organisation)
        draft = drafts.first()
        if draft is None:
            call.check_open(at)
            try:
                draft = self._begin(call, by, at, organisation)
            except IntegrityError:  # somebody began it in the same moment
                draft = drafts.get()
        return draft

    @transaction.atomic
    def _begin(self, call, by, at, organisation):
        case = Case.objects.create(
            kind=Case.Kind.APPLICATION, title=str(call.scheme), created_at=at
        )
        case.parties.create(role=Party.Role.APPLICANT, user=by)
        if organisation:
            case.parties.create(role=Party.Role.APPLICANT, organisation=organisation)
        application = self.create(
            call=call,
            form=call.form_in_force,
            case=case,
            applicant=by,
            organisation=organisation,
            created_at=at,
        )
        case.log("started", by=by, at=at, call=call.pk)
        return application


class Application(AnswersQuestions, Written, Completed, Proposed):
    """An application in a call. A draft may be incomplete; `submit` asks for the whole.

    What the applicant writes stands in parts (`grants.parts`): here and in the rows.
    """

    call = models.ForeignKey(
        Call, models.PROTECT, verbose_name=_("call"), related_name="applications"
    )
    case = models.OneToOneField(
        Case, models.PROTECT, verbose_name=_("case"), related_name="application"
    )
    applicant = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("applicant"), related_name="applications"
    )
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name=_("organisation"),
        related_name="applications",
        null=True,
        blank=True,
    )
    state = models.CharField(
        _("state"),
        max_length=16,
        choices=ApplicationState.choices,
        default=ApplicationState.DRAFT,
        editable=False,
        db_index=True,
    )
    form = models.ForeignKey(
        CallForm,
        models.PROTECT,
        verbose_name=_("version of the questions"),
        related_name="applications",
        null=True,
        editable=False,
    )
    answers = models.JSONField(_("answers"), default=dict, editable=False)
    title = models.CharField(_("project"), max_length=120, blank=True)
    summary = models.TextField(_("description"), max_length=2000, blank=True)
    # The first of its partners that stands in the catalogue, for lists and statistics; written
    # with the partners, as the total is with the budget.
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("partner"),
        related_name="applications",
        null=True,
        blank=True,
    )
    amount = MoneyField(
        _("amount applied for"), null=True, blank=True, validators=[validate_positive]
    )
    total_cost = MoneyField(
        _("total cost of the project"), null=True, blank=True, validators=[validate_positive]
    )
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="ApplicationPerspective"
    )
    created_at = models.DateTimeField(_("begun"), default=timezone.now, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False, db_index=True)

    workflow = APPLICATION
    locked_with = "case"
    objects = ApplicationManager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            Check(
                name="draft_is_not_submitted",
                condition=Q(state="draft", submitted_at=None)
                | (~Q(state="draft") & Q(submitted_at__isnull=False)),
                violation_error_message=_(
                    "A submitted application must say when it was submitted; a draft does not."
                ),
            ),
            Check(
                name="application_amount_positive",
                condition=Q(amount=None) | Q(amount__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
            Check(
                name="application_total_positive",
                condition=Q(total_cost=None) | Q(total_cost__gt=0),
                violation_error_message=_("The total cost must be above zero."),
            ),
            Check(
                name="application_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
            models.CheckConstraint(
                name="pen_is_held_by_somebody",
                condition=Q(writes_since=None, writes_until=None)
                | Q(writes_since__isnull=False, writes_until__isnull=False),
            ),
            Unique(
                fields=["call", "applicant"],
                condition=Q(state="draft", organisation=None),
                name="one_draft_per_call_and_person",
                violation_error_message=_("There is already a draft in this call."),
            ),
            Unique(
                fields=["call", "organisation"],
                condition=Q(state="draft"),
                name="one_draft_per_call_and_organisation",
                violation_error_message=_("There is already a draft in this call."),
            ),
        ]

    def __str__(self):
        return self.title or _now("Untitled draft")

    def get_absolute_url(self):
        return reverse("application", args=[self.pk])

    def record(self, event: Event) -> None:
        self.case.record(event)

    def strategy_tags(self) -> StrategyTags:
        """What a decision about this application is counted under."""
        scheme = self.call.scheme
        return StrategyTags(
            perspectives=tuple(self.perspectives.all()),
            goals=tuple(scheme.goals.all()),
            line=scheme.line,
            country=self.country,
        )

    # --- The applicant's verbs ------------------------------------------------------------------

    def clean(self):
        self._check_days()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _now("The last day is before the first.")})

    def _check_days(self) -> None:
        """Catches slips of the keyboard; whether the days fit the call is asked when submitted."""
        opened = timezone.localdate(self.call.opens_at)
        first, last = date(opened.year - MOST_YEARS, 1, 1), date(opened.year + MOST_YEARS, 12, 31)
        reason = _now("The day must lie between %(first)s and %(last)s.")
        days = {name: getattr(self, name) for name in ("starts_on", "ends_on")}
        errors = {
            name: reason % {"first": first, "last": last}
            for name, day in days.items()
            if day and not first <= day <= last
        }
        if errors:
            raise ValidationError(errors)

    @transaction.atomic
    def discard(self, *, by, at) -> None:
        """Remove a draft with its case: nothing has been registered."""
        draft = lock(self)
        if not by.has_perm("grants.discard_application", draft):
            raise PermissionDenied
        if draft.state != ApplicationState.DRAFT:
            raise WrongState(_now("Only a draft can be deleted."))
        for document in draft.case.documents.all():
            document.remove_file()
        draft.delete()
        draft.case.delete()

    @verb
    def submit(self, *, by, at):
        """Register the case and write the receipt; the draft is frozen from here on.

        Raises PenHeld where somebody else is writing in it.
        """
        self.call.check_open(at)
        self.put_down_pen(by=by, at=at)
        self.keep_submission(by=by, at=at)
        self.submitted_at = at
        self.case.register(by=by, at=at, title=self.title)
        files = list(self.attachments.select_related("document"))
        people = {self.applicant, by}
        self._tell(people, "grants/mail/receipt.txt", by=by, at=at, attachments=files)
        return {"number": self.case.number}

    @verb
    def withdraw(self, *, by, at):
        for proposal in self.case.proposals.awaiting_decision():
            proposal.be_dropped(by=by, at=at)
        self._tell({self.applicant, by}, "grants/mail/withdrawn.txt", by=by, at=at)

    def tell_applicants(self, template: str, *, by, at, **context) -> None:
        self._tell({self.applicant}, template, by=by, at=at, **context)

    def _tell(self, people: set[User], template: str, *, by, at, **context) -> None:
        for person in self.told_with(people):
            self.case.notify(
                to=person, template=template, by=by, at=at, context={"application": self, **context}
            )

    def told_with(self, people: set[User]) -> list[User]:
        """These people, and all who have joined: who writes together is told together."""
        joined = User.objects.filter(coapplications__application=self, is_active=True)
        return sorted({*people, *joined}, key=lambda person: person.pk)

    @property
    def country(self) -> str:
        """Of its first partner; empty where that is not known."""
        first = self.cooperation.select_related("partner").first()
        return first.country_code if first else ""

    @property
    def applicant_kind(self) -> str:
        return self.organisation.kind if self.organisation else INDIVIDUAL

    @property
    def applicant_name(self) -> str:
        return str(self.organisation or self.applicant)

    @property
    def is_under_assessment(self) -> bool:
        return self.state == ApplicationState.UNDER_ASSESSMENT

    @property
    def standing(self) -> str:
        """The state in the applicant's words: a decided application was granted or rejected."""
        if self.state != ApplicationState.DECIDED:
            return self.get_state_display()
        return str(Outcome.GRANTED.label if hasattr(self, "award") else Outcome.REJECTED.label)

    @property
    def decision(self) -> Decision | None:
        if self.state not in (ApplicationState.DECIDED, ApplicationState.DISMISSED):
            return None
        decisions = Decision.objects.select_related("delegation_point", "item__meeting")
        return decisions.filter(
            proposal__case=self.case_id, proposal__purpose=Purpose.GRANT
        ).first()

    def history(self) -> list[tuple]:
        """What the applicant reads of the case's log: (what, when), latest last."""
        events = self.case.events.filter(what__in=HISTORY)
        return [(HISTORY[event.what], event.at) for event in events]

    # --- The officer's verbs --------------------------------------------------------------------

    @verb
    def begin_assessment(self, *, by, at):
        self.case.officer = by
        self.case.save(update_fields=["officer"])
        return {"officer": by.pk}

    def let_go(self, user: User, *, by, at) -> None:
        """Whoever is barred from the case assesses it no more: what declaring a conflict calls."""
        for assignment in self.assignments.in_force().filter(assessor=user):
            assignment.close(by=by, at=at)

    # --- The committee's decision ---------------------------------------------------------------

    def apply(self, decision: Decision) -> None:
        """Do what was decided; called once, within the decision's transaction."""
        by, at = decision.recorded_by, decision.recorded_at
        if decision.outcome == Outcome.DISMISSED:
            self.be_dismissed(by=by, at=at)
        else:
            self.be_decided(by=by, at=at, decision=decision)
        Letter.objects.tell_of_decision(self, decision, by=by, at=at)

    @verb
    def be_decided(self, *, by, at, decision):
        if decision.outcome == Outcome.GRANTED:
            if decision.amount > self.amount:
                raise ValidationError(
                    {"amount": _now("More than what was applied for cannot be granted.")}
                )
            budget = self.call.budget()
            budget.commit(decision.amount)
            Award.objects.grant(application=self, decision=decision, budget=budget)
        return {"decision": decision.pk, "outcome": decision.outcome}

    @verb
    def be_dismissed(self, *, by, at):
        """Late or not eligible: the application is not examined."""


class ApplicationPerspective(PerspectiveTag):
    item = models.ForeignKey(Application, models.CASCADE, related_name="tags")
    evidence = models.TextField(_("how it will be seen"), blank=True, max_length=1000)

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "perspective"], name="application_perspective_once"
            )
        ]
