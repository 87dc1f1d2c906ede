"""Parts of lists: forwards and back without a row lost or twice, whatever the key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from tortoise.queryset import QuerySet

from ledger.book import Book
from points import paging
from points.market.shift_records import Shift
from points.market.slips.records import SlipBatch
from points.paging import FIRST, Part, Turn
from tests import books
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """A book with eleven batches of slips, and five shifts of which two began at the same moment."""
    async with books.fresh(tmp_path) as book:
        batches = [
            SlipBatch(
                id=f"{n:032x}",
                shop=1,
                series=n,
                count=1,
                printed_by="S-0001",
                printed_on="2026-11-22",
                reference=f"x/{n}",
            )
            for n in range(1, 12)
        ]
        at = book.now()
        shifts = [
            Shift(id=f"1.S-000{n}.1", shop=1, member=f"S-000{n}", number=1, opened_at=at, reference=f"s/{n}")
            for n in range(5)
        ]
        async with book.write() as db:
            await SlipBatch.bulk_create(batches, using_db=db)
            await Shift.bulk_create(shifts, using_db=db)
        yield book


def batches(book: Book) -> QuerySet[SlipBatch]:
    """The batches of the shop."""
    return SlipBatch.filter(shop=1).using_db(book.reader)


async def _all(rows: Any, *, on: str, **how: Any) -> list[Part[Any]]:
    """Every part from the first to the last."""
    parts = [await paging.part(rows, FIRST, **how)]
    while parts[-1].on:
        parts.append(await paging.part(rows, Turn(**{on: parts[-1].on}), **how))
    return parts


async def test_every_row_is_on_one_part_and_the_way_back_shows_the_same_parts(book: Book) -> None:
    """Eleven rows by four, the greatest first: 11–8, 7–4, 3–1; and back."""
    parts = await _all(batches(book), on="before", by=("series",), limit=4)
    assert [[row.series for row in part] for part in parts] == [[11, 10, 9, 8], [7, 6, 5, 4], [3, 2, 1]]
    assert [bool(part.back) for part in parts] == [False, True, True]
    back = await paging.part(batches(book), Turn(after=parts[2].back or ""), by=("series",), limit=4)
    assert [row.series for row in back] == [7, 6, 5, 4]
    first = await paging.part(batches(book), Turn(after=back.back or ""), by=("series",), limit=4)
    assert ([row.series for row in first], first.back, first.on) == ([11, 10, 9, 8], None, "8")


async def test_a_rising_list_turns_the_other_way(book: Book) -> None:
    """The least first; what is greater comes on, what is less lies back."""
    parts = await _all(batches(book), on="after", by=("series",), limit=5, rising=True)
    assert [[row.series for row in part] for part in parts] == [[1, 2, 3, 4, 5], [6, 7, 8, 9, 10], [11]]
    back = await paging.part(
        batches(book), Turn(before=parts[2].back or ""), by=("series",), limit=5, rising=True
    )
    assert ([row.series for row in back], bool(back.back), bool(back.on)) == ([6, 7, 8, 9, 10], True, True)


async def test_rows_of_one_moment_are_told_apart_by_their_keys(book: Book) -> None:
    """Five shifts that began at the same moment, two on a part: nobody is left out."""
    rows = Shift.filter(shop=1).using_db(book.reader)
    parts = await _all(rows, on="before", by=("opened_at", "id"), limit=2)
    assert [row.member[-1] for part in parts for row in part] == ["4", "3", "2", "1", "0"]
    assert [len(part) for part in parts] == [2, 2, 1]


@pytest.mark.parametrize("key", ["zehn", "9" * 40, "", "2026-11-22T00:00:00"])
async def test_a_key_that_is_none_is_the_beginning(book: Book, key: str) -> None:
    """Typed into an address by hand: the list is shown from its beginning, and nothing falls over."""
    found = await paging.part(batches(book), Turn(before=key), by=("series",), limit=4)
    assert ([row.series for row in found], found.back) == ([11, 10, 9, 8], None)
    shifts = Shift.filter(shop=1).using_db(book.reader)
    assert len(await paging.part(shifts, Turn(before=key), by=("opened_at", "id"))) == 5


async def test_beyond_the_last_row_there_is_nothing_and_no_way_on(book: Book) -> None:
    """An old address: an empty part."""
    found = await paging.part(batches(book), Turn(before="1"), by=("series",))
    assert (len(found), found.back, found.on) == (0, None, None)


async def test_a_part_is_one_statement(book: Book) -> None:
    """Wherever it lies."""
    async with statements_during(book) as seen:
        await paging.part(batches(book), Turn(before="5"), by=("series",), limit=2)
    assert len(seen) == 1
