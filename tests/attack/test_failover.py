"""The primary is killed under load and the standby with the higher LSN promoted: nothing acknowledged is lost."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from ledger import schema
from ledger.book import Book
from ledger.errors import Busy, OutcomeUnknown
from ledger.postgres import address_of
from ledger.postgres_engine import PostgresEngine
from tests import postgres
from tests.attack import consistency
from tests.figures import figure
from tests.ledger.drafts import APPS as HOUSE
from tests.ledger.drafts import CHART, draft, move, open_book
from tests.patience import until
from tests.postgres import Server

pytestmark = [pytest.mark.anyio, pytest.mark.attack, pytest.mark.needs("postgresql")]
APPS = {"ledger": HOUSE["ledger"]}
"""A ledger and nothing else: what is attacked is how it is kept."""
CALLERS = 8
log = logging.getLogger("jishan.attack")
STANDBYS = "SELECT count(*) = 2 FROM pg_stat_replication WHERE sync_state = 'quorum' AND state = 'streaming'"
RECEIVER = "SELECT pid FROM pg_stat_wal_receiver"
RECEIVED = "SELECT pg_last_wal_receive_lsn() - '0/0'::pg_lsn"


@asynccontextmanager
async def cluster() -> AsyncIterator[tuple[Server, Server, Server]]:
    """A primary with one migrated book, and two standbys for one of which its commits wait."""
    with postgres.folder() as folder:
        servers = Server(folder / "first"), Server(folder / "second"), Server(folder / "third")
        first, *standbys = servers
        first.make()
        first.start()
        try:
            await tell(first, "CREATE DATABASE city")
            await schema.migrate(address(first), APPS)
            for standby in standbys:
                standby.copy(first)
                standby.start()
            await wait_for_one(*servers)
            await until(partial(ask, first, STANDBYS))
            yield servers
        finally:
            for server in servers:
                server.stop(signal.SIGKILL)


async def tell(server: Server, *statements: str) -> None:
    """Statements of an administrator, who waits for no standby."""
    connection = await asyncpg.connect(server.dsn(), server_settings={"synchronous_commit": "local"})
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


async def ask(server: Server, query: str) -> Any:
    """One answer."""
    connection = await asyncpg.connect(server.dsn())
    try:
        return await connection.fetchval(query)
    finally:
        await connection.close()


async def wait_for_one(*servers: Server) -> None:
    """On every node, for each may become the primary: commits wait for any one of those that follow it."""
    for server in servers:
        names = "ALTER SYSTEM SET synchronous_standby_names = 'ANY 1 (*)'"
        await tell(server, names, "SELECT pg_reload_conf()")


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

    async def goes_on(self) -> None:
        """Wait for more than a hundred further receipts, however slow the machine is."""
        enough = len(self.acknowledged()) + 101

        await until(lambda: len(self.acknowledged()) >= enough)

    def acknowledged(self) -> dict[str, bytes]:
        """The leaf each caller was told, by reference."""
        return {reference: a.leaf for _, reference, a in self.answers if not isinstance(a, Exception)}


async def kill_and_promote(load: Load, first: Server, *standbys: Server, wrong: bool = False) -> None:
    """One standby stops hearing, then the other as well, so that what is being committed is on the primary alone, and
    what was committed is on one of them; then the primary is killed. The one with the higher LSN is promoted (or, to
    see what that is for, the other), and the other follows it."""
    receivers = []
    for standby in standbys:
        receivers.append(await ask(standby, RECEIVER))
        os.kill(receivers[-1], signal.SIGSTOP)
        if standby is standbys[0]:
            await load.goes_on()
        await asyncio.sleep(0.2)
    first.stop(signal.SIGKILL)
    for receiver in receivers:
        for last in (signal.SIGTERM, signal.SIGCONT):  # it ends without reading what still lies in its socket
            os.kill(receiver, last)
    received = [await ask(standby, RECEIVED) for standby in standbys]
    assert received[0] < received[1], "the first of them stopped earlier"
    behind, ahead = standbys[::-1] if wrong else standbys
    await tell(ahead, "SELECT pg_promote()")
    where = f"host={ahead.socket} user=postgres"
    await tell(behind, f"ALTER SYSTEM SET primary_conninfo = '{where}'", "SELECT pg_reload_conf()")


async def lost(load: Load, book: Book) -> list[str]:
    """What somebody was told is written, and is not, or is something else."""
    rows = await book.reader.execute_query_dict("SELECT reference, leaf FROM ledger_transaction")
    there = {row["reference"]: row["leaf"] for row in rows}
    return [reference for reference, leaf in load.acknowledged().items() if there.get(reference) != leaf]


async def attacked(*, wrong: bool = False) -> tuple[list[str], Load, float]:
    """One round: what was lost, the load, and the seconds from the kill to the first new answer."""
    asyncio.get_running_loop().set_exception_handler(
        lambda _loop, _context: None
    )  # asyncpg, see test_postgres_engine
    async with cluster() as servers, open_book(address(*servers), chart=CHART, apps=APPS) as book:
        load = Load(book)
        running = asyncio.ensure_future(load.run())
        await load.goes_on()
        begun = time.monotonic()
        await kill_and_promote(load, *servers, wrong=wrong)
        promoted = time.monotonic()
        await until(partial(load.answered_after, promoted))
        load.over = True
        await running
        again = await load.answered_after(promoted)
        await consistency.check_book(book)
        return await lost(load, book), load, again - begun


async def test_nothing_acknowledged_is_lost_with_the_primary() -> None:
    """The same open book goes on with the promoted standby, and every receipt anybody was given is in it."""
    for number in range(figure(short=1, full=6)):
        missing, load, seconds = await attacked()
        told = len(load.acknowledged())
        log.info("round %d: %d acknowledged, %d lost, %.2f s", number + 1, told, len(missing), seconds)
        assert missing == []
        assert len(load.acknowledged()) > 100
        assert seconds < 60


async def test_the_standby_that_heard_less_would_lose() -> None:
    """The attack sees the mistake that administrators make: the wrong one promoted."""
    missing, load, _ = await attacked(wrong=True)
    assert missing
    assert len(missing) < len(load.acknowledged())


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


def test_all_hosts_are_in_the_address(tmp_path: Path) -> None:
    """Whoever is the primary is found."""
    servers = Server(tmp_path / "a"), Server(tmp_path / "b"), Server(tmp_path / "c")
    assert str(address_of(address(*servers)).dsn).count("socket") == 3
