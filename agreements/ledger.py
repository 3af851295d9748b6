"""What an agreement's page tells of its mutuality: commitments, exchanges, closed reviews."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.formats import number_format

from agreements.balance import Balance, Total, balance_of
from agreements.balancechart import DivergingChart, years_chart
from agreements.models import Agreement, Commitment
from agreements.workflow import CommitmentState
from partners.models import Partner
from portal.core.region import committee_name

OWN = Partner.Kind.OWN_BODY
# What is to be done stands first, what will not be done last.
_ORDER = [
    CommitmentState.UNDER_WAY,
    CommitmentState.PROMISED,
    CommitmentState.DONE,
    CommitmentState.DROPPED,
    CommitmentState.CHANGED,
]


@dataclass(frozen=True)
class Side:
    name: str
    commitments: list[Commitment]
    total: Total

    @property
    def has_many_parties(self) -> bool:
        return len({commitment.party_id for commitment in self.commitments}) > 1


class Ledger:
    """The public part of an agreement's ledger, on a day; false where there is nothing to tell."""

    def __init__(self, agreement: Agreement, on: date):
        self.agreement, self.on = agreement, on
        found = list(agreement.commitments.public().for_page())  # type: ignore[attr-defined]
        for commitment in found:
            commitment.late = commitment.is_late(on)
        self.commitments = sorted(found, key=self._place)
        self.exchanges = list(agreement.exchanges.public())  # type: ignore[attr-defined]
        self.reviews = list(agreement.reviews.closed())  # type: ignore[attr-defined]

    def __bool__(self):
        return bool(self.commitments or self.exchanges or self.reviews)

    def _place(self, commitment: Commitment):
        day = commitment.awaited_on or date.max
        return (_ORDER.index(commitment.state), day, commitment.pk)  # type: ignore[arg-type]

    @property
    def invented(self) -> bool:
        return any(row.invented for row in (*self.commitments, *self.exchanges, *self.reviews))

    @cached_property
    def balance(self) -> Balance:
        return balance_of(self.commitments, self.on)

    @cached_property
    def names(self) -> tuple[str, str]:
        counterparts = [
            partner for partner in self.agreement.public_partners if partner.kind != OWN
        ]
        return committee_name(), ", ".join(map(str, counterparts))

    @property
    def sides(self) -> list[Side]:
        return [
            Side(
                name,
                [one for one in self.commitments if one.side == side and not one.is_replaced],
                self.balance.total(side),
            )
            for side, name in zip(("ours", "theirs"), self.names, strict=True)
        ]

    @property
    def replaced(self) -> list[Commitment]:
        return [commitment for commitment in self.commitments if commitment.is_replaced]

    @property
    def chart(self) -> DivergingChart | None:
        return years_chart(self.balance)

    @property
    def participants(self) -> dict[str, str]:
        """In all exchanges together, as numbers are written."""
        sums = {
            "ours": sum(exchange.participants_ours for exchange in self.exchanges),
            "theirs": sum(exchange.participants_theirs for exchange in self.exchanges),
            "audience": sum(exchange.audience or 0 for exchange in self.exchanges),
        }
        return {
            name: number_format(count, force_grouping=True) for name, count in sums.items() if count
        }
