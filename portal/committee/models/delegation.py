"""The delegation order: what is decided in the committee's name by others."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.committee.querysets import DelegationPointQuerySet
from portal.core.models import User
from portal.core.money import MoneyField, format_money


class DelegationPoint(models.Model):
    """A point of the delegation order: what its delegates may decide instead of the committee."""

    code = models.CharField(_("point"), max_length=12, unique=True)
    name = models.CharField(_("matter"), max_length=200)
    ceiling = MoneyField(_("ceiling"), null=True, blank=True)
    delegates = models.ManyToManyField(User, verbose_name=_("delegates"), related_name="+")
    is_reported = models.BooleanField(
        _("reported to the committee"), default=True,
        help_text=_("Its decisions are listed on the next agenda; otherwise each is announced."),
    )  # fmt: skip
    valid_from = models.DateField(_("from"))
    valid_until = models.DateField(_("until"), null=True, blank=True)

    objects = DelegationPointQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("delegation point")
        verbose_name_plural = _("delegation order")

    def __str__(self):
        return f"{self.code} {self.name}"

    def covers(self, amount: Decimal | None) -> bool:
        """A delegate may grant this much."""
        return amount is None or self.ceiling is None or amount <= self.ceiling

    def has_delegates(self, day) -> bool:
        """The point is in force, and names somebody."""
        named = DelegationPoint.objects.in_force(day).exclude(delegates=None)
        return named.filter(pk=self.pk).exists()

    def check_ceiling(self, amount: Decimal) -> None:
        """Raise ValidationError where a delegate would grant more than the point allows."""
        if not self.covers(amount):
            raise ValidationError(
                {
                    "amount": _now("Point %(point)s allows at most %(ceiling)s.")
                    % {"point": self.code, "ceiling": format_money(self.ceiling)}
                }
            )
