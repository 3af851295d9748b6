"""The balance of what both sides have undertaken and done, as numbers.

It is counted in two ways that give the same: from commitments that a page has read anyway, or by
the database for all of them at once.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from agreements.models import Fulfilment
from agreements.workflow import LIVE_COMMITMENT, CommitmentState

SIDES = ("ours", "theirs")


def _by_side() -> dict[str, Counter]:
    return {side: Counter() for side in SIDES}


@dataclass(frozen=True)
class Balance:
    """Numbers by side, `ours` and `theirs`.

    A commitment with a rhythm is due once for each time it has been done, and for the next time.
    What a new version has replaced, or was dropped, is awaited no more, but what was done stays.
    """

    states: dict[str, Counter] = field(default_factory=_by_side)  # by state
    late: Counter = field(default_factory=Counter)
    due: dict[str, Counter] = field(default_factory=_by_side)  # times, by year
    done: dict[str, Counter] = field(default_factory=_by_side)  # times, by year
    serving: dict[str, Counter] = field(default_factory=_by_side)  # by the perspective's key
    kept: dict[str, Counter] = field(default_factory=_by_side)  # by the perspective's key

    @property
    def years(self) -> list[int]:
        found = set()
        for by_year in (*self.due.values(), *self.done.values()):
            found |= by_year.keys()
        return sorted(found)

    def total(self, side: str) -> "Total":
        states = self.states[side]
        return Total(
            live=live(states),
            late=self.late[side],
            times_done=sum(self.done[side].values()),
            **{state: states[state] for state in CommitmentState.values},
        )


def live(states: Counter) -> int:
    """Of commitments counted by state: how many are to be done."""
    return sum(states[state] for state in LIVE_COMMITMENT)


@dataclass(frozen=True)
class Total:
    """What one side's commitments stand at; `times_done` counts each time of a rhythm."""

    live: int
    late: int
    times_done: int
    promised: int
    under_way: int
    done: int
    changed: int
    dropped: int


def balance_of(commitments: Iterable, on: date) -> Balance:
    """Counted from commitments that have been read for a page, as models or as rows."""
    balance = Balance()
    for commitment in commitments:
        side = commitment.side
        balance.states[side][commitment.state] += 1
        balance.late[side] += commitment.is_late(on)
        for fulfilment in commitment.noted:
            balance.done[side][fulfilment.done_on.year] += 1
            if fulfilment.due_on:
                balance.due[side][fulfilment.due_on.year] += 1
        if commitment.is_live and commitment.awaited_on:
            balance.due[side][commitment.awaited_on.year] += 1
        if commitment.is_live or commitment.state == CommitmentState.DONE:
            for perspective in commitment.serves:
                balance.serving[side][perspective.pk] += 1
                balance.kept[side][perspective.pk] += bool(commitment.noted)
    return balance


def counted_balance(commitments, on: date) -> Balance:
    """Counted by the database in four questions, whatever the number of commitments."""
    balance = Balance()
    for side, state, count, late in commitments.by_state(on):
        balance.states[side][state] = count
        balance.late[side] += late
    fulfilments = Fulfilment.objects.filter(commitment__in=commitments.order_by().values("pk"))
    for side, due, done, count in fulfilments.by_years():
        balance.done[side][done] += count
        if due:
            balance.due[side][due] += count
    for side, year, count in commitments.awaited_by_year():
        balance.due[side][year] += count
    for side, perspective, count, kept in commitments.by_perspective():
        balance.serving[side][perspective] = count
        balance.kept[side][perspective] = kept
    return balance
