"""The journal answers in order, all that it took, and says at once when it cannot take more."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from ledger import journal, statements
from ledger.errors import BelowFloor, Busy, ReadOnly, RowConflict
from ledger.journal import BATCH
from ledger.models import LedgerCheckpoint
from ledger.transactions import Draft, Receipt
from tests.attack import consistency
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio


async def test_many_are_written_in_order_and_fall_alone(tmp_path: Path) -> None:
    """More than a batch: positions follow the order asked, refusals stand in their places, progress is told."""
    drafts = [draft(f"{n:05}", move("bank", "a", 1)) for n in range(BATCH + 100)]
    drafts[300] = draft("low", move("c", "a", 1))
    told: list[tuple[int, int]] = []
    async with fresh(tmp_path) as book:
        answers = await book.journal.post_all(drafts, progress=lambda done, of: told.append((done, of)))
        assert await consistency.check_book(book) == BATCH + 99
    assert isinstance(answers.pop(300), BelowFloor)
    assert [answer.position for answer in answers if isinstance(answer, Receipt)] == list(
        range(1, BATCH + 100)
    )
    assert told == [(BATCH, BATCH + 100), (BATCH + 100, BATCH + 100)]


async def test_a_row_in_the_way_is_a_refusal_in_its_place(tmp_path: Path) -> None:
    """post_all returns it among the receipts, and post_together of it raises it, writing nothing."""

    def with_row(n: int, size: int) -> Draft:
        row = LedgerCheckpoint(size=size, root=b"\0" * 32, note="note", signed_at="now")
        return draft(f"{n:03}", move("bank", "a", 1), rows=(row,))

    async with fresh(tmp_path) as book:
        answers = await book.journal.post_all(
            [with_row(n, 7 if n in {0, 300} else n + 10) for n in range(BATCH)]
        )
        assert [n for n, answer in enumerate(answers) if isinstance(answer, RowConflict)] == [300]
        with pytest.raises(RowConflict):
            await book.journal.post_together([with_row(BATCH + 20, BATCH + 20), with_row(BATCH + 21, 7)])
        assert await consistency.check_book(book) == BATCH - 1


async def test_a_full_queue_says_busy_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a writer that is held up, so many wait and the next is turned away; those who wait are served."""
    monkeypatch.setattr(journal, "QUEUE", 5)
    async with fresh(tmp_path) as book:
        async with book.write():
            first = asyncio.ensure_future(book.journal.post(draft("first", move("bank", "a", 1))))
            await asyncio.sleep(0.01)
            waiting = [
                asyncio.ensure_future(book.journal.post(draft(f"{n}", move("bank", "a", 1))))
                for n in range(5)
            ]
            await asyncio.sleep(0)
            with pytest.raises(Busy):
                await book.journal.post(draft("more", move("bank", "a", 1)))
        assert [(await task).position for task in [first, *waiting]] == [1, 2, 3, 4, 5, 6]


async def test_a_cancelled_caller_s_posting_stands(tmp_path: Path) -> None:
    """It can be asked for by its reference, and posting it again answers with the first receipt."""
    async with fresh(tmp_path) as book:
        one = draft("1", move("bank", "a", 1))
        task = asyncio.ensure_future(book.journal.post(one))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await book.journal.post(draft("2", move("bank", "a", 1)))
        known = await statements.known(book.reader, ["t/1"])
        assert known["t/1"].position == 1
        assert (await book.journal.post(one)) == known["t/1"]


async def test_what_is_acknowledged_is_seen_by_every_other_connection(tmp_path: Path) -> None:
    """When post returns, a reader finds the text; there is no delay."""
    async with fresh(tmp_path) as book:
        for n in range(1, 20):
            receipt = await book.journal.post(draft(f"{n}", move("bank", "a", 1)))
            assert receipt.position == n
            assert await statements.balance(book.reader, "box/a") == n


async def test_nothing_together_is_nothing(tmp_path: Path) -> None:
    """An empty group and an empty list have empty answers."""
    async with fresh(tmp_path) as book:
        assert await book.journal.post_together([]) == []
        assert await book.journal.post_all([]) == []


async def test_a_book_that_is_read_only_says_why(tmp_path: Path) -> None:
    """Whoever sets the reason stops the journal and every other writer of the book."""
    async with fresh(tmp_path) as book:
        book.journal.read_only = "检查点对不上"
        with pytest.raises(ReadOnly, match="检查点对不上"):
            await book.journal.post(draft("1", move("bank", "a", 1)))
        with pytest.raises(ReadOnly, match="检查点对不上"):
            async with book.write():
                pass
