"""Numbers of certificates: read as people write them, found out when they are wrong, not to be guessed."""

from __future__ import annotations

from points.honours import numbers


def test_numbers_are_read_in_groups_and_in_one_piece() -> None:
    """Also with the wide digits of a Chinese keyboard."""
    number = numbers.new()
    assert numbers.read(numbers.shown(number)) == numbers.read(number) == number
    wide = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert numbers.read(f" {wide}\t") == number


def test_a_slip_of_the_pen_is_found() -> None:
    """Every single wrong digit, and every two neighbours exchanged."""
    number = "4827193605841128"
    number = number[:15] + next(d for d in "0123456789" if numbers.read(number[:15] + d))
    for at in range(16):
        for digit in "0123456789":
            wrong = number[:at] + digit + number[at + 1 :]
            assert (numbers.read(wrong) is None) == (digit != number[at])
    for at in range(15):
        swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        assert swapped == number or numbers.read(swapped) is None


def test_what_is_no_number_is_none() -> None:
    """Too short, too long, letters."""
    assert [numbers.read(text) for text in ("", "12", "4" * 17, "abcd1234abcd1234")] == [None] * 4


def test_numbers_do_not_follow_each_other() -> None:
    """A thousand of them are a thousand, and their beginnings are spread."""
    made = [numbers.new() for _ in range(1000)]
    assert len(set(made)) == 1000
    assert len({number[:2] for number in made}) > 50
