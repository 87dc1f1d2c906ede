"""A book in a schema of PostgreSQL: one writer at a time by an advisory lock, and a commit that is never guessed at.

The lock only saves work; the primary and unique keys keep the book right. Transactions are READ COMMITTED: each
statement sees what was committed before it, and the first one waits for the lock. A snapshot for the whole transaction
would be taken before that wait, and be old when it ends.
"""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
from tortoise.connection import ConnectionHandler
from tortoise.exceptions import OperationalError

from ledger import postgres_guards, schema, turnstile
from ledger.accounts import Chart
from ledger.decisions import State
from ledger.engine import Decide
from ledger.errors import BookDamaged, Busy, Contended, NoSpace, OutcomeUnknown, ReadOnly
from ledger.postgres import BROKEN, Address, Reader, Writer, connection_of
from ledger.sqlite import to_the_end
from ledger.storage_postgres import PostgresBatch
from ledger.transactions import Draft

AGAIN_SECONDS = 0.1
"""Between two tries to find a server that may be written to."""
_CONTENDED = (asyncpg.SerializationError, asyncpg.DeadlockDetectedError)
_CONFIRM = "SELECT pg_logical_emit_message(true, 'jishan', 'confirmed')"


class PostgresEngine:
    """The engine of a schema. `writer` and `reader` are there once it is open."""

    dialect = "postgres"
    writer: Writer
    reader: Reader

    def __init__(self, address: Address) -> None:
        self.address = address
        self.place = str(address)
        self.read_only: ReadOnly | str | None = None
        self._turn = asyncio.Lock()
        self._lock = lock_of(address.schema)

    @property
    def connections(self) -> Mapping[str, Any]:
        """A writer and a pool of readers."""
        return {name: connection_of(self.address, name) for name in ("writer", "reader")}

    async def open(self, handler: ConnectionHandler, guards: Mapping[str, str]) -> None:
        """Connect, then check the guards."""
        writer, reader = handler.get("writer"), handler.get("reader")
        assert isinstance(writer, Writer)
        assert isinstance(reader, Reader)
        self.writer, self.reader = writer, reader
        try:
            await writer.create_connection(with_db=True)
            await reader.create_connection(with_db=True)
        except (*BROKEN, asyncpg.PostgresError) as error:
            raise BookDamaged(problem=f"{self.place}：{error}") from error
        await postgres_guards.require_server(writer.connection)
        schema.require(await postgres_guards.present(reader), guards)

    async def close(self) -> None:
        """Nothing: Tortoise closes both clients."""

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Writer]:
        """A transaction under the book's lock, on the connection that writes."""
        deadline = time.monotonic() + turnstile.PATIENCE_SECONDS
        await self._wait_for_turn()
        try:
            if self.read_only is not None:
                raise turnstile.refusal(self.read_only)
            async with self._transaction(deadline):
                yield self.writer
        finally:
            self._turn.release()

    async def _wait_for_turn(self) -> None:
        try:
            async with asyncio.timeout(turnstile.PATIENCE_SECONDS):
                await self._turn.acquire()
        except TimeoutError as error:
            raise Busy from error

    @asynccontextmanager
    async def _transaction(self, deadline: float) -> AsyncIterator[None]:
        try:
            await to_the_end(self._begin(deadline))
            try:
                yield
            except (asyncpg.PostgresError, OperationalError, *BROKEN) as error:
                meant = self._said(error)
                if meant is error:
                    raise
                raise meant from error
            await to_the_end(self._commit())
        finally:
            await to_the_end(self._end())

    async def _begin(self, deadline: float) -> None:
        """Wait for a server that may be written to, and there for the lock: together no longer than the patience."""
        while True:
            try:
                await self.writer.create_connection(with_db=True)
                left = max(1, int((deadline - time.monotonic()) * 1000))
                await self.writer.connection.execute(
                    f"BEGIN; SET LOCAL lock_timeout = {left}; SELECT pg_advisory_xact_lock({self._lock})"
                )
            except asyncpg.LockNotAvailableError as error:
                raise Busy from error
            except BROKEN as error:
                self.writer.drop()
                if time.monotonic() + AGAIN_SECONDS > deadline:
                    raise Busy from error
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                return

    async def _commit(self) -> None:
        """Commit. Any error, any warning and too long a silence mean that nobody knows.

        A warning is how PostgreSQL says that it gave up waiting for the standby: committed here, perhaps nowhere else.
        In silence the connection is dropped and not cancelled, for cancelling would end that wait the same way.
        """
        self.writer.warned = False
        commit = asyncio.ensure_future(self.writer.connection.execute("COMMIT"))
        done, _ = await asyncio.wait([commit], timeout=turnstile.PATIENCE_SECONDS)
        if not done:
            self.writer.drop()
        try:
            said = await commit
        except Exception as error:
            raise OutcomeUnknown from error
        if self.writer.warned:
            raise OutcomeUnknown
        if said != "COMMIT":
            raise Contended

    async def _end(self) -> None:
        """Roll back what was not committed. A connection that cannot even do that is left."""
        connection = self.writer.connection
        if connection.is_closed() or not connection.is_in_transaction():
            return
        try:
            await connection.execute("ROLLBACK")
        except (asyncpg.PostgresError, *BROKEN):
            self.writer.drop()

    def _said(self, error: Exception) -> Exception:
        """What an error inside the transaction means; a statement that is wrong stays what it is."""
        if isinstance(error, _CONTENDED) or self.writer.connection.is_closed():
            return Contended()
        cause = error.__cause__ if isinstance(error, OperationalError) else error
        if isinstance(cause, asyncpg.LockNotAvailableError | asyncpg.TooManyConnectionsError):
            return Busy()
        if isinstance(cause, asyncpg.DiskFullError):
            return NoSpace()
        if isinstance(cause, asyncpg.ReadOnlySQLTransactionError | asyncpg.InternalClientError):
            self.writer.drop()  # it became a standby, or is being hung up; the next transaction looks for the primary
            return Contended()
        return error

    def batch(self, chart: Chart) -> PostgresBatch:
        """A batch on the writer."""
        return PostgresBatch(self.writer, self.reader, chart)

    async def carry_out(self, chart: Chart, drafts: Sequence[Draft], decide: Decide) -> None:
        """Load, decide and write in one transaction; a statement is one trip to the server."""
        async with self.write():
            batch = self.batch(chart)
            transactions, rows = decide(await batch.load(drafts))
            if transactions:
                await batch.write(transactions, rows)
        batch.remember()

    async def look_up(self, chart: Chart, drafts: Sequence[Draft]) -> State:
        """Ask on a new connection, under the lock that the doubtful transaction held until it ended, whichever way.

        The question is committed with a record of its own, and that commit waits for the standby like any other. So
        what is found is durable, or this is in doubt as well.
        """
        self.writer.drop()
        async with self.write() as client:
            state = await self.batch(chart).load(drafts)
            await client.connection.fetch(_CONFIRM)
        return state


def lock_of(book: str) -> int:
    """The number of a schema's advisory lock: 64 bits of the SHA-256 of its name."""
    return int.from_bytes(hashlib.sha256(f"jishan/{book}".encode()).digest()[:8], signed=True)
