"""The pure parts: who is proposed what, and what the scores say together."""

from decimal import Decimal
from fractions import Fraction
from statistics import median as naive_median

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grants import assigning
from grants.scoring import Line, Summary, rounded

SOME = st.sets(st.integers(1, 12), min_size=1, max_size=12)
PEOPLE = st.sets(st.integers(101, 106), min_size=1, max_size=6)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(SOME, PEOPLE, st.data(), st.integers(1, 3))
def test_each_gets_as_many_as_may_and_nobody_what_they_are_barred_from(some, people, data, each):
    pairs = st.sets(st.tuples(st.sampled_from(sorted(some)), st.sampled_from(sorted(people))))
    barred = data.draw(pairs)
    assigned = data.draw(pairs) - barred
    found = assigning.propose(some, people, barred=barred, assigned=assigned, each=each)
    shuffled = data.draw(st.permutations(sorted(some)))
    again = assigning.propose(shuffled, sorted(people)[::-1], barred=sorted(barred),
                              assigned=sorted(assigned), each=each)  # fmt: skip
    assert found == again
    assert not set(found) & (barred | assigned)
    whole = set(found) | assigned
    for one in some:
        there = sum(what == one for what, _who in assigned)
        free = [who for who in people if (one, who) not in barred | assigned]
        assert sum(what == one for what, _who in found) == min(max(each - there, 0), len(free))
    load = {who: sum(one == who for _what, one in whole) for who in people}
    # No single move would make the loads more even.
    for what, who in found:
        for other in people - {who}:
            if (what, other) not in barred | whole:
                assert load[who] - load[other] <= 1
    if not barred and not assigned:
        assert max(load.values()) - min(load.values()) <= 1


def test_loads_are_evened_out_through_a_third_person():
    """Whoever has too many can give to nobody but one who has as many, who in turn can."""
    barred = {(4, 1), (5, 1), (6, 1), (1, 3), (2, 3), (3, 3)}
    found = assigning.propose([1, 2, 3, 4, 5, 6], [1, 2, 3], barred=barred, each=1)
    assert sorted(who for _what, who in found) == [1, 1, 2, 2, 3, 3]


SCORES = st.integers(1, 5)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.integers(1, 9), st.lists(SCORES, min_size=3, max_size=3)), min_size=1))
def test_the_summary_is_what_a_naive_reckoning_says(rows):
    lines = tuple(Line(key, weight, tuple(scores)) for key, (weight, scores) in enumerate(rows))
    summary = Summary(lines, 3)
    wholes = [
        Fraction(sum(scores[place] for weight, scores in rows for _ in range(weight)),
                 sum(weight for weight, _scores in rows))
        for place in range(3)
    ]  # fmt: skip
    assert list(summary.wholes) == wholes
    assert summary.mean == sum(wholes) / 3
    assert summary.median == naive_median(wholes)
    assert summary.spread == max(wholes) - min(wholes)
    for line, (_weight, scores) in zip(lines, rows, strict=True):
        assert line.median == naive_median(scores)
        assert line.mean == Fraction(sum(scores), 3)
        assert line.spread == max(scores) - min(scores)
        apart = {n for n, one in enumerate(scores) if abs(one - naive_median(scores)) >= 2}
        assert line.apart == apart
    assert summary.apart == {place for line in lines for place in line.apart}


def test_what_is_missing_counts_nowhere_and_halves_round_up():
    line = Line(1, 1, (2, None, 5))
    assert (line.median, line.spread, line.apart) == (Fraction(7, 2), 3, frozenset())
    empty = Summary((Line(1, 1, (None,)),), 1)
    assert (empty.mean, empty.median, empty.spread, empty.wholes) == (None, None, None, (None,))
    assert rounded(Fraction(1, 8)) == Decimal("0.13")
    assert rounded(None) is None
