import re
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import example, given
from hypothesis import strategies as st

from portal.core.money import CENT, LARGEST, MoneyFormField, format_money, parse_money

AMOUNTS = st.decimals(min_value=CENT, max_value=LARGEST, places=2)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1000", "1000"),
        ("1 000", "1000"),
        ("1\u00a0000", "1000"),
        ("1\u202f000\u2009000", "1000000"),
        ("1 000,50", "1000.50"),
        ("1000,5", "1000.50"),
        ("1000.50", "1000.50"),
        ("1 000.50", "1000.50"),
        ("0,01", "0.01"),
        (" 12 500 kr ", "12500"),
        ("12500kr.", "12500"),
        ("12 500 SEK", "12500"),
        ("9999999999,99", "9999999999.99"),
    ],
)
def test_amounts_as_people_write_them(text, amount):
    assert parse_money(text) == Decimal(amount)


@pytest.mark.parametrize(
    "text",
    [
        "1,000.50", "1.000,50", "1,000", "1.000", "1_000", "１００", "٣", "+5", "1e3", "5%", "",
        "kr", "1 00", "10 0000", "1000 000", "1,", ",5", "1,5,0", "1 000,505", "fem", "NaN",
        "Infinity", "1\n000", "1\t000", "1\x00", "0x10", "5 \u212ar", "--5", "- 5", "1" * 41,
    ],
)  # fmt: skip
def test_what_could_be_read_in_two_ways_or_none_is_refused(text):
    with pytest.raises(ValidationError) as error:
        parse_money(text)
    assert error.value.code == "ambiguous"


@pytest.mark.parametrize("text", ["-5", "-1 000,50", "-1000.5 kr"])
def test_a_negative_amount_is_told_so(text):
    with pytest.raises(ValidationError) as error:
        parse_money(text)
    assert error.value.code == "negative"


@pytest.mark.parametrize(
    "text", ["10000000000", "99999999999", "1 000 000 000 000", "9" * 40, "99999999999,50 kr"]
)
def test_a_too_large_amount_is_told_so(text):
    with pytest.raises(ValidationError) as error:
        parse_money(text)
    assert error.value.code == "too_large"


@given(AMOUNTS, st.sampled_from(["sv", "en"]))
def test_what_is_written_is_read_back(amount, language):
    with translation.override(language):
        assert parse_money(format_money(amount)) == amount
        assert parse_money(MoneyFormField().prepare_value(amount)) == amount


@given(AMOUNTS, st.sampled_from(["sv", "en"]), st.sampled_from(["sv", "en"]))
def test_what_is_written_in_one_language_is_read_alike_in_the_other(amount, written, read):
    with translation.override(written):
        text = format_money(amount)
    with translation.override(read):
        assert parse_money(text) == amount


def readings(text: str) -> set[Decimal]:
    """Every amount the text may mean, whichever marks its writer uses for thousands and cents."""
    found = set()
    for thousands, cents in [(" ", ","), (" ", "[.]"), ("[.]", ","), (",", "[.]")]:
        whole = rf"\d+|\d{{1,3}}(?:{thousands}\d{{3}})+"
        if match := re.fullmatch(rf"({whole})(?:{cents}(\d+))?", text):
            found.add(Decimal(re.sub(r"\D", "", match[1]) + "." + (match[2] or "0")))
    return found


@given(st.text(alphabet="0123456789,. ", min_size=1, max_size=14))
@example("1,000")
@example("1.000")
@example("1 000,5")
def test_what_is_accepted_has_one_reading_only(text):
    try:
        amount = parse_money(text)
    except ValidationError:
        return
    assert readings(text.strip()) == {amount}


def test_the_reader_above_does_see_two_meanings():
    assert readings("1,000") == {Decimal(1), Decimal(1000)}


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_never_breaks(text):
    try:
        amount = parse_money(text)
    except ValidationError:
        return
    assert Decimal(0) <= amount <= LARGEST
    assert text.isprintable() or text.strip().isprintable()


def test_a_very_long_text_is_refused_at_once():
    with pytest.raises(ValidationError):
        parse_money("1" + " " * 1_000_000 + "x")


@pytest.mark.parametrize(
    ("amount", "language", "text"),
    [
        (Decimal("12500.00"), "sv", "12\u00a0500\u00a0kr"),
        (Decimal("12500.00"), "en", "12\u00a0500\u00a0kr"),
        (Decimal("1000.50"), "sv", "1\u00a0000,50\u00a0kr"),
        (Decimal("1000.50"), "en", "1\u00a0000.50\u00a0kr"),
        (Decimal(0), "sv", "0\u00a0kr"),
        (None, "sv", ""),
    ],
)
def test_amounts_as_people_read_them(amount, language, text):
    with translation.override(language):
        assert format_money(amount) == text


class TestTheField:
    @pytest.mark.parametrize("text", ["0", "0,00", "-5"])
    def test_asks_for_more_than_zero(self, text):
        with pytest.raises(ValidationError) as error:
            MoneyFormField().clean(text)
        assert error.value.code == "negative"

    def test_empty_is_none_where_it_may_be(self):
        assert MoneyFormField(required=False).clean(" ") is None
        with pytest.raises(ValidationError):
            MoneyFormField().clean("")

    @pytest.mark.parametrize(
        ("data", "changed"), [("1 000", False), ("1000,00", False), ("1 001", True), ("x", True)]
    )
    def test_another_way_of_writing_is_no_change(self, data, changed):
        assert MoneyFormField().has_changed(Decimal("1000.00"), data) is changed

    def test_shows_again_what_was_typed(self):
        assert MoneyFormField().prepare_value("1,000.50") == "1,000.50"
