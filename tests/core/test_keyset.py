import base64
import json
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.models import Agreement
from grants.models import Call
from partners.models import Partner
from portal.cases.models import Case
from portal.core.keyset import InvalidCursor, keyset_page
from portal.core.models import Perspective

ANY = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def walk(queryset, size):
    """All pages forwards, then all backwards from the last one, as lists of rows."""
    forwards, cursor = [], None
    while True:
        page = keyset_page(queryset, cursor, size)
        forwards.append(page.items)
        if page.next is None:
            break
        cursor = page.next
    backwards = [page.items]
    while page.previous is not None:
        page = keyset_page(queryset, page.previous, size)
        backwards.insert(0, page.items)
    return forwards, backwards


def rows(pages):
    return [row for page in pages for row in page]


@pytest.fixture
def partners(db):
    names = [
        "Öland",
        "Älvsborg",
        "Åland",
        "ale",
        "Zagreb",
        "Ålesund",
        "Arboga",
        "Ängelholm",
        "Åland",
    ]
    return Partner.objects.bulk_create(
        Partner(slug=f"p{number}", name_sv=name, country="SE", publication="published")
        for number, name in enumerate(names)
    )


@pytest.mark.parametrize("size", [1, 2, 3, 4, 8, 9, 20])
def test_every_row_is_visited_once_in_swedish_order(partners, size):
    forwards, backwards = walk(Partner.objects.alphabetical(), size)
    names = [partner.name for partner in rows(forwards)]
    assert names == [
        "ale", "Arboga", "Zagreb", "Åland", "Åland", "Ålesund", "Älvsborg", "Ängelholm", "Öland",
    ]  # fmt: skip
    assert backwards == forwards


@pytest.mark.parametrize("order", [("closes_at", "pk"), ("-closes_at", "-pk")])
def test_rows_a_microsecond_apart_and_rows_alike_are_kept_apart(scheme, order):
    moment = datetime(2026, 3, 15, 23, 59, 59, 123456, tzinfo=UTC)
    moments = [
        moment,
        moment,
        moment + timedelta(microseconds=1),
        moment - timedelta(microseconds=1),
    ]
    Call.objects.bulk_create(
        Call(
            scheme=scheme, slug=f"c{number}", name_sv="Omgång", budget_year=2026,
            opens_at=moment - timedelta(days=1), closes_at=closes_at,
        )
        for number, closes_at in enumerate(moments)
    )  # fmt: skip
    calls = Call.objects.order_by(*order)
    forwards, backwards = walk(calls, 1)
    assert rows(forwards) == list(calls)
    assert backwards == forwards


def test_unsigned_agreements_come_last_and_are_not_lost(db):
    for number, signed_on in enumerate([None, date(2014, 6, 1), None, date(2009, 1, 1)]):
        case = Case.objects.create(kind="agreement", title="Avtal")
        Agreement.objects.create(
            slug=f"a{number}", case=case, kind="programme", signed_on=signed_on
        )
    forwards, backwards = walk(Agreement.objects.latest_first(), 1)
    assert [agreement.slug for agreement in rows(forwards)] == ["a1", "a3", "a2", "a0"]
    assert backwards == forwards


def test_rows_that_come_and_go_meanwhile_do_not_shift_the_pages(partners):
    first = keyset_page(Partner.objects.alphabetical(), None, 3)
    first.items[0].delete()
    Partner.objects.create(slug="new", name_sv="Aaaa", country="SE")
    second = keyset_page(Partner.objects.alphabetical(), first.next, 3)
    assert [partner.name for partner in second.items] == ["Åland", "Åland", "Ålesund"]


@pytest.mark.parametrize("order", [("name_sv", "pk"), ("order", "-pk"), (F("order"), "pk")])
def test_an_ordering_that_could_lose_rows_is_the_programmers_mistake(db, order):
    with pytest.raises(ImproperlyConfigured):
        keyset_page(Perspective.objects.order_by(*order), None, 10)


def cursor_of(parts):
    text = json.dumps(parts, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode(errors="surrogatepass")).decode().rstrip("=")


PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates().map(str)


@ANY
@given(st.text(min_size=1) | st.binary(min_size=1).map(lambda raw: base64.b64encode(raw).decode()))
def test_garbage_is_no_cursor(db, garbage):
    with pytest.raises(InvalidCursor):
        keyset_page(Partner.objects.alphabetical(), garbage, 10)


@ANY
@given(st.lists(PLAIN | st.lists(PLAIN), max_size=6))
def test_json_of_another_shape_is_no_cursor(db, parts):
    with pytest.raises(InvalidCursor):
        keyset_page(Call.objects.order_by("-closes_at", "-pk"), cursor_of(parts), 10)


@ANY
@given(PLAIN, PLAIN)
def test_values_that_no_row_has_are_refused_or_harmless(db, moment, pk):
    cursor = cursor_of([0, ["-closes_at", "-pk"], moment, pk])
    try:
        page = keyset_page(Call.objects.order_by("-closes_at", "-pk"), cursor, 10)
    except InvalidCursor:
        return
    assert page.items == []


@pytest.mark.parametrize(
    "values",
    [
        ["0001-01-01T00:00:00+14:00", 1],
        ["2026-01-01T00:00:00+01:00", 1],
        ["2026-01-01T00:00:00", 1],
        ["２０２６-01-01T00:00:00+00:00", 1],
        ["2026-01-01T00:00:00+00:00", True],
        ["2026-01-01T00:00:00+00:00", 2**64],
        ["2026-01-01T00:00:00+00:00", "1"],
        ["2026-01-01T00:00:00+00:00"],
    ],
)
def test_near_misses_are_refused(db, values):
    cursor = cursor_of([0, ["-closes_at", "-pk"], *values])
    with pytest.raises(InvalidCursor):
        keyset_page(Call.objects.order_by("-closes_at", "-pk"), cursor, 10)


def test_text_that_cannot_be_stored_is_refused(db):
    cursor = cursor_of([0, ["sort_name", "pk"], "a\x00", 1])
    with pytest.raises(InvalidCursor):
        keyset_page(Partner.objects.alphabetical(), cursor, 10)


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1E+400", "1.234", "１０"])
def test_numbers_that_are_no_amounts_are_refused(awarded, amount):
    cursor = cursor_of([0, ["-amount", "-pk"], amount, 1])
    with pytest.raises(InvalidCursor):
        keyset_page(type(awarded).objects.order_by("-amount", "-pk"), cursor, 10)


def test_an_amount_with_two_decimals_is_read(awarded):
    awards = type(awarded).objects.order_by("-amount", "-pk")
    cursor = cursor_of([0, ["-amount", "-pk"], str(Decimal("15000.01")), 1])
    assert keyset_page(awards, cursor, 10).items == [awarded]


def test_a_cursor_fits_its_own_ordering_only(partners):
    cursor = keyset_page(Partner.objects.order_by("slug", "pk"), None, 2).next
    assert cursor
    with pytest.raises(InvalidCursor):
        keyset_page(Partner.objects.order_by("-slug", "-pk"), cursor, 2)
