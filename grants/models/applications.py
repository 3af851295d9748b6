"""Applications: from the applicant's draft to the committee's decision."""

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.awards import Award
from grants.models.schemes import INDIVIDUAL, Call, SchemeBudget
from grants.querysets import ApplicationQuerySet
from grants.workflow import APPLICATION, ApplicationState
from partners.models import Partner
from portal.cases.models import Case, Party
from portal.committee.models import Decision, Proposal
from portal.committee.workflow import Outcome, Purpose
from portal.core import outbox
from portal.core.models import Organisation, Perspective, User
from portal.core.money import MoneyField, validate_positive
from portal.core.strategy import PerspectiveTag, StrategyTags
from portal.core.workflow import Event, StaleVersion, verb


class ApplicationManager(models.Manager.from_queryset(ApplicationQuerySet)):
    @transaction.atomic
    def start(self, *, call: Call, by: User, at, organisation: Organisation | None = None):
        """Begin a draft with its case file; the applicant and the organisation are its parties."""
        case = Case.objects.create(kind=Case.Kind.APPLICATION, title=str(call.scheme))
        case.parties.create(role=Party.Role.APPLICANT, user=by)
        if organisation:
            case.parties.create(role=Party.Role.APPLICANT, organisation=organisation)
        application = self.create(call=call, case=case, applicant=by, organisation=organisation)
        case.log("started", by=by, at=at, call=call.pk)
        return application


class Application(models.Model):
    """An application in a call. A draft may be incomplete; `submit` asks for the whole."""

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
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    title = models.CharField(_("project"), max_length=120, blank=True)
    summary = models.TextField(_("description"), max_length=2000, blank=True)
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
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)
    submitted_at = models.DateTimeField(_("submitted"), null=True, editable=False, db_index=True)

    workflow = APPLICATION
    objects = ApplicationManager()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        constraints = [
            models.CheckConstraint(
                name="draft_is_not_submitted",
                condition=Q(state="draft", submitted_at=None)
                | (~Q(state="draft") & Q(submitted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="application_amount_positive", condition=Q(amount=None) | Q(amount__gt=0)
            ),
            models.CheckConstraint(
                name="application_total_positive",
                condition=Q(total_cost=None) | Q(total_cost__gt=0),
            ),
            models.CheckConstraint(
                name="application_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    REQUIRED = ("title", "summary", "partner", "amount", "total_cost", "starts_on", "ends_on")

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
            country=self.partner.country if self.partner else "",
        )

    # --- The applicant's verbs ------------------------------------------------------------------

    @verb
    def edit(self, *, by, at, version: int, values: dict, perspectives: dict[Perspective, str]):
        """Save the draft. `version` is the one the form was opened with: an older one is refused.

        `perspectives` maps each claimed perspective to how the project serves it.
        """
        if version != self.version:
            raise StaleVersion
        for name, value in values.items():
            setattr(self, name, value)
        self.version += 1
        self.clean_fields(exclude=["title"])
        self.tags.all().delete()
        self.tags.bulk_create(
            ApplicationPerspective(item=self, perspective=perspective, how=how)
            for perspective, how in perspectives.items()
        )

    @verb
    def submit(self, *, by, at):
        """Register the case and write the receipt; the draft is frozen from here on."""
        self.check_complete(at)
        self.submitted_at = at
        self.case.title = self.title
        self.case.register(by=by, at=at)
        outbox.post(to=by, template="grants/mail/receipt.txt", context={"application": self})
        return {"number": self.case.number}

    @verb
    def withdraw(self, *, by, at):
        for proposal in self.case.proposals.awaiting_decision():
            proposal.drop(by=by, at=at)
        outbox.post(to=by, template="grants/mail/withdrawn.txt", context={"application": self})

    def check_complete(self, at) -> None:
        """Raise ValidationError, by field, where the application cannot be submitted as it is."""
        if not self.call.is_open(at):
            raise ValidationError(_now("The call is not open. The draft is kept."))
        errors = {
            name: _now("Fill this in before you submit.")
            for name in self.REQUIRED
            if getattr(self, name) in (None, "")
        }
        tags = list(self.tags.all())
        if not tags:
            errors["perspectives"] = _now("Choose at least one perspective.")
        elif not all(tag.how.strip() for tag in tags):
            errors["perspectives"] = _now("Say how the project serves each perspective you chose.")
        if self.applicant_kind not in self.call.scheme.applicants:
            errors["organisation"] = _now("This kind of applicant cannot apply for this support.")
        if errors:
            raise ValidationError(errors)
        if self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _now("The last day is before the first.")})
        self.call.scheme.check_amount(self.amount, self.total_cost)

    @property
    def applicant_kind(self) -> str:
        return self.organisation.kind if self.organisation else INDIVIDUAL

    # --- The officer's verbs --------------------------------------------------------------------

    @verb
    def begin_assessment(self, *, by, at):
        self.case.officer = by
        self.case.save(update_fields=["officer"])

    @verb
    def assess(self, *, by, at, score: int, justification: str):
        """Write or rewrite one's own assessment."""
        Assessment.objects.update_or_create(
            application=self,
            assessor=by,
            defaults={"score": score, "justification": justification, "assessed_at": at},
        )

    @verb
    def propose(self, *, by, at, outcome, amount, reasons):
        """Write the officer's statement with a proposed outcome."""
        if not self.assessments.exists():
            raise ValidationError(_now("Assess the application before you propose a decision."))
        if outcome != Outcome.GRANTED:
            amount = None
        elif amount is None or amount > self.amount:
            raise ValidationError(
                {"amount": _now("Propose an amount, at most what was applied for.")}
            )
        proposal = Proposal(
            case=self.case,
            purpose=Purpose.GRANT,
            outcome=outcome,
            amount=amount,
            reasons=reasons,
            delegation_point=self.call.scheme.delegation_point,
            proposed_by=by,
            proposed_at=at,
        )
        proposal.full_clean()
        proposal.save()
        return {"proposal": proposal.pk}

    # --- The committee's decision ---------------------------------------------------------------

    def apply(self, decision: Decision) -> None:
        """Do what was decided; called once, within the decision's transaction."""
        by, at = decision.recorded_by, decision.recorded_at
        if decision.outcome == Outcome.DISMISSED:
            self.be_dismissed(by=by, at=at)
        else:
            self.be_decided(by=by, at=at, decision=decision)
        outbox.post(
            to=self.applicant,
            template="grants/mail/decision.txt",
            context={"application": self, "decision": decision},
        )

    @verb
    def be_decided(self, *, by, at, decision):
        if decision.outcome == Outcome.GRANTED:
            if decision.amount > self.amount:
                raise ValidationError(
                    {"amount": _now("More than what was applied for cannot be granted.")}
                )
            budget = SchemeBudget.objects.get(
                scheme=self.call.scheme, year=self.call.budget_year
            )
            budget.commit(decision.amount)
            Award.objects.grant(application=self, decision=decision, budget=budget)
        return {"decision": decision.pk, "outcome": decision.outcome}

    @verb
    def be_dismissed(self, *, by, at):
        """Late or not eligible: the application is not examined."""


class ApplicationPerspective(PerspectiveTag):
    item = models.ForeignKey(Application, models.CASCADE, related_name="tags")

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(
                fields=["item", "perspective"], name="application_perspective_once"
            )
        ]


class Assessment(models.Model):
    """One person's assessment of an application, with its justification."""

    class Score(models.IntegerChoices):
        WEAK = 1, _("1 – weak")
        FAIR = 2, _("2 – fair")
        GOOD = 3, _("3 – good")
        STRONG = 4, _("4 – strong")
        EXCELLENT = 5, _("5 – excellent")

    application = models.ForeignKey(
        Application, models.CASCADE, verbose_name=_("application"), related_name="assessments"
    )
    assessor = models.ForeignKey(
        User, models.PROTECT, verbose_name=_("assessor"), related_name="assessments"
    )
    score = models.PositiveSmallIntegerField(_("score"), choices=Score.choices)
    justification = models.TextField(_("justification"), max_length=3000)
    assessed_at = models.DateTimeField(_("assessed"))

    class Meta:
        ordering = ["assessed_at"]
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "assessor"], name="one_assessment_per_assessor"
            ),
            models.CheckConstraint(
                name="assessment_score_in_scale", condition=Q(score__gte=1, score__lte=5)
            ),
        ]

    def __str__(self):
        return f"{self.application}: {self.get_score_display()}"
