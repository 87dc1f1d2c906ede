"""What is measured of a fund's month: a book is made, moves as it says, and everything is asked of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import fund_months
from benchmarks.loader import url_of
from points.awards import fund_flows
from points.district import open_district

pytestmark = pytest.mark.anyio


async def test_a_book_is_made_and_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of forty movements twenty are awards, eight are spent; a month beside it has a twentieth of them."""
    monkeypatch.setattr(fund_months, "COMMUNITIES", 8)
    place = tmp_path / "book.db"
    asked = await fund_months.measure(place, 400, 1)
    assert [len(one.statements[0]) for one in asked] == [1, 5, 5, 5, 3, 7]
    async with open_district(url_of(place)) as book:
        long, short = fund_months.MONTHS[fund_months.LONG], fund_months.MONTHS[0]
        all_of_it = [await fund_flows.read(book, fund_months.DISTRICT, month) for month in (long, short)]
    assert [(each.awarded, each.vested, each.spent, each.fen) for each in all_of_it] == [
        (400, 240, 80, 8_000),
        (20, 12, 4, 400),
    ]
