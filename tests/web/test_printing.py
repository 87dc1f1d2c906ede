"""How often a receipt was printed: counted from one, each press once, each receipt by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.books import fresh
from web import printing

NOW = datetime(2026, 11, 22, 2, 0, tzinfo=UTC)


@pytest.mark.anyio
async def test_each_press_is_one_print_of_one_receipt(tmp_path: Path) -> None:
    """The key of another's press, or of another receipt, is another press."""
    async with fresh(tmp_path) as book:
        presses = [(7, "S-1", "a"), (7, "S-1", "a"), (7, "S-1", "b"), (8, "S-1", "a"), (7, "S-2", "a")]
        numbers = [
            await printing.note(book, position, by=by, key=key, now=NOW) for position, by, key in presses
        ]
        assert numbers == [1, 1, 2, 1, 3]
        assert [await printing.count(book, position) for position in (7, 8, 9)] == [3, 1, 0]
