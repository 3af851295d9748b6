"""What an application lists row by row: partners abroad, activities, the budget, declared aid.

Rows are written by `Application.edit` alone, with the part they belong to (`grants.parts`).
"""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.questions import new_key
from partners.models import Partner
from portal.core.constraints import Check
from portal.core.countries import country_name, validate_country
from portal.core.money import MoneyField, validate_positive
from portal.core.outbox import Addressee
from portal.core.region import home_country

MOST_ROWS = 40


class Row(models.Model):
    application = models.ForeignKey("grants.Application", models.CASCADE)
    order = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        abstract = True
        ordering = ["order", "pk"]


def country_field(label):
    return models.CharField(label, max_length=2, blank=True, validators=[validate_country])


class ApplicationPartner(Row):
    """A partner abroad and its part in the project: from the catalogue, or named here.

    `key` stays the same while the row is rewritten, so that a confirmation can follow it.
    """

    application = models.ForeignKey(
        "grants.Application", models.CASCADE, related_name="cooperation"
    )
    key = models.CharField(max_length=8, default=new_key, editable=False)
    partner = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("partner"),
        related_name="+",
        null=True,
        blank=True,
    )
    name = models.CharField(_("name"), max_length=150, blank=True)
    country = country_field(_("country"))
    role = models.CharField(_("role in the project"), max_length=200, blank=True)
    gives = models.TextField(_("what the partner gives"), max_length=1000, blank=True)
    gets = models.TextField(_("what the partner gets"), max_length=1000, blank=True)
    own_funding = MoneyField(
        _("the partner's own funding"), null=True, blank=True, validators=[validate_positive]
    )
    email = models.EmailField(_("contact's e-mail address"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=[("sv", _("Swedish")), ("en", _("English"))],
        default="en",
    )  # fmt: skip

    class Meta(Row.Meta):
        verbose_name = _("partner abroad")
        verbose_name_plural = _("partners abroad")
        constraints = [
            models.UniqueConstraint(fields=["application", "key"], name="application_partner_once"),
            Check(
                name="partner_funding_positive",
                condition=Q(own_funding=None) | Q(own_funding__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
        ]

    def __str__(self):
        return str(self.partner) if self.partner else self.name or _now("A partner")

    @property
    def country_code(self) -> str:
        """The country's code: the catalogue's, where the partner stands in it."""
        return self.partner.country if self.partner else self.country

    @property
    def addressee(self) -> Addressee:
        return Addressee(self.email, str(self), self.language)

    @property
    def contacts(self) -> list[str]:
        """E-mail addresses: the one written here, and those the catalogue knows."""
        known = self.partner.contacts.all() if self.partner else []
        return [self.email, *(contact.email for contact in known)]


class Activity(Row):
    """Something that is to take place, at home or abroad."""

    application = models.ForeignKey("grants.Application", models.CASCADE, related_name="activities")
    what = models.CharField(_("what"), max_length=200, blank=True)
    starts_on = models.DateField(_("first day"), null=True, blank=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=100, blank=True)
    country = country_field(_("country"))

    class Meta(Row.Meta):
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = [
            Check(
                name="activity_ends_after_start",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
        ]

    def __str__(self):
        return self.what or self.place

    def clean(self):
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _now("The last day is before the first.")})

    @property
    def is_abroad(self) -> bool:
        return bool(self.country) and self.country != home_country()

    @property
    def country_name(self) -> str:
        return country_name(self.country)


class BudgetLine(Row):
    """A cost, or what is to pay it besides the support that is applied for."""

    class Kind(models.TextChoices):
        COST = "cost", _("Cost")
        OWN = "own", _("The applicant's own share")
        PUBLIC = "public", _("Other public support")
        OTHER = "other", _("Other income")

    class Bearer(models.TextChoices):
        APPLICANT = "applicant", _("The applicant's cost")
        PARTNER = "partner", _("The partner's cost")

    application = models.ForeignKey(
        "grants.Application", models.CASCADE, related_name="budget_lines"
    )
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices)
    bearer = models.CharField(
        _("whose cost"), max_length=9, choices=Bearer.choices, default=Bearer.APPLICANT
    )
    text = models.CharField(_("what for"), max_length=200, blank=True)
    amount = MoneyField(_("amount"), null=True, blank=True, validators=[validate_positive])

    class Meta(Row.Meta):
        verbose_name = _("budget line")
        verbose_name_plural = _("budget lines")
        constraints = [
            Check(
                name="budget_line_positive",
                condition=Q(amount=None) | Q(amount__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
        ]

    def __str__(self):
        return self.text or str(self.get_kind_display())


class DeclaredAid(Row):
    """De minimis aid that an undertaking says it has received, in euro.

    Regulation (EU) 2023/2831, article 7: asked for before new aid is granted.
    """

    application = models.ForeignKey(
        "grants.Application", models.CASCADE, related_name="declared_aid"
    )
    granted_by = models.CharField(_("granted by"), max_length=150, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    euro = MoneyField(_("amount in euro"), null=True, blank=True, validators=[validate_positive])

    class Meta(Row.Meta):
        verbose_name = _("declared de minimis aid")
        verbose_name_plural = _("declared de minimis aid")
        constraints = [
            Check(
                name="declared_aid_positive",
                condition=Q(euro=None) | Q(euro__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
        ]

    def __str__(self):
        return self.granted_by
