"""The balance of both sides equals what is counted by hand, on a page and by the database."""

from collections import Counter
from datetime import date

import pytest

from agreements.balance import Total, balance_of, counted_balance
from agreements.balancechart import years_chart
from agreements.ledgerrows import with_public_commitments
from agreements.models import Agreement, Commitment
from partners.models import Partner
from portal.cases.models import Case

TODAY = date(2026, 3, 1)


@pytest.fixture
def ledger(pledge, ours, theirs, agreement, perspectives, officer, now, draft_version):
    """Nine commitments, counted by hand below; a draft's counts nowhere."""
    residents, knowledge, *_others = perspectives
    body = Partner.objects.create(slug="kiv", name_sv="KiV", kind="own_body", country="SE")
    body = agreement.parties.create(partner=body)

    def do(commitment, verb, *days):
        for day in days:
            getattr(commitment, verb)(by=officer, at=now, done_on=day, evidence="Syns")

    do(pledge(ours, residents, due_on=date(2024, 6, 1)), "fulfil", date(2025, 2, 1))
    pledge(ours, residents, knowledge, due_on=date(2026, 2, 28))  # late
    pledge(body, knowledge).begin(by=officer, at=now)  # no day, and ours
    pledge(ours, residents, state="dropped", dropped_because="Lokalen såldes", due_on=TODAY)
    yearly = pledge(theirs, knowledge, due_on=date(2024, 12, 31), rhythm="yearly")
    do(yearly, "fulfil_once", date(2024, 12, 1), date(2025, 12, 1))
    pledge(theirs, due_on=date(2027, 1, 1), is_public=False)
    replaced = pledge(theirs, residents, due_on=date(2025, 1, 1), rhythm="yearly")
    do(replaced, "fulfil_once", date(2024, 12, 24))
    replaced.be_changed(by=officer, at=now)
    pledge(ours, version=draft_version, due_on=date(2020, 1, 1))
    return Commitment.objects.of_signed_versions()


def test_counted_by_hand(ledger, perspectives):
    balance = counted_balance(ledger, TODAY)
    residents, knowledge = perspectives[0].pk, perspectives[1].pk
    assert balance.states == {
        "ours": {"done": 1, "promised": 1, "under_way": 1, "dropped": 1},
        "theirs": {"under_way": 1, "promised": 1, "changed": 1},
    }
    assert dict(balance.late) == {"ours": 1, "theirs": 0}
    assert balance.done == {"ours": {2025: 1}, "theirs": {2024: 2, 2025: 1}}
    assert balance.due == {
        "ours": {2024: 1, 2026: 1},
        "theirs": {2024: 1, 2025: 2, 2026: 1, 2027: 1},
    }
    assert balance.serving == {
        "ours": {residents: 2, knowledge: 2},
        "theirs": {residents: 1, knowledge: 1},
    }
    assert {side: +kept for side, kept in balance.kept.items()} == {
        "ours": {residents: 1},
        "theirs": {knowledge: 1},
    }
    assert balance.total("ours") == Total(
        live=2, late=1, times_done=1, promised=1, under_way=1, done=1, changed=0, dropped=1
    )


def test_the_page_s_count_is_the_database_s(ledger):
    counted = counted_balance(ledger, TODAY)
    read = balance_of(ledger.for_page(), TODAY)
    for name in ("states", "due", "done", "serving", "kept"):
        by_side = getattr(read, name)
        assert {s: +c for s, c in getattr(counted, name).items()} == {
            s: +c for s, c in by_side.items()
        }, name
    assert +counted.late == +read.late == Counter(ours=1)


def test_rows_are_counted_as_models_are(ledger, agreement):
    public = Commitment.objects.public()
    with_public_commitments([agreement])
    assert balance_of(agreement.public_commitments, TODAY) == balance_of(public.for_page(), TODAY)
    assert 0 < len(agreement.public_commitments) == public.count() < ledger.count()


def test_rows_stand_with_their_own_agreement(ledger, agreement, line):
    case = Case.objects.create(kind="agreement", title="Annat")
    other = Agreement.objects.create(slug="other", case=case, kind="programme", line=line)
    with_public_commitments([other, agreement])
    assert other.public_commitments == []
    assert {row.agreement for row in agreement.public_commitments} == {agreement.pk}


def test_the_database_is_asked_four_times(ledger, django_assert_num_queries):
    with django_assert_num_queries(4):
        counted_balance(ledger, TODAY)


def test_late_are_those_whose_day_has_passed_also_of_a_rhythm(ledger, yearly):
    assert list(ledger.late(TODAY).longest_awaited_first().values_list("awaited", flat=True)) == [
        date(2023, 12, 31),
        date(2026, 2, 28),
    ]


def test_a_year_holds_what_is_awaited_and_what_was_done_in_it(ledger):
    found = {year: ledger.of_year(year).count() for year in (2023, 2024, 2025, 2026, 2027)}
    # 2024: the first (due), the yearly one (done) and the replaced one (done).
    # 2026: the late one, the dropped one, and the next time of both that repeat.
    assert found == {2023: 0, 2024: 3, 2025: 2, 2026: 4, 2027: 1}


def test_sides_and_perspectives_select(ledger, perspectives):
    assert (ledger.ours().count(), ledger.theirs().count()) == (4, 3)
    assert ledger.serving(perspectives[1:2]).count() == 3
    assert ledger.serving(perspectives[:2]).count() == 7


def test_the_chart_has_a_bar_for_each_number_and_a_row_for_each_year(ledger):
    chart = years_chart(counted_balance(ledger, TODAY))
    assert [row.name for row in chart.rows] == ["2024", "2025", "2026", "2027"]
    pairs = [(row.ours.due, row.ours.done, row.theirs.due, row.theirs.done) for row in chart.rows]
    assert pairs == [(1, 0, 1, 2), (0, 1, 2, 1), (1, 0, 1, 0), (0, 0, 1, 0)]
    assert len(chart.bars) == sum(number > 0 for pair in pairs for number in pair)
    left, right = map(float, chart.axes)
    for bar in chart.bars:
        ends = float(bar.x), float(bar.x) + float(bar.width)
        assert left in ends or right in ends
        assert 0 <= ends[0] < ends[1] <= chart.width


def test_without_anything_due_or_done_there_is_no_chart(db):
    assert years_chart(balance_of([], TODAY)) is None
