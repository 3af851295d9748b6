"""The region's memberships of networks, and what they cost."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from networks.models.networks import Network
from networks.models.periods import check_period
from networks.querysets import MembershipQuerySet
from partners.models import Partner
from portal.core.constraints import Check, Unique
from portal.core.money import MoneyField
from portal.core.workflow import RecordedInHistory


class Membership(RecordedInHistory, models.Model):
    """A membership of a network, held by the committee or by one of the region's own bodies."""

    network = models.ForeignKey(
        Network, models.PROTECT, verbose_name=_("network"), related_name="memberships"
    )
    body = models.ForeignKey(
        Partner,
        models.PROTECT,
        verbose_name=_("held by"),
        related_name="memberships",
        null=True,
        blank=True,
        limit_choices_to={"kind": "own_body"},
        help_text=_("Empty: the committee itself."),
    )
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)
    notice_on = models.DateField(_("last day to give notice"), null=True, blank=True)
    source = models.TextField(_("source or decision"), max_length=500)
    invented = models.BooleanField(_("invented for the demo"), default=False, editable=False)
    updated_at = models.DateTimeField(_("updated"), auto_now=True, db_index=True)

    objects = MembershipQuerySet.as_manager()
    year: int | None  # annotated by `with_fees`
    amount: Decimal | None  # annotated by `with_fees`

    class Meta:
        ordering = ["network__acronym", F("start").desc(nulls_last=True), "-pk"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            Check(
                name="membership_ends_after_start",
                condition=Q(start=None) | Q(end=None) | Q(end__gte=F("start")),
                violation_error_message=_("The end cannot lie before the start."),
            ),
            Unique(
                fields=["network"],
                condition=Q(end=None, body=None),
                name="one_running_membership",
                violation_error_message=_("The committee is a member of this network already."),
            ),
            Unique(
                fields=["network", "body"],
                condition=Q(end=None, body__isnull=False),
                name="one_running_membership_a_body",
                violation_error_message=_("This body is a member of this network already."),
            ),
        ]

    def __str__(self):
        return f"{self.network}: {self.body}" if self.body else str(self.network)

    def clean(self):
        check_period(self)

    @property
    def public_body(self) -> Partner | None:
        """The own body that holds it, where the public may read of that body."""
        return self.body if self.body and self.body.is_public else None


FIRST_YEAR, LAST_YEAR = 1950, 2200


class MembershipFee(models.Model):
    """What a membership costs in a year, in kronor."""

    membership = models.ForeignKey(Membership, models.CASCADE, related_name="fees")
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    amount = MoneyField(_("fee"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        ordering = ["-year"]
        verbose_name = _("fee of a year")
        verbose_name_plural = _("fees")
        constraints = [
            models.UniqueConstraint(fields=["membership", "year"], name="one_fee_a_year"),
            Check(
                name="membership_fee_not_negative",
                condition=Q(amount__gte=0),
                violation_error_message=_("The fee cannot be below zero."),
            ),
            Check(
                name="membership_fee_of_a_year",
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR),
                violation_error_message=_("Write the year with four digits."),
            ),
        ]

    def __str__(self):
        return str(self.year)

    def clean(self):
        """A fee is paid for a year of the membership."""
        start, end = self.membership.start, self.membership.end
        before = start and self.year and self.year < start.year
        after = end and self.year and self.year > end.year
        if before or after:
            raise ValidationError({"year": _now("The membership does not hold in this year.")})


@dataclass(frozen=True)
class YearCost:
    """What memberships cost together in a year, and which of them."""

    year: int
    kronor: Decimal
    memberships: tuple[Membership, ...]


def cost_by_year(rows: list[Membership]) -> list[YearCost]:
    """Of rows read `with_fees`, the latest year first; without those that have no fee."""
    with_fee = [row for row in rows if row.year is not None]
    years = groupby(with_fee, key=lambda row: row.year)
    together = [(year, tuple(memberships)) for year, memberships in years]
    return [
        YearCost(year, sum((row.amount for row in rows), Decimal(0)), rows)  # type: ignore[arg-type,type-var]
        for year, rows in together
    ]
