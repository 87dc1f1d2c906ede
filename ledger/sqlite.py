"""What the ledger needs of SQLite: the connections, their guards, and what a failing disk means.

Tortoise opens this module's `client_class` (its `engine` names this module). There are two connections to a book: a
reader, and one writer whose transactions begin IMMEDIATE behind a file lock, so that a second process waits its turn
instead of failing with "database is locked".
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import aiosqlite
from tortoise.backends.sqlite.client import SqliteClient
from tortoise.exceptions import IntegrityError, OperationalError

from ledger.errors import BookDamaged, Busy, LedgerError, NoSpace, ReadOnly
from ledger.nearby import Nearby
from ledger.one_transaction import OneTransaction
from ledger.remembered import Remembered

T = TypeVar("T")

_PRAGMAS = {
    "busy_timeout": "5000",
    "journal_mode": "WAL",
    "synchronous": "FULL",
    "foreign_keys": "ON",
    "recursive_triggers": "ON",
    "trusted_schema": "OFF",
    "cell_size_check": "ON",
    "journal_size_limit": "67108864",
    "wal_autocheckpoint": "4000",
    "cache_size": "-65536",
}
_ASSERTED = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
}

_CHANGES = {sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}
_STRUCTURE = {
    code
    for name in dir(sqlite3)
    if name.startswith(("SQLITE_CREATE_", "SQLITE_DROP_"))
    for code in [getattr(sqlite3, name)]
} | {sqlite3.SQLITE_ALTER_TABLE, sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH, sqlite3.SQLITE_REINDEX}


def authorize(
    action: int, subject: str | None, value: str | None, _database: str | None, _by: str | None
) -> int:
    """Refuse, before a statement is even compiled, what no application may do to a book.

    Changing or deleting ledger rows, changing the schema, attaching another file, and changing a pragma.
    """
    if action in _CHANGES and (subject or "").startswith(("ledger_", "sqlite_")):
        return sqlite3.SQLITE_DENY
    if action in _STRUCTURE:
        return sqlite3.SQLITE_DENY
    if (
        action == sqlite3.SQLITE_PRAGMA
        and value is not None
        and subject not in {"table_info", "index_list", "index_info"}
    ):
        return sqlite3.SQLITE_DENY
    return sqlite3.SQLITE_OK


class BookClient(OneTransaction, SqliteClient):
    """A Tortoise client for one connection to a book: pragmas set and asserted, authorizer on, readers read only."""

    def __init__(self, file_path: str, *, read_only: bool, **kwargs: Any) -> None:
        super().__init__(file_path, **kwargs)
        self.read_only = read_only
        self.remembered = Remembered()
        self._bare: sqlite3.Connection | None = None

    async def create_connection(self, with_db: bool) -> None:  # noqa: ARG002 - Tortoise's signature
        """Open the file, which must exist; a guard that cannot be set means that there is no connection."""
        if self._connection is not None:
            return
        with in_our_words():
            self._connection = await self._opened()

    async def _opened(self) -> aiosqlite.Connection:
        address = address_of(Path(self.filename), mode="rw")
        connection = await aiosqlite.connect(
            address, uri=True, isolation_level=None, check_same_thread=False, factory=self._remembered
        )
        try:
            connection.row_factory = sqlite3.Row
            for pragma, value in _PRAGMAS.items():
                await connection.execute_fetchall(f"PRAGMA {pragma}={value}")
            await _assert_pragmas(connection)
            if self.read_only:
                await connection.execute_fetchall("PRAGMA query_only=ON")
            # json_each is a virtual table: its first use declares a schema, which the authorizer would refuse.
            await connection.execute_fetchall("SELECT value FROM json_each('[]')")
            await connection.set_authorizer(authorize)
        except BaseException:
            await connection.close()
            raise
        return connection

    def _remembered(self, *given: Any, **named: Any) -> sqlite3.Connection:
        """Make the connection, in the thread that will have it."""
        self._bare = sqlite3.Connection(*given, **named)
        self._thread = Nearby(threading.get_native_id())
        return self._bare

    async def visit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do all of some work in one visit to the connection's thread; aiosqlite would visit it for each statement.

        Whoever calls has the connection to themselves, inside a turn. The work goes to its end, and so does what was
        asked of that thread before it: a statement whose caller left may still be on its way.
        """
        assert self._bare is not None, "the book is closed"
        self._thread.come()
        asked: Awaitable[T] = self.connection._execute(work, self._bare)  # type: ignore[no-untyped-call]
        return await to_the_end(asked)

    async def close(self) -> None:
        """Close the connection."""
        self._bare = None
        await super().close()

    async def execute_query(self, query: str, values: list[Any] | None = None) -> Any:
        """Tortoise's, but what a failing disk does is said in our words: a page that only reads can tell it too."""
        with in_our_words(reads_only=self.read_only):
            return await super().execute_query(query, values)

    async def execute_query_dict(self, query: str, values: list[Any] | None = None) -> Any:
        """The same."""
        with in_our_words(reads_only=self.read_only):
            return await super().execute_query_dict(query, values)

    async def execute_many(self, query: str, values: list[list[Any]]) -> None:
        """Insert many rows, inside the transaction that `Book.write` began; Tortoise would begin one of its own."""
        assert self.connection.in_transaction, "rows are written inside Book.write"
        async with self.acquire_connection() as connection:
            try:
                await connection.executemany(query, values)
            except sqlite3.IntegrityError as error:
                raise IntegrityError(error) from error
            except sqlite3.OperationalError as error:
                raise OperationalError(error) from error

    @property
    def begun(self) -> bool:
        """Whether a transaction is open here; one that reads needs none."""
        return self.read_only or self.connection.in_transaction

    @property
    def connection(self) -> aiosqlite.Connection:
        """The open connection."""
        assert self._connection is not None, "the book is closed"
        return self._connection


client_class = BookClient


def address_of(path: Path, *, mode: str) -> str:
    """The file as SQLite wants it named, whatever characters its path holds; mode `ro` or `rw`, never creating it."""
    return f"file:{quote(str(path))}?mode={mode}"


async def _assert_pragmas(connection: aiosqlite.Connection) -> None:
    for pragma, wanted in _ASSERTED.items():
        rows = list(await connection.execute_fetchall(f"PRAGMA {pragma}"))
        if rows[0][0] != wanted:
            raise BookDamaged(problem=f"PRAGMA {pragma} 是 {rows[0][0]}，应为 {wanted}")


async def to_the_end(work: Awaitable[T]) -> T:
    """Run to the end even when the caller is cancelled meanwhile; only then is the caller cancelled.

    A BEGIN or COMMIT that is abandoned half way would leave the connection in a transaction nobody knows of. What
    failed is told even to a caller who was cancelled: that a commit is in doubt must not be lost.
    """
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            cancelled = error
        except Exception:
            break
    result = task.result()
    if cancelled is not None:
        raise cancelled
    return result


@contextmanager
def in_our_words(*, reads_only: bool = False) -> Iterator[None]:
    """What the disk does to a statement is raised as one of our errors, whoever wrapped it; the rest as it is."""
    try:
        yield
    except (OperationalError, sqlite3.DatabaseError) as error:
        told = _of_the_disk(error)
        if told is error or (
            reads_only and isinstance(told, ReadOnly)
        ):  # to write there is a mistake of ours
            raise
        raise told from error


def _of_the_disk(error: Exception) -> Exception:
    """What Tortoise wrapped, or let through, when it is the disk's doing; a wrong statement stays what it is."""
    cause = error.args[0] if isinstance(error, OperationalError) and error.args else error
    if isinstance(cause, sqlite3.Error) and getattr(cause, "sqlite_errorcode", 0) & 0xFF in _OF_THE_DISK:
        return storage_error(cause)
    return error


_OF_THE_DISK = {
    getattr(sqlite3, f"SQLITE_{name}")
    for name in ("FULL", "READONLY", "BUSY", "LOCKED", "IOERR", "CORRUPT", "NOTADB", "CANTOPEN")
}


def storage_error(error: sqlite3.Error) -> LedgerError:
    """What a failing disk means for the person waiting."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_FULL:
        return NoSpace()
    if code == sqlite3.SQLITE_READONLY:
        return ReadOnly(reason="文件不可写")
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy()
    return BookDamaged(problem=str(error))
