"""What stood when a day ended is what all entries of days by then add up to, whenever they were recorded."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ledger import day_ends, statements
from ledger.book import Book
from ledger.clock import Clock
from tests.ledger.drafts import draft, fresh, move
from tests.points.market.counting import steps_of

pytestmark = pytest.mark.anyio
FIRST = date(2026, 11, 1)
BOXES = "SELECT a.id, a.address FROM ledger_account AS a WHERE a.unit = ? AND a.address LIKE 'box/%'"


async def live(book: Book, monkeypatch: pytest.MonkeyPatch, days: int, daily: int, *, strays: bool) -> None:
    """So many entries on each day, by a clock that runs with them; some for a day before or after it."""
    seed = random.Random(7)
    for n in range(days):
        at = datetime(2026, 11, 1, 2, tzinfo=UTC) + timedelta(days=n)
        monkeypatch.setattr(Clock, "now", lambda _self, at=at: at)
        drafts = []
        for each in range(daily):
            off = seed.choice([0, 0, 0, -1, -4, 2]) if strays else 0
            between = ("bank", "a") if each % 3 else ("bank", "b")
            on = FIRST + timedelta(days=n + off)
            drafts.append(draft(f"{n}/{each}", move(*between, seed.randint(1, 9)), on=on))
            if n and each % 5 == 0:
                drafts.append(draft(f"{n}/{each}/back", move("a", "b", 1), on=on))
        await book.journal.post_all(drafts)


async def test_it_is_what_all_entries_of_days_by_then_add_up_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On every day, before the first and after the last one, with entries for other days than their own."""
    async with fresh(tmp_path) as book:
        await live(book, monkeypatch, 9, 12, strays=True)
        for n in range(-6, 14):
            on = FIRST + timedelta(days=n)
            found = await day_ends.sums(book.reader, BOXES, ["points"], on, book.zone)
            added = await statements.balances_on(book.reader, "box/", on)
            assert found == {address: amount for (address, _), amount in added.items()}, on
        assert await day_ends.sums(book.reader, BOXES, ["honour"], FIRST, book.zone) == {}


async def test_what_came_since_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eight times as much later takes a few steps more to halve, not eight times as many."""
    steps = []
    for days in (4, 32):
        async with fresh(tmp_path, f"{days}.db") as book:
            if book.engine.dialect == "postgres":
                return
            await live(book, monkeypatch, days, 60, strays=False)

            async def asked(book: Book = book) -> None:
                await day_ends.sums(book.reader, BOXES, ["points"], FIRST + timedelta(days=1), book.zone)

            steps.append(await steps_of(book, asked))
    assert steps[1] < 3 * steps[0], steps
