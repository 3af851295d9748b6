"""The yearly budgets of schemes, and how awards are committed to them."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.schemes import Scheme
from portal.core.constraints import Check
from portal.core.money import MoneyField, format_money
from portal.core.workflow import lock


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
            Check(
                name="committed_within_budget",
                condition=Q(committed__gte=0) & (Q(amount=None) | Q(committed__lte=F("amount"))),
                violation_error_message=_(
                    "The budget cannot be lower than what has already been granted from it."
                ),
            ),
            Check(
                name="budget_not_negative",
                condition=Q(amount=None) | Q(amount__gte=0),
                violation_error_message=_("The budget cannot be below zero."),
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
        budget = lock(self)
        if budget.left is not None and amount > budget.left:
            raise BudgetExceeded(
                {
                    "amount": _now("The budget of %(year)s has %(left)s left.")
                    % {"year": budget.year, "left": format_money(budget.left)}
                }
            )
        budget.committed += amount
        budget.save(update_fields=["committed"])
