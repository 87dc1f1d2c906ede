"""Which event a repeat repeats."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from ledger.book import Book
from points.events.imports import repeats
from points.events.imports.columns import Record
from points.events.imports.events import FACTS, NewEvent

NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)


def event(number: int, place: str, *, after: int, repeat: bool = False) -> tuple[Record, NewEvent]:
    """An event so many hours after noon."""
    new = NewEvent(
        source="city",
        external_id=str(number),
        category="E",
        facts=tuple("路面" for _ in FACTS),
        area=None,
        occurred_at=NOON + timedelta(hours=after),
        steps=(),
        place=place,
        is_repeat=repeat,
    )
    return Record(number, {}, ()), new


@pytest.mark.anyio
async def test_it_is_the_last_before_it_at_the_same_place(book: Book) -> None:
    """Not one elsewhere, not one after it, and not itself."""
    part = [
        event(1, "甲街", after=0),
        event(2, "甲街", after=2),
        event(3, "乙街", after=3),
        event(4, "甲街", after=5),
        event(5, "甲街", after=4, repeat=True),
        event(6, "丙街", after=4, repeat=True),
    ]
    found = {new.external_id: new.repeats for _, new in await repeats.resolved(book, part)}
    assert found["5"] == part[1][1].key
    assert [found[n] for n in "12346"] == [None] * 5
