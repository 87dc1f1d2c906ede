"""What a book asks of its engine, on both: one writer, all or nothing, and a reader that neither waits nor writes."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from ledger.models import LedgerCheckpoint
from tests import books
from tests.attack import consistency
from tests.ledger.drafts import CHART, draft, fresh, move

pytestmark = pytest.mark.anyio


def row(size: int) -> LedgerCheckpoint:
    """A row of its own."""
    return LedgerCheckpoint(size=size, root=b"\0" * 32, note="note", signed_at="now")


async def test_a_write_is_all_or_nothing(tmp_path: Path) -> None:
    """What raises inside leaves nothing; what ends is there for the reader at once, and stays."""
    async with fresh(tmp_path) as book:
        with suppress(ZeroDivisionError):
            async with book.write() as db:
                await LedgerCheckpoint.bulk_create([row(1), row(2)], using_db=db)
                raise ZeroDivisionError
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 0
        async with book.write() as db:
            await LedgerCheckpoint.bulk_create([row(1), row(2)], using_db=db)
            await row(3).save(using_db=db, force_create=True)
            assert await LedgerCheckpoint.all().using_db(book.reader).count() == 0, (
                "the reader saw half of it"
            )
            assert await LedgerCheckpoint.all().using_db(db).count() == 3
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 3


async def test_writers_come_one_after_another(tmp_path: Path) -> None:
    """Many tasks that read and then write: none overwrites what another saw."""
    async with fresh(tmp_path) as book:

        async def add() -> None:
            async with book.write() as db:
                count = await LedgerCheckpoint.all().using_db(db).count()
                await asyncio.sleep(0)
                await row(count).save(using_db=db, force_create=True)

        await asyncio.gather(*(add() for _ in range(20)))
        sizes = (
            await LedgerCheckpoint.all().using_db(book.reader).order_by("size").values_list("size", flat=True)
        )
        assert list(sizes) == list(range(20))


async def test_the_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    """A page is drawn while a batch is being written."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 1)))
        async with book.write() as db, asyncio.timeout(2):
            await row(1).save(using_db=db, force_create=True)
            await asyncio.gather(*(consistency.check_book(book) for _ in range(4)))


async def test_a_batch_knows_what_is_there(tmp_path: Path) -> None:
    """The head, the known reference, the account and what a reversal may give back, loaded in the transaction."""
    async with fresh(tmp_path) as book:
        given = draft("give", move("bank", "a", 5))
        receipt = await book.journal.post(given)
        back = draft("back", move("a", "bank", 5), reverses="give")
        async with book.engine.write():
            state = await book.engine.batch(CHART).load([given, back])
        assert (state.position, state.recorded_at) == (1, receipt.recorded_at)
        assert state.references["t/give"].receipt.leaf == receipt.leaf
        assert (state.accounts["box/a", "points"].version, state.accounts["box/a", "points"].balance) == (
            1,
            5,
        )
        assert state.originals["t/give"].gave == {("bank", "points"): 5}
        assert not state.originals["t/give"].reversed


async def test_where_a_book_is_can_be_shown(tmp_path: Path) -> None:
    """A file's path, or a server without whoever logs in there."""
    async with fresh(tmp_path) as book:
        assert book.engine.dialect == books.engine
        assert "@" not in book.engine.place
        assert "book" in book.engine.place
