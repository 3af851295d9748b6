"""The yearly budgets of schemes: proposed, confirmed by another person, and then committed."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q, Sum
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from grants.models.schemes import Scheme
from grants.querysets import SchemeBudgetQuerySet
from grants.workflow import BUDGET, BudgetState
from portal.committee.models import Proposal
from portal.committee.workflow import Outcome, Purpose
from portal.core.constraints import Check
from portal.core.models import User
from portal.core.money import MoneyField, format_money
from portal.core.workflow import RecordedInHistory, WrongState, lock, verb


def total(proposals) -> Decimal:
    """Their amounts together."""
    return proposals.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)


class BudgetExceeded(ValidationError):
    """The scheme's budget of the year cannot carry the award."""


class SchemeBudget(RecordedInHistory, models.Model):
    """What a scheme may commit in a year; without an amount it is uncapped.

    An officer proposes it and an administrator who is another person confirms it; until then no
    call of the year is published and nothing is granted. A confirmed budget that nobody proposed
    is older than this rule: only administrators could set one then.

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
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=BudgetState.choices,
        default=BudgetState.PROPOSED,
        editable=False,
    )
    proposed_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("proposed by"),
        related_name="+",
        null=True,
        editable=False,
    )
    proposed_at = models.DateTimeField(_("proposed"), null=True, editable=False)
    confirmed_by = models.ForeignKey(
        User,
        models.PROTECT,
        verbose_name=_("confirmed by"),
        related_name="+",
        null=True,
        editable=False,
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)

    workflow = BUDGET
    objects = SchemeBudgetQuerySet.as_manager()

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
            # The rest is written by verbs alone: no form ever shows their words.
            models.CheckConstraint(
                name="budget_proposed_by_someone",
                condition=Q(proposed_by=None, proposed_at=None)
                | Q(proposed_by__isnull=False, proposed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="budget_confirmed_by_another",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                & ~Q(confirmed_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="budget_state_is_signed",
                condition=Q(state="proposed", proposed_at__isnull=False, confirmed_at=None)
                | Q(state="confirmed", proposed_at__isnull=False, confirmed_at__isnull=False)
                | Q(state="confirmed", proposed_at=None, confirmed_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.scheme} {self.year}"

    @property
    def left(self) -> Decimal | None:
        """What can still be committed; None where the year is uncapped."""
        return None if self.amount is None else self.amount - self.committed

    def check_confirmed(self) -> None:
        """Raise ValidationError while the budget is only a proposal."""
        if self.state != BudgetState.CONFIRMED:
            raise ValidationError(
                _now("Ask an administrator to confirm the budget of %(year)s first.")
                % {"year": self.year},
                "unconfirmed",
            )

    def signed_as_proposal(self, *, by, at) -> "SchemeBudget":
        """The budget as this person's proposal, which nobody has confirmed."""
        self.proposed_by, self.proposed_at = by, at
        self.confirmed_by = self.confirmed_at = None
        return self

    @verb
    def propose(self, *, by, at, amount: Decimal | None):
        """Another amount; one that is confirmed already needs no new proposal."""
        if self.state == BudgetState.CONFIRMED and amount == self.amount:
            raise ValidationError({"amount": _now("This amount is confirmed already.")})
        if amount is not None and amount < self.committed:
            told = _now("%(committed)s is committed already.")
            raise ValidationError({"amount": told % {"committed": format_money(self.committed)}})
        self.amount = amount
        self.signed_as_proposal(by=by, at=at)

    @verb
    def confirm(self, *, by, at, amount: Decimal | None):
        """`amount` is what the person has read: nobody confirms one that came meanwhile."""
        if amount != self.amount:
            raise WrongState(_now("Another amount has been proposed meanwhile."))
        self.confirmed_by, self.confirmed_at = by, at

    def proposals(self):
        """What is proposed to be granted from it, and awaits its decision."""
        return Proposal.objects.awaiting_decision().filter(
            purpose=Purpose.GRANT, outcome=Outcome.GRANTED,
            case__application__call__scheme=self.scheme_id,
            case__application__call__budget_year=self.year,
        )  # fmt: skip

    @transaction.atomic
    def carry(self, amount: Decimal, *, by) -> None:
        """Raise BudgetExceeded where the budget cannot carry this besides what is committed and
        proposed. Its row is held until the caller's transaction ends: nobody proposes meanwhile.

        What the person is barred from counts, but nothing of it is told.
        """
        budget = lock(self)
        budget.check_confirmed()
        if budget.left is None:
            return
        proposals = budget.proposals()
        left = budget.left - total(proposals)
        if amount <= left:
            return
        told = _now("The budget of %(year)s cannot carry this.")
        if total(proposals.not_barring(by)) == total(proposals):
            told = _now(
                "The budget of %(year)s has %(left)s left, when what is proposed is counted."
            )
        given = {"year": budget.year, "left": format_money(max(left, Decimal(0)))}
        raise BudgetExceeded({"amount": told % given})

    @transaction.atomic
    def commit(self, amount: Decimal) -> None:
        """Reserve an amount; raise BudgetExceeded, or ValidationError where the budget is not
        confirmed, and change nothing.
        """
        budget = lock(self)
        budget.check_confirmed()
        if budget.left is not None and amount > budget.left:
            raise BudgetExceeded(
                {
                    "amount": _now("The budget of %(year)s has %(left)s left.")
                    % {"year": budget.year, "left": format_money(budget.left)}
                }
            )
        budget.committed += amount
        budget.save(update_fields=["committed"])
