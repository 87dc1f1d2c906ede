"""Whole rows asked for with a ready statement are the rows that Tortoise gives."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import selecting
from ledger.book import Book
from points.market.models import Price
from points.market.shift_records import Shift
from tests import books

pytestmark = pytest.mark.anyio


@pytest.fixture
async def book(tmp_path: Path) -> AsyncIterator[Book]:
    """A book with three prices and a shift."""
    async with books.fresh(tmp_path) as fresh:
        async with fresh.write() as db:
            for key, item, day in (
                ("c", 901, "2019-02-01"),
                ("b", 901, "2019-01-01"),
                ("a", 902, "2019-01-01"),
            ):
                await Price.create(using_db=db, id=key, item=item, points=3, from_on=day, set_by="S-0001")
            facts = {"shop": 1, "member": "S-0001", "number": 1, "reference": "shift/1"}
            await Shift.create(using_db=db, id="1", opened_at=datetime(2019, 1, 5, 2, tzinfo=UTC), **facts)
        yield fresh


async def test_rows_are_those_that_tortoise_gives(book: Book) -> None:
    """The same models in the same order, asked once or again, whatever values are named twice; moments are moments."""
    wanted = await Price.filter(item__in=[901, 902]).using_db(book.reader).order_by("from_on", "id")
    for _ in range(2):
        found = await selecting.among(book.reader, Price, "item", [902, 901, 902], order="from_on, id")
        assert [dict(row) for row in found] == [dict(row) for row in wanted]
    assert [row.id for row in found] == ["a", "b", "c"]
    (shift,) = await selecting.every(book.reader, Shift)
    assert shift.opened_at == datetime(2019, 1, 5, 2, tzinfo=UTC)


async def test_no_values_find_nothing_and_a_value_is_never_sql(book: Book) -> None:
    """What somebody typed is compared, not read."""
    assert await selecting.among(book.reader, Price, "item", []) == []
    assert await selecting.among(book.reader, Price, "id", ["' OR 1=1 --"]) == []
    assert selecting.columns(Price, "p").startswith('p."')
