"""Member numbers follow each other."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import numbers
from tests.points.people import village


@pytest.mark.anyio
async def test_volunteers_and_staff_are_numbered_apart(book: Book) -> None:
    """V-000001 and S-0001 are the first of their kind, and each series goes on by itself."""
    assert await numbers.following(book.reader, "V") == "V-000001"
    people = [
        await village.enrol(book, name, kind=kind)
        for name, kind in (("王秀兰", "volunteer"), ("李梅", "staff"), ("赵敏", "resident"))
    ]
    assert [someone.number for someone in people] == ["V-000001", "S-0001", "V-000002"]
    assert await numbers.following(book.reader, "S") == "S-0002"
    assert await numbers.last(book.reader, "V") == 2
