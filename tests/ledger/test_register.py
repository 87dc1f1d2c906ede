"""Looking through the ledger: newest first, by kind, by day, whole entries; the same cost at any length."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from ledger import register
from ledger.clock import Clock
from tests.ledger.drafts import draft, fresh, move
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio


async def test_it_is_read_newest_first_page_by_page(tmp_path: Path) -> None:
    """Each entry stands on one page, and the last page says that it is the last."""
    async with fresh(tmp_path) as book:
        await book.journal.post_all([draft(f"n/{n}", move("bank", "a", n)) for n in range(1, 8)])
        first = await register.newest(book.reader, limit=3)
        assert [one.position for one in first.entries] == [7, 6, 5]
        assert first.entries[0].postings[0].amount == 7
        second = await register.newest(book.reader, before=first.before or 0, limit=3)
        third = await register.newest(book.reader, before=second.before or 0, limit=3)
        assert [one.position for one in (*second.entries, *third.entries)] == [4, 3, 2, 1]
        assert third.before is None


async def test_a_rare_kind_is_looked_for_a_stretch_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A page without a find goes on where it stopped, so that no page reads the whole ledger."""
    monkeypatch.setattr(register, "READ_AT_MOST", 3)
    async with fresh(tmp_path) as book:
        kinds = ["rare", *["move"] * 6]
        drafts = [draft(f"n/{n}", move("bank", "a", 1), kind=kind) for n, kind in enumerate(kinds)]
        await book.journal.post_all(drafts)
        before, seen = register.BEYOND, []
        for _ in range(3):
            part = await register.newest(book.reader, kind="rare", before=before, limit=5)
            seen.append([one.position for one in part.entries])
            before = part.before or 0
        assert (seen, before) == ([[], [], [1]], 0)


async def test_a_day_is_found_by_halving(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The entries recorded between two midnights of the book's zone; a day without any is empty."""
    start = datetime(2026, 11, 1, 15, 30, tzinfo=UTC)  # half past eleven at night in China
    async with fresh(tmp_path) as book:
        for n in range(6):
            monkeypatch.setattr(Clock, "now", lambda _self, n=n: start + timedelta(hours=8 * n))
            await book.journal.post(draft(f"n/{n}", move("bank", "a", 1)))
        found = {}
        for day in range(31, 36):
            on = date(2026, 10, 1) + timedelta(days=day)
            after, before = await register.recorded_on(book.reader, on, book.zone)
            part = await register.newest(book.reader, after=after, before=before)
            found[on.isoformat()] = [one.position for one in part.entries]
    assert found == {
        "2026-11-01": [1],
        "2026-11-02": [4, 3, 2],
        "2026-11-03": [6, 5],
        "2026-11-04": [],
        "2026-11-05": [],
    }


async def test_one_entry_holds_everything(tmp_path: Path) -> None:
    """Its text, its lines with both balances, what it corrects and what corrected it."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 5)))
        await book.journal.post(draft("back", move("a", "bank", 5), reverses="one"))
        one, back = await register.whole(book.reader, 1), await register.whole(book.reader, 2)
        assert one is not None
        assert back is not None
        assert (one.reversed_by, back.reverses) == (2, 1)
        assert b'"reference":"t/one"' in one.body
        line = one.postings[0]
        assert (line.source, line.target, line.source_balance, line.target_balance) == (
            "bank",
            "box/a",
            -5,
            5,
        )
        assert one.touches("box/a")
        assert not one.touches("box/b")
        assert await register.whole(book.reader, 3) is None
        assert await register.whole(book.reader, 10**30) is None


async def test_the_history_of_accounts_goes_on_by_its_last_posting(tmp_path: Path) -> None:
    """Nothing twice, nothing left out."""
    async with fresh(tmp_path) as book:
        await book.journal.post_all([draft(f"n/{n}", move("bank", "a", 1)) for n in range(5)])
        keys = [("box/a", "points")]
        page, older = await register.of_accounts(book.reader, keys, limit=3)
        rest, end = await register.of_accounts(book.reader, keys, before=older or 0, limit=3)
        assert [one.balance for one in (*page, *rest)] == [5, 4, 3, 2, 1]
        assert end is None


async def test_a_page_costs_three_statements(tmp_path: Path) -> None:
    """However many entries stand on it."""
    async with fresh(tmp_path) as book:
        await book.journal.post_all([draft(f"n/{n}", move("bank", "a", 1)) for n in range(20)])
        async with statements_during(book) as one:
            await register.newest(book.reader, limit=1)
        async with statements_during(book) as twenty:
            await register.newest(book.reader, limit=20, kind="move")
        assert len(one) == len(twenty) == 3
