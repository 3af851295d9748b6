"""What partners are proposed, and why: sums that add up, orders that do not drift."""

from dataclasses import fields, replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.site.matching import (
    Facts,
    Likeness,
    Thing,
    Weights,
    What,
    Wish,
    Word,
    alike,
    nearness,
    propose,
    within,
)

HOME = (12.65, 58.22)
DANCE, FILM, CRAFTS, OPERA = (Thing(name, name) for name in ("dans", "film", "konst", "opera"))
THINGS = st.frozensets(st.sampled_from([DANCE, FILM, CRAFTS, OPERA]))
PLACES = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
NAMES = st.text("aåäöz ", max_size=4)
WEIGHTS = st.builds(Weights, **{field.name: st.integers(0, 5) for field in fields(Weights)})
WISHES = st.builds(
    Wish,
    home=st.just(HOME),
    **dict.fromkeys(("challenges", "strengths", "seeks", "offers", "perspectives"), THINGS),
    words=st.lists(st.builds(Word, st.sampled_from(["a", "åz", "dans"]), THINGS), max_size=3).map(
        tuple
    ),
)
FACTS = st.builds(
    Facts,
    slug=st.sampled_from("abcdefgh"),
    name=NAMES,
    text=NAMES,
    place=st.none() | PLACES,
    **dict.fromkeys(
        ("challenges", "strengths", "offers", "seeks", "perspectives", "networks"), THINGS
    ),
    agreement_in_force=st.booleans(),
    earlier_agreement=st.booleans(),
    awards=st.integers(0, 9),
)
PARTNERS = st.lists(FACTS, max_size=5, unique_by=lambda partner: partner.slug)

# A busy machine may take its time.
few = settings(max_examples=40, deadline=None)


@few
@given(PARTNERS, WISHES, WEIGHTS, st.randoms(use_true_random=False))
def test_the_order_the_partners_come_in_does_not_matter(partners, wish, weights, random):
    shuffled = random.sample(partners, len(partners))
    assert propose(shuffled, wish, weights) == propose(partners, wish, weights)
    if partners:
        one = partners[0]
        assert alike(one, shuffled, weights, 3) == alike(one, partners, weights, 3)


@few
@given(PARTNERS, WISHES, WEIGHTS)
def test_a_score_is_the_exact_sum_of_its_printed_reasons(partners, wish, weights):
    for match in propose(partners, wish, weights):
        printed = [(r.weight, str(r.times), str(r.points)) for r in match.reasons]
        for weight, times, points in printed:
            assert Decimal(points) == weight * Decimal(times)
            assert Decimal(points) > 0
            assert Decimal(points) * 10 % 1 == 0
        assert Decimal(str(match.score)) == sum(Decimal(points) for *_rest, points in printed)


@few
@given(PARTNERS, WISHES, WEIGHTS)
def test_geography_does_not_decide_until_somebody_says_so(partners, wish, weights):
    weights = replace(weights, distance=0)
    elsewhere = [replace(partner, place=antipode(partner.place)) for partner in partners]

    def told(found):
        return [(match.partner.slug, match.score, match.reasons) for match in found]

    assert told(propose(elsewhere, wish, weights)) == told(propose(partners, wish, weights))


def antipode(place):
    return place and (place[0] - 180 if place[0] > 0 else place[0] + 180, -place[1])


@few
@given(PARTNERS, WISHES, WEIGHTS, st.sampled_from([field.name for field in fields(Weights)]))
def test_a_higher_weight_never_lowers_a_score(partners, wish, weights, name):
    raised = replace(weights, **{name: min(5, getattr(weights, name) + 1)})
    before = {match.partner.slug: match.score for match in propose(partners, wish, weights)}
    after = {match.partner.slug: match.score for match in propose(partners, wish, raised)}
    assert before.keys() <= after.keys()
    assert {slug: score for slug, score in before.items() if after[slug] < score} == {}


@few
@given(PARTNERS, WISHES, WEIGHTS)
def test_who_answers_nothing_is_not_proposed(partners, wish, weights):
    besides = {What.IN_FORCE, What.EARLIER, What.AWARDS, What.NETWORKS, What.NEARNESS}
    for match in propose(partners, wish, weights):
        assert {reason.what for reason in match.reasons} - besides
    assert propose(partners, Wish(HOME), weights) == []


@given(st.floats(0, 20_020), st.floats(0, 20_020))
def test_nearer_is_never_less_near(a, b):
    nearer, farther = sorted((a, b))
    assert 0 <= nearness(farther) <= nearness(nearer) <= 1


def told(match):
    return [
        (reason.what, reason.times, tuple(reason.named), reason.points) for reason in match.reasons
    ]


def test_each_kind_of_reason_is_told_with_what_it_names():
    partner = Facts(
        "malmo", "Malmö", text="malmö", place=(13.0, 55.6), challenges={FILM, DANCE},
        strengths={CRAFTS}, offers={OPERA}, seeks={OPERA}, perspectives={DANCE}, networks={FILM},
        agreement_in_force=True, earlier_agreement=True, awards=3,
    )  # fmt: skip
    wish = Wish(
        HOME, challenges={DANCE, FILM, CRAFTS}, strengths={DANCE}, seeks={OPERA}, offers={OPERA},
        perspectives={DANCE, CRAFTS}, words=(Word("malm"), Word("x", {CRAFTS}), Word("y")),
    )  # fmt: skip
    [match] = propose([partner], wish, Weights(distance=2))
    half = Decimal("0.5")
    assert told(match) == [
        (What.SHARED_CHALLENGES, 2, ("dans", "film"), 6),
        (What.THEIR_STRENGTHS, 1, ("konst",), 3),
        (What.YOUR_STRENGTHS, 1, ("dans",), 3),
        (What.THEY_OFFER, 1, ("opera",), 2),
        (What.THEY_SEEK, 1, ("opera",), 2),
        (What.SHARED_PERSPECTIVES, 1, ("dans",), 1),
        (What.WORDS, 2, ("malm", "x"), 4),
        (What.IN_FORCE, 1, (), 1),
        (What.EARLIER, half, (), half),
        (What.AWARDS, half, ("3",), half),
        (What.NETWORKS, 1, ("film",), 1),
        (What.NEARNESS, 1, ("292",), 2),
    ]
    assert match.score == 26


def test_equal_sums_stand_in_swedish_order_and_equal_names_by_address():
    names = ("Öland", "Åbo", "Zürich", "Ängelholm", "Arvika", "Åbo")
    partners = [Facts(f"p{n}", name, strengths={DANCE}) for n, name in enumerate(names)]
    found = propose(partners, Wish(HOME, challenges={DANCE}), Weights())
    assert [match.partner.slug for match in found] == ["p4", "p2", "p1", "p5", "p3", "p0"]


def test_a_limit_in_kilometres_leaves_out_the_far_and_the_unknown():
    near, far = Facts("near", "Near", place=(13.0, 55.6)), Facts("far", "Far", place=(-99.2, 19.4))
    unknown = Facts("unknown", "Unknown")
    assert within([far, unknown, near], HOME, 500) == [near]
    assert within([far, unknown, near], HOME, 20_100) == [far, near]


def test_those_most_alike_have_most_in_common_and_never_are_the_same():
    one = Facts("one", "One", strengths={DANCE, FILM}, challenges={OPERA}, networks={CRAFTS})
    others = [
        one,
        Facts("a", "A", strengths={DANCE, FILM}),
        Facts("b", "B", strengths={DANCE}, networks={CRAFTS}),
        Facts("c", "C", challenges={DANCE}),
        Facts("d", "D", challenges={OPERA}),
    ]
    assert [(m.partner.slug, m.score, told(m)) for m in alike(one, others, Weights(), most=2)] == [
        ("a", 6, [(Likeness.STRENGTHS, 2, ("dans", "film"), 6)]),
        (
            "b",
            4,
            [(Likeness.STRENGTHS, 1, ("dans",), 3), (Likeness.NETWORKS, 1, ("konst",), 1)],
        ),
    ]


@pytest.mark.parametrize(("km", "share"), [(0, 1), (1999, 1), (2000, "0.9"), (20_015, 0)])
def test_nearness_falls_by_a_tenth_for_each_two_thousand_kilometres(km, share):
    assert nearness(km) == Decimal(share)
