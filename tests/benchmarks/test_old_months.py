"""What is measured of a month of long ago: a book is made, and each of its months says what moved in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import old_months
from benchmarks.loader import url_of
from ledger.book import Book
from points import district
from points.district import open_district
from points.market import reconciliation
from tests.points.market.counting import steps_of

pytestmark = pytest.mark.anyio


async def test_a_book_is_made_and_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two redemptions a day: every month as many statements, and what it says is what was put in."""
    monkeypatch.setattr(old_months, "PEOPLE", 3)
    monkeypatch.setattr(old_months, "DAYS", 70)
    place = tmp_path / "book.db"
    _count, second, middle, last = await old_months.measure(place, 2, 1)
    assert len(second.statements[0]) >= len(middle.statements[0]) == len(last.statements[0]) > 10
    async with open_district(url_of(place)) as book:
        july = await reconciliation.read(book, old_months.COMMUNITY, "2023-07")
    assert (july.purse.opening, july.purse.flows.spent, july.purse.left) == (
        300_000 - 30 * 2 * 3,
        31 * 2 * 3,
        300_000 - 61 * 2 * 3,
    )
    (shelf,) = july.goods
    assert (shelf.opening, shelf.handed_out, shelf.left) == (800 - 60, 62, 800 - 122)


async def test_a_month_costs_what_it_moved_and_not_what_came_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Five times as long a book, and the second month takes hardly more steps."""
    monkeypatch.setattr(old_months, "PEOPLE", 3)
    steps = []
    for days in (70, 350):
        monkeypatch.setattr(old_months, "DAYS", days)
        place = tmp_path / f"{days}.db"
        await district.migrate(place)
        async with open_district(url_of(place)) as book:
            await old_months.make(book, 12)

            async def asked(book: Book = book) -> None:
                await reconciliation.read(book, old_months.COMMUNITY, "2023-07")

            steps.append(await steps_of(book, asked))
    assert steps[1] < 1.5 * steps[0], steps
