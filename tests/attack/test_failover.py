"""The primary is killed under load and its synchronous standby promoted: nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from ledger.book import Book
from ledger.errors import Busy, OutcomeUnknown
from ledger.postgres import address_of
from ledger.postgres_engine import PostgresEngine
from tests import books, postgres
from tests.attack import consistency
from tests.figures import figure
from tests.ledger.drafts import APPS, CHART, draft, move, open_book
from tests.postgres import Server

pytestmark = [pytest.mark.anyio, pytest.mark.attack, pytest.mark.needs("postgresql")]
CALLERS = 8
STANDBYS = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'quorum'"


async def until(true: Callable[[], Awaitable[Any]]) -> None:
    """Ask every 20 ms, for 20 s at most."""
    for _ in range(1000):
        if await true():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come")


@asynccontextmanager
async def pair() -> AsyncIterator[tuple[Server, Server]]:
    """A primary with one migrated book, whose commits wait for its standby."""
    with postgres.folder() as folder:
        first, second = Server(folder / "first"), Server(folder / "second")
        first.make()
        first.start()
        try:
            connection = await asyncpg.connect(first.dsn())
            await connection.execute("CREATE DATABASE city")
            await books.migrate(address(first))
            second.copy(first)
            second.start()
            await connection.execute("ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'")
            await connection.execute("SELECT pg_reload_conf()")
            await until(partial(connection.fetchval, STANDBYS))
            await connection.close()
            yield first, second
        finally:
            first.stop(signal.SIGKILL)
            second.stop(signal.SIGKILL)


def address(*servers: Server) -> str:
    """A book's address that names them all."""
    hosts = ",".join(str(server.socket) for server in servers)
    return f"postgres://postgres@/city?host={hosts}&schema=book&target_session_attrs=read-write"


class Load:
    """Callers who post one after another; what each was answered, and when."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.answers: list[tuple[float, str, Any]] = []
        self.over = False

    async def run(self) -> None:
        """Until it is over."""
        await asyncio.gather(*(self._caller(number) for number in range(CALLERS)))

    async def _caller(self, number: int) -> None:
        step = 0
        while not self.over:
            one = draft(f"{number}/{step:06}", move("bank", f"m{number}", 1))
            try:
                answer: Any = await self.book.journal.post(one)
            except (Busy, OutcomeUnknown) as error:
                answer = error
            self.answers.append((time.monotonic(), one.reference, answer))
            step += 1

    async def answered_after(self, moment: float) -> float:
        """When the first receipt was given after a moment; 0 while there is none."""
        return min(
            (at for at, _, a in self.answers if at > moment and not isinstance(a, Exception)), default=0
        )

    def acknowledged(self) -> dict[str, bytes]:
        """The leaf each caller was told, by reference."""
        return {reference: a.leaf for _, reference, a in self.answers if not isinstance(a, Exception)}


async def kill_and_promote(first: Server, second: Server) -> None:
    """The standby stops hearing, so that what is being committed is on the primary alone; then that is killed."""
    connection = await asyncpg.connect(second.dsn())
    receiver = await connection.fetchval("SELECT pid FROM pg_stat_wal_receiver")
    os.kill(receiver, signal.SIGSTOP)
    await asyncio.sleep(0.1)
    first.stop(signal.SIGKILL)
    for last in (signal.SIGTERM, signal.SIGCONT):  # it ends without reading what still lies in its socket
        os.kill(receiver, last)
    await connection.fetchval("SELECT pg_promote()")
    await connection.close()


async def lost(load: Load, book: Book) -> list[str]:
    """What somebody was told is written, and is not, or is something else."""
    rows = await book.reader.execute_query_dict("SELECT reference, leaf FROM ledger_transaction")
    there = {row["reference"]: row["leaf"] for row in rows}
    return [reference for reference, leaf in load.acknowledged().items() if there.get(reference) != leaf]


async def attacked() -> tuple[list[str], Load, float]:
    """One round: what was lost, the load, and the seconds from the kill to the first new answer."""
    asyncio.get_running_loop().set_exception_handler(
        lambda _loop, _context: None
    )  # asyncpg, see test_postgres_engine
    async with pair() as (first, second), open_book(address(first, second), chart=CHART, apps=APPS) as book:
        load = Load(book)
        running = asyncio.ensure_future(load.run())
        await asyncio.sleep(1)
        killed = time.monotonic()
        await kill_and_promote(first, second)
        promoted = time.monotonic()
        await until(partial(load.answered_after, promoted))
        load.over = True
        await running
        again = await load.answered_after(promoted)
        await consistency.check_book(book)
        return await lost(load, book), load, again - killed


async def test_nothing_acknowledged_is_lost_with_the_primary() -> None:
    """The same open book goes on with the promoted standby, and every receipt anybody was given is in it."""
    for _ in range(figure(short=1, full=6)):
        missing, load, seconds = await attacked()
        assert missing == []
        assert len(load.acknowledged()) > 100
        assert seconds < 10


async def test_an_answer_before_the_standby_has_it_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The attack sees the fault it is for: a commit whose connection died, answered as if it had been heard of."""
    commit = PostgresEngine._commit

    async def hopeful(self: PostgresEngine) -> None:
        try:
            await commit(self)
        except OutcomeUnknown:
            return

    monkeypatch.setattr(PostgresEngine, "_commit", hopeful)
    missing, _, _ = await attacked()
    assert missing


def test_both_hosts_are_in_the_address(tmp_path: Path) -> None:
    """Whoever is the primary is found."""
    servers = Server(tmp_path / "a"), Server(tmp_path / "b")
    assert str(address_of(address(*servers)).dsn).count("socket") == 2
