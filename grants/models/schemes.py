"""Schemes (stödformer), their rules and yearly budgets, and the calls that are their rounds."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from grants.querysets import CallQuerySet, SchemeQuerySet
from grants.workflow import CALL, SCHEME, CallState
from portal.committee.models import DelegationPoint
from portal.core.models import Organisation, Perspective
from portal.core.money import MoneyField, format_money, validate_positive
from portal.core.publishing import Publishable
from portal.core.strategy import PerspectiveTag, StrategyTagged
from portal.core.workflow import RecordedInHistory, verb

INDIVIDUAL = "individual"
APPLICANT_KINDS = [(INDIVIDUAL, _("Individual")), *Organisation.Kind.choices]


def validate_applicant_kinds(kinds) -> None:
    unknown = set(kinds) - {code for code, _label in APPLICANT_KINDS}
    if unknown:
        raise ValidationError(
            _("Unknown kinds of applicant: %(kinds)s."),
            "applicant_kind",
            {"kinds": ", ".join(sorted(map(str, unknown)))},
        )


class Scheme(RecordedInHistory, StrategyTagged, Publishable):
    """A form of support with its standing rules; each round of it is a call."""

    slug = models.SlugField(_("address"), unique=True)
    title = models.CharField(_("title"), max_length=150, db_collation="sv")
    about = models.TextField(_("description"), max_length=5000, blank=True)
    applicants = models.JSONField(
        _("who may apply"), default=list, validators=[validate_applicant_kinds]
    )
    max_award = MoneyField(
        _("ceiling per application"), null=True, blank=True, validators=[validate_positive]
    )
    max_share_percent = models.PositiveSmallIntegerField(
        _("largest share of the total cost (%)"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    requires_residence = models.BooleanField(_("requires residence in the region"), default=False)
    requires_non_profit = models.BooleanField(_("requires non-profit purpose"), default=False)
    only_own_costs = models.BooleanField(_("only the applicant's own costs"), default=False)
    delegation_point = models.ForeignKey(
        DelegationPoint,
        models.PROTECT,
        verbose_name=_("delegation point"),
        null=True,
        blank=True,
        help_text=_("Empty: the committee decides at a meeting."),
    )
    assessed_by = models.CharField(_("assessed by"), max_length=150, blank=True)
    report_days_after_end = models.PositiveSmallIntegerField(
        _("report due, days after the end"), null=True, blank=True
    )
    agreements = models.ManyToManyField(
        Agreement, verbose_name=_("agreements served"), related_name="schemes", blank=True
    )
    perspectives = models.ManyToManyField(
        Perspective, verbose_name=_("perspectives"), through="SchemePerspective"
    )
    source = models.TextField(_("source of the facts"), max_length=500, blank=True)

    workflow = SCHEME
    bilingual = ("title",)
    objects = SchemeQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        verbose_name = _("scheme")
        verbose_name_plural = _("schemes")
        constraints = [
            models.CheckConstraint(
                name="scheme_ceiling_positive",
                condition=Q(max_award=None) | Q(max_award__gt=0),
            ),
            models.CheckConstraint(
                name="scheme_share_is_a_percentage",
                condition=Q(max_share_percent=None)
                | Q(max_share_percent__gte=1, max_share_percent__lte=100),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    @property
    def applicant_labels(self) -> list[str]:
        return [str(label) for code, label in APPLICANT_KINDS if code in self.applicants]

    def check_amount(self, amount: Decimal, total_cost: Decimal) -> None:
        """Raise ValidationError where an applied amount breaks the ceiling or the share."""
        if self.max_award is not None and amount > self.max_award:
            raise ValidationError(
                {
                    "amount": _now("At most %(ceiling)s can be applied for.")
                    % {"ceiling": format_money(self.max_award)}
                }
            )
        if self.max_share_percent is None:
            return
        most = total_cost * self.max_share_percent / 100
        if amount > most:
            raise ValidationError(
                {
                    "amount": _now(
                        "At most %(percent)s %% of the total cost can be applied for: %(most)s."
                    )
                    % {"percent": self.max_share_percent, "most": format_money(most)}
                }
            )


class SchemePerspective(PerspectiveTag):
    item = models.ForeignKey(Scheme, models.CASCADE, related_name="tags")

    class Meta(PerspectiveTag.Meta):
        verbose_name = _("perspective")
        verbose_name_plural = _("perspectives")
        constraints = [
            models.UniqueConstraint(fields=["item", "perspective"], name="scheme_perspective_once")
        ]


class Criterion(models.Model):
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="criteria")
    name = models.CharField(_("criterion"), max_length=200)
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1)]
    )

    class Meta:
        ordering = ["pk"]
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")

    def __str__(self):
        return self.name


class RequiredAttachment(models.Model):
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="attachments")
    name = models.CharField(_("attachment"), max_length=200)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("required attachment")
        verbose_name_plural = _("required attachments")

    def __str__(self):
        return self.name


class Term(models.Model):
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="terms")
    text = models.TextField(_("term"), max_length=1000)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("term")
        verbose_name_plural = _("terms")

    def __str__(self):
        return self.text


class BudgetExceeded(ValidationError):
    """The scheme's budget of the year cannot carry the award."""


class SchemeBudget(models.Model):
    """What a scheme may commit in a year; without an amount it is uncapped.

    `committed` is the sum of the year's awards. Only `commit` changes it, under the row's lock; the
    database refuses a sum above the amount.
    """

    scheme = models.ForeignKey(
        Scheme, models.PROTECT, verbose_name=_("scheme"), related_name="budgets"
    )
    year = models.PositiveSmallIntegerField(_("year"))
    amount = MoneyField(
        _("budget"), null=True, blank=True, help_text=_("Empty: no ceiling for the year.")
    )
    committed = MoneyField(_("committed"), default=Decimal(0), editable=False)

    class Meta:
        ordering = ["-year", "scheme"]
        verbose_name = _("budget of the year")
        verbose_name_plural = _("budgets of the year")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "year"], name="scheme_budget_once_a_year"),
            models.CheckConstraint(
                name="committed_within_budget",
                condition=Q(committed__gte=0)
                & (Q(amount=None) | Q(committed__lte=F("amount"))),
            ),
            models.CheckConstraint(
                name="budget_not_negative", condition=Q(amount=None) | Q(amount__gte=0)
            ),
        ]

    def __str__(self):
        return f"{self.scheme} {self.year}"

    @property
    def left(self) -> Decimal | None:
        """What can still be committed; None where the year is uncapped."""
        return None if self.amount is None else self.amount - self.committed

    @transaction.atomic
    def commit(self, amount: Decimal) -> None:
        """Reserve an amount, or raise BudgetExceeded and change nothing."""
        budget = SchemeBudget.objects.select_for_update().get(pk=self.pk)
        if budget.left is not None and amount > budget.left:
            raise BudgetExceeded(
                {
                    "amount": _now("The budget of %(year)s has %(left)s left.")
                    % {"year": budget.year, "left": format_money(budget.left)}
                }
            )
        budget.committed += amount
        budget.save(update_fields=["committed"])


class Call(RecordedInHistory, models.Model):
    """A round of a scheme, with its instants and texts. The public reads scheme and round as one."""

    scheme = models.ForeignKey(
        Scheme, models.PROTECT, verbose_name=_("scheme"), related_name="calls"
    )
    slug = models.SlugField(_("address"), unique=True)
    name = models.CharField(
        _("round"), max_length=80, help_text=_("For example “Spring 2027”."), db_collation="sv"
    )
    text = models.TextField(_("text of the round"), max_length=5000, blank=True)
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=CallState.choices,
        default=CallState.DRAFT,
        editable=False,
        db_index=True,
    )
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"), db_index=True)
    budget_year = models.PositiveSmallIntegerField(_("budget year"))
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    workflow = CALL
    objects = CallQuerySet.as_manager()

    class Meta:
        ordering = ["-closes_at", "-pk"]
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        constraints = [
            models.CheckConstraint(
                name="call_closes_after_opening", condition=Q(closes_at__gt=F("opens_at"))
            )
        ]

    def __str__(self):
        return f"{self.scheme}, {self.name}"

    def get_absolute_url(self):
        return reverse("call", args=[self.slug])

    def is_open(self, at) -> bool:
        return self.state == CallState.PUBLISHED and self.opens_at <= at < self.closes_at

    def standing(self, at) -> str:
        """What the public reads: coming, open, closed or decided."""
        if self.state != CallState.PUBLISHED:
            return self.get_state_display()
        if at < self.opens_at:
            return _now("Coming")
        return _now("Open") if self.is_open(at) else _now("Closed")

    @verb
    def publish(self, *, by, at):
        if not SchemeBudget.objects.filter(scheme=self.scheme, year=self.budget_year).exists():
            raise ValidationError(
                _now("Set the scheme's budget of %(year)s first.") % {"year": self.budget_year}
            )
        if not self.scheme.is_public:
            raise ValidationError(_now("Publish the scheme first."))

    @verb
    def unpublish(self, *, by, at):
        if self.applications.exists():
            raise ValidationError(_now("Applications have been begun: the call must stay public."))

    @verb
    def mark_decided(self, *, by, at):
        if self.applications.awaiting_handling().exists() or self.is_open(at):
            raise ValidationError(_now("Applications of the call still await their decision."))

    @verb
    def archive(self, *, by, at):
        """The round leaves the public lists; its awards stay in the register."""
