"""Schemes (stödformer) and their standing rules."""

from decimal import ROUND_DOWN, Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from agreements.models import Agreement
from grants.querysets import SchemeQuerySet
from grants.workflow import SCHEME
from portal.committee.models import DelegationPoint
from portal.core.constraints import Check
from portal.core.models import Organisation, Perspective
from portal.core.money import CENT, MoneyField, format_money, validate_positive
from portal.core.publishing import Publishable
from portal.core.strategy import PerspectiveTag, StrategyTagged
from portal.core.workflow import RecordedInHistory, verb

WHOLE = 100  # per cent, of an award paid in instalments
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
            Check(
                name="scheme_ceiling_positive",
                condition=Q(max_award=None) | Q(max_award__gt=0),
                violation_error_message=_("The ceiling must be above zero."),
            ),
            Check(
                name="scheme_share_is_a_percentage",
                condition=Q(max_share_percent=None)
                | Q(max_share_percent__gte=1, max_share_percent__lte=100),
                violation_error_message=_("The share must lie between 1 and 100 per cent."),
            ),
        ]

    def __str__(self):
        return self.title or self.slug

    def missing_for_publication(self) -> list[str]:
        missing = super().missing_for_publication()
        if self.instalments.total() not in (None, WHOLE):
            missing.append(_now("instalments that make 100 per cent together"))
        return missing

    @verb
    def unpublish(self, *, by, at):
        """The public reads scheme and round as one page, so a public round keeps its scheme."""
        if self.calls.public().exists():
            raise ValidationError(_now("Take back its calls first: the public reads them."))

    @property
    def applicant_labels(self) -> list[str]:
        return [str(label) for code, label in APPLICANT_KINDS if code in self.applicants]

    def check_applicant(self, kind: str) -> None:
        """Raise ValidationError where this kind of applicant may not apply."""
        if kind not in self.applicants:
            raise ValidationError(_now("This kind of applicant cannot apply for this support."))

    def check_amount(self, amount: Decimal, total_cost: Decimal) -> None:
        """Raise ValidationError where an applied amount breaks the ceiling or the share."""
        if self.max_award is not None and amount > self.max_award:
            reason = _now("At most %(most)s can be applied for.")
            raise ValidationError({"amount": reason % {"most": format_money(self.max_award)}})
        percent = self.max_share_percent or 100
        most = (total_cost * percent / 100).quantize(CENT, ROUND_DOWN)
        if amount > most:
            reason = _now("At most %(percent)s %% of the total cost can be applied for: %(most)s.")
            raise ValidationError(
                {"amount": reason % {"percent": percent, "most": format_money(most)}}
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


class EligibilityQuestion(models.Model):
    """Asked of those who wonder whether they may apply, besides what the scheme's rules say."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="eligibility")
    text = models.CharField(
        _("question"), max_length=300, help_text=_("To be answered with yes or no.")
    )
    right_answer = models.BooleanField(
        _("may apply who answers"), choices=[(True, _("Yes")), (False, _("No"))], default=True
    )
    why_not = models.CharField(_("otherwise, why not"), max_length=300)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("question of eligibility")
        verbose_name_plural = _("questions of eligibility")

    def __str__(self):
        return self.text
