"""Transactions on a file: all of them or nothing, whoever leaves, and none that nobody knows of."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.models import LedgerCheckpoint
from ledger.sqlite_engine import SqliteEngine
from ledger.sqlite_transactions import at_once
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio

_VALUES = {"size": 0, "root": bytes(32), "note": "n", "signed_at": "s"}


def _insert(bare: sqlite3.Connection) -> None:
    bare.execute("INSERT INTO ledger_checkpoint VALUES (:size, :root, :note, :signed_at)", _VALUES)


async def test_work_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    """What it wrote is rolled back in the same visit, and the next transaction begins as if it had never been."""

    def work(bare: sqlite3.Connection) -> None:
        _insert(bare)
        raise ZeroDivisionError

    async with fresh(tmp_path) as book:
        engine = _engine(book)
        with pytest.raises(ZeroDivisionError):
            await at_once(engine.turnstile, engine.writer, work)
        assert not engine.writer.begun
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 0
        assert (await book.journal.post(draft("next", move("bank", "a", 1)))).position == 1


async def test_work_is_kept_when_it_ends(tmp_path: Path) -> None:
    """Another connection sees it once `at_once` has returned."""
    async with fresh(tmp_path) as book:
        engine = _engine(book)
        await at_once(engine.turnstile, engine.writer, _insert)
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 1


async def test_a_statement_still_on_its_way_is_undone_with_the_rest(tmp_path: Path) -> None:
    """Whoever is cancelled has left a statement to the connection's thread: the rollback comes after it, not before."""
    loop, held, go_on = asyncio.get_running_loop(), asyncio.Event(), threading.Event()

    def hold(_: sqlite3.Connection) -> None:
        loop.call_soon_threadsafe(held.set)
        go_on.wait()

    async def write(book: Book) -> None:
        async with book.write() as client:
            holding = asyncio.ensure_future(_engine(book).writer.visit(hold))
            await held.wait()
            try:
                await LedgerCheckpoint(**_VALUES).save(using_db=client, force_create=True)
            finally:
                loop.call_soon(go_on.set)
                assert not holding.done(), "the row was written before its writer left"

    async with fresh(tmp_path) as book:
        writing = asyncio.ensure_future(write(book))
        async with asyncio.timeout(5):
            await held.wait()
            for _ in range(10):
                await asyncio.sleep(0)
            writing.cancel()
            await asyncio.wait([writing])
        assert writing.cancelled()
        assert (await book.journal.post(draft("next", move("bank", "a", 1)))).position == 1
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 0


def _engine(book: Book) -> SqliteEngine:
    assert isinstance(book.engine, SqliteEngine)
    return book.engine
