"""Which row had a key first."""

from __future__ import annotations

import tracemalloc

from points.events.imports.firsts import Firsts


def test_the_first_row_of_a_key_is_told_to_every_later_one() -> None:
    """Keys differ by every character, and a row that is the first of its key is told itself."""
    firsts = Firsts()
    asked = [("a", 1), ("A", 2), ("a", 3), ("a ", 4), ("", 5), ("", 6), ("a", 7)]
    assert [firsts.of(key, row) for key, row in asked] == [1, 2, 1, 4, 5, 5, 1]


def test_keys_take_no_memory() -> None:
    """Fifty thousand of them are in a file, none in Python's memory."""
    tracemalloc.start()
    firsts = Firsts()
    assert all(firsts.of(f"{n:020}", n) == n for n in range(50_000))
    assert tracemalloc.get_traced_memory()[0] < 100_000
    tracemalloc.stop()
