"""The check digit finds what people get wrong."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from points.people import damm

DIGITS = st.text("0123456789", min_size=1, max_size=12)


def test_the_published_example_holds() -> None:
    """572 takes the check digit 4, as in every description of the method."""
    assert damm.check_digit("572") == "4"
    assert damm.is_whole("5724")


def test_the_table_is_a_latin_square_with_zeros_on_its_diagonal() -> None:
    """Each digit once in each row and column; x after x comes to 0."""
    assert all(sorted(line) == list("0123456789") for line in (*damm.TABLE, *zip(*damm.TABLE, strict=True)))
    assert all(damm.TABLE[n][n] == "0" for n in range(10))


@given(DIGITS, st.data())
def test_a_wrong_digit_or_two_exchanged_are_found(digits: str, data: st.DataObject) -> None:
    """Every single slip makes the number not whole."""
    whole = digits + damm.check_digit(digits)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != whole[place]]))
    assert not damm.is_whole(whole[:place] + other + whole[place + 1 :])
    if place and whole[place] != whole[place - 1]:
        assert not damm.is_whole(whole[: place - 1] + whole[place] + whole[place - 1] + whole[place + 1 :])


def test_what_is_no_number_is_not_whole() -> None:
    """Letters and other scripts' digits are refused, not computed with."""
    assert not damm.is_whole("57a4")
    assert not damm.is_whole("٥٧٢٤")
