"""A district's book: opened with our chart, migrated from nothing, in the zone that decides which day it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from ledger.errors import BookDamaged
from points import district
from points.chart import CHART
from points.district import open_district
from tests import books

pytestmark = pytest.mark.anyio


async def test_a_book_is_made_migrated_and_opened(tmp_path: Path) -> None:
    """From an absent file, with our chart; migrating again changes nothing."""
    path = tmp_path / "book.db"
    await district.migrate(path)
    await district.migrate(path)
    async with open_district(f"sqlite://{path}") as book:
        assert book.chart is CHART
        assert str(book.zone) == "Asia/Shanghai"
        rows = await book.reader.execute_query_dict("SELECT count(*) AS n FROM ledger_transaction")
        assert rows[0]["n"] == 0


async def test_the_zone_decides_the_day(tmp_path: Path) -> None:
    """The same instant is another day elsewhere."""
    url = await books.make(tmp_path)
    async with open_district(url, zone="Pacific/Kiritimati") as east:
        eastern = east.today()
    async with open_district(url, zone="Pacific/Niue") as west:
        assert eastern - west.today() in (timedelta(days=1), timedelta(days=2))


@pytest.mark.parametrize("content", [b"not a database at all", b"SQLite format 3\x00" + bytes(100)])
async def test_what_is_no_database_is_not_migrated(tmp_path: Path, content: bytes) -> None:
    """It is refused, and stays as it was."""
    path = tmp_path / "book.db"
    path.write_bytes(content)
    with pytest.raises(BookDamaged, match=r"book\.db"):
        await district.migrate(path)
    assert path.read_bytes() == content
