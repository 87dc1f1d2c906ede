"""Tables as text."""

from __future__ import annotations

import pytest

from points.events.imports import tables
from points.events.imports.errors import BrokenQuotes, LineTooLong, NulCharacter, TooManyRows


def test_the_separator_is_what_the_first_line_has_most_of() -> None:
    """Commas, semicolons or tabs; a BOM is no text."""
    for mark in ",;\t":
        data = f"\ufeff甲{mark}乙\n1{mark}2\n".encode()
        assert list(tables.rows("f", data, "utf-8")) == [["甲", "乙"], ["1", "2"]]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"a\x00b", NulCharacter),
        (b"a\n" * 5_000, TooManyRows),
        (b"a,b\n" + b"," * (tables.LINE_AT_MOST + 1), LineTooLong),
    ],
)
def test_the_shape_is_looked_at_before_anything_is_read(data: bytes, refusal: type[Exception]) -> None:
    """NUL characters, lines by the thousand, a line without an end."""
    with pytest.raises(refusal):
        tables.require_shape("f", data, 1_000)


def test_a_quote_that_nobody_closed_does_not_take_the_rest_of_the_file() -> None:
    """After a hundred lines it is no cell any more."""
    data = b'a,b\n"1\n' + b"x\n" * 500 + b'2",3\n'
    with pytest.raises(BrokenQuotes):
        list(tables.rows("f", data, "utf-8"))
