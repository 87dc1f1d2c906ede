"""Rows in one run of bytes."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from points.events.imports.rows import BETWEEN, Rows

CELLS = st.lists(st.none() | st.text(st.characters(exclude_characters=BETWEEN), min_size=1), max_size=6)


@given(st.lists(CELLS))
def test_what_is_put_in_comes_out(rows: list[list[str | None]]) -> None:
    """Every cell, surrogates included; only a row without any text comes back as no cells."""
    kept = Rows(rows)
    wanted = [tuple(row) if any(row) else () for row in rows]
    assert list(kept) == wanted
    assert [kept[n] for n in range(len(kept))] == wanted
    assert kept[1:3] == wanted[1:3]


def test_what_stands_between_cells_cannot_make_a_cell() -> None:
    """It becomes another control character, which is said of the row."""
    assert list(Rows([["a\x1fb", "c"]])) == [("a\x1eb", "c")]


def test_blank_rows_leave_the_end_only() -> None:
    """Those between stay, so that the numbers are those people see."""
    kept = Rows([["a"], [], ["b"], [None, None], []])
    kept.drop_blank_end()
    assert list(kept) == [("a",), (), ("b",)]


def test_rows_take_hardly_more_than_their_text() -> None:
    """A hundred thousand rows of ten cells, a tenth of what tuples of texts would take."""
    kept = Rows([[f"{n}"] * 10 for n in range(100_000)])
    assert sum(sys.getsizeof(part) for part in (kept._text, kept._ends)) < 10_000_000
