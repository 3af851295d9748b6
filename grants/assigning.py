"""Who assesses what: a proposal with even loads; nobody gets what they are barred from.

Pure: the same question always has the same answer, in whatever order it is asked.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable

Pair = tuple[int, int]  # (application, assessor)

EACH = 2


def propose(
    applications: Iterable[int],
    assessors: Iterable[int],
    *,
    barred: Iterable[Pair] = (),
    assigned: Iterable[Pair] = (),
    each: int = EACH,
) -> list[Pair]:
    """What to add so that every application has `each` assessors, where so many may assess it.

    What is assigned already stays, and counts.
    """
    plan = _Plan(sorted(set(assessors)), set(barred), set(assigned))
    asked = sorted(set(applications))
    # Those that fewest may assess choose first.
    for application in sorted(asked, key=lambda one: (len(plan.free_for(one)), one)):
        plan.fill(application, each)
    plan.even_out()
    return sorted(plan.added)


class _Plan:
    def __init__(self, assessors: list[int], barred: set[Pair], assigned: set[Pair]):
        self.assessors, self.barred, self.assigned = assessors, barred, assigned
        self.loads = Counter(who for _what, who in assigned)
        self.there = Counter(what for what, _who in assigned)
        self.added: set[Pair] = set()

    def may(self, application: int, assessor: int) -> bool:
        """Neither barred from it nor given it already."""
        pair = (application, assessor)
        return pair not in self.barred and pair not in self.assigned and pair not in self.added

    def free_for(self, application: int) -> list[int]:
        return [one for one in self.assessors if self.may(application, one)]

    def fill(self, application: int, each: int) -> None:
        free = sorted(self.free_for(application), key=lambda one: (self.loads[one], one))
        for assessor in free[: max(each - self.there[application], 0)]:
            self.added.add((application, assessor))
            self.loads[assessor] += 1

    def even_out(self) -> None:
        """Move what was added from who has more to who has less, as long as that helps.

        Each move makes the loads more even, so that it comes to an end.
        """
        while way := self._way_down():
            for application, giver, taker in way:
                self.added.remove((application, giver))
                self.added.add((application, taker))
            self.loads[way[0][1]] -= 1
            self.loads[way[-1][2]] += 1

    def _way_down(self) -> list[tuple[int, int, int]]:
        """Steps (application, from, to) from an assessor to one with at least two fewer."""
        loads, mine = self.loads, defaultdict(list)
        for application, assessor in sorted(self.added):
            mine[assessor].append(application)
        for start in sorted(self.assessors, key=lambda one: (-loads[one], one)):
            ways: dict[int, list[tuple[int, int, int]]] = {start: []}
            queue = deque([start])
            while queue:
                giver = queue.popleft()
                if loads[giver] <= loads[start] - 2:
                    return ways[giver]
                for taker in self.assessors:
                    movable = next((what for what in mine[giver] if self.may(what, taker)), None)
                    if taker not in ways and movable is not None:
                        ways[taker] = [*ways[giver], (movable, giver, taker)]
                        queue.append(taker)
        return []
