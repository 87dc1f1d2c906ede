"""What is there already: nothing in a book without events, and no statement for no event."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.events.imports import known_events
from tests import books

pytestmark = pytest.mark.anyio


async def test_a_new_book_knows_no_event(tmp_path: Path) -> None:
    """No event of a source, no step, no batch that was withdrawn."""
    async with books.fresh(tmp_path) as book:
        assert await known_events.there(book, "egova", ["1"]) == {}
        assert await known_events.taken(book, []) == {}
        assert await known_events.withdrawn(book) == set()
