"""The number of a slip says when it was misread. Pure."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.market.slips import numbers
from points.market.slips.errors import BadSlipNumber
from points.market.slips.numbers import Number

NUMBERS = st.builds(Number, st.integers(1, 999), st.integers(1, 700), st.integers(1, 9999))


@given(NUMBERS)
def test_a_number_is_read_back_however_it_is_typed(number: Number) -> None:
    """With and without strokes, small letters, full width."""
    shown = number.shown
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalnum() else c for c in shown)
    for typed in (shown, shown.lower(), shown.replace("-", ""), shown.replace("-", " "), f" {wide} "):
        assert numbers.read(typed, number.shop) == number
    assert numbers.of_slip(number.slip) == number


@given(NUMBERS, st.data())
def test_one_wrong_digit_and_two_exchanged_are_noticed(number: Number, data: st.DataObject) -> None:
    """Each of the five digits, and each two neighbours."""
    shown = number.shown
    places = [place for place, c in enumerate(shown) if c.isdigit()]
    place = data.draw(st.sampled_from(places))
    wrong = data.draw(st.sampled_from([d for d in "0123456789" if d != shown[place]]))
    with pytest.raises(BadSlipNumber):
        numbers.read(shown[:place] + wrong + shown[place + 1 :], number.shop)
    first = data.draw(st.sampled_from(places[:3]))
    a, b = shown[first], shown[first + 1]
    if a != b:
        with pytest.raises(BadSlipNumber):
            numbers.read(shown[:first] + b + a + shown[first + 2 :], number.shop)


def test_a_slip_of_the_next_shop_is_none_here() -> None:
    """A shop's number in which one digit differs."""
    shown = Number(3, 1, 7).shown
    for shop in (1, 2, 4, 5, 9):
        with pytest.raises(BadSlipNumber):
            numbers.read(shown, shop)


@pytest.mark.parametrize(
    "text", ["", "A", "A-0007", "A-00074-", "I-0007-4", "A-0000-0", "7", "A-0007-44", "甲-0007-4"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    """With what was typed in the sentence."""
    with pytest.raises(BadSlipNumber):
        numbers.read(text, 1)


def test_series_are_named_like_columns_without_letters_that_are_misread() -> None:
    """A to Z without I, O and Q, then AA."""
    assert [numbers.name_of(n) for n in (1, 8, 9, 23, 24, 47)] == ["A", "H", "J", "Z", "AA", "BA"]
    assert all(numbers.series_of(numbers.name_of(n)) == n for n in range(1, 2000))
