"""An application's budget: costs on one side, what pays them on the other. They must be equal."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from grants.models.rows import BudgetLine

ZERO = Decimal(0)


@dataclass(frozen=True)
class Balance:
    """Sums in kronor, of what is known so far."""

    costs: Decimal
    applied: Decimal
    own: Decimal
    public: Decimal
    other: Decimal
    partners: Decimal

    @property
    def funding(self) -> Decimal:
        return self.applied + self.own + self.public + self.other + self.partners

    @property
    def lacking(self) -> Decimal:
        """What nobody pays yet; below zero where there is more money than costs."""
        return self.costs - self.funding

    @property
    def surplus(self) -> Decimal:
        return -self.lacking

    def share(self, amount: Decimal) -> Decimal | None:
        """Of the costs, in per cent with one decimal; None where there are none."""
        if not self.costs:
            return None
        return (100 * amount / self.costs).quantize(Decimal("0.1"), ROUND_HALF_UP)


def balance_of(content: dict, *, only_own_costs: bool) -> Balance:
    """Of an application's content, as `grants.parts` reads it.

    The partners' own funding pays a part of the whole project. Where the support covers the
    applicant's own costs only, the partners' costs and what pays them stand outside the budget.
    """
    budget = content["budget"]

    def income(kind) -> Decimal:
        return _sum(line["amount"] for line in budget["incomes"] if line["kind"] == kind)

    funding = _sum(partner["own_funding"] for partner in content["partners"])
    return Balance(
        costs=_sum(line["amount"] for line in budget["costs"]),
        applied=_sum([budget["amount"]]),
        own=income(BudgetLine.Kind.OWN),
        public=income(BudgetLine.Kind.PUBLIC),
        other=income(BudgetLine.Kind.OTHER),
        partners=ZERO if only_own_costs else funding,
    )


def _sum(amounts) -> Decimal:
    return sum((Decimal(amount) for amount in amounts if amount), ZERO)
