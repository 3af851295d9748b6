"""The public commitments of a page of agreements, read as rows: thousands of models would cost more
to make than all that is told of them.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from agreements.models import Agreement, Commitment, Fulfilment
from agreements.models.commitments import Undertaken
from portal.core.models import Perspective


@dataclass(slots=True)
class CommitmentRow(Undertaken):
    """As a commitment that has been read `for_page`, as far as balance and open data ask."""

    pk: int
    agreement: int
    side: str
    text_sv: str | None
    text_en: str | None
    exchange: str
    due_on: date | None
    next_on: date | None
    rhythm: str
    state: str
    invented: bool
    serves: list[Perspective]
    noted: list


def with_public_commitments(agreements: list[Agreement]) -> list[Agreement]:
    """The agreements, each with its rows as `public_commitments`: in four questions for all."""
    commitments = Commitment.objects.public().of(agreements)
    keys = commitments.order_by().values("pk")
    serves, noted = _serves(keys), _noted(keys)
    rows = defaultdict(list)
    for values in commitments.in_rows():
        row = CommitmentRow(*values, serves=serves[values[0]], noted=noted[values[0]])
        rows[row.agreement].append(row)
    for agreement in agreements:
        agreement.public_commitments = rows[agreement.pk]
    return agreements


def _serves(keys) -> dict[int, list[Perspective]]:
    """The perspectives of each commitment, in their own order."""
    claims = Commitment.perspectives.through.objects.filter(commitment__in=keys)
    by_perspective = _gathered(claims.order_by("pk").values_list("perspective", "commitment"))
    pairs = ((pk, one) for one in Perspective.objects.all() for pk in by_perspective[one.pk])
    return _gathered(pairs)


def _noted(keys) -> dict[int, list]:
    fulfilments = Fulfilment.objects.filter(commitment__in=keys).order_by("done_on", "pk")
    rows = fulfilments.values_list("commitment", "due_on", "done_on", named=True)
    return _gathered((row.commitment, row) for row in rows)


def _gathered(pairs: Iterable[tuple]) -> dict[int, list]:
    lists = defaultdict(list)
    for key, value in pairs:
        lists[key].append(value)
    return lists
