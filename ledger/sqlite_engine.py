"""A book in an SQLite file: a writer behind the turnstile, and a reader that does not wait for it."""

from __future__ import annotations

import contextlib
import sqlite3
import stat
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from tortoise.connection import ConnectionHandler

from ledger import schema
from ledger.accounts import Chart
from ledger.decisions import State
from ledger.engine import Decide
from ledger.errors import BookDamaged, ReadOnly
from ledger.sqlite import BookClient, address_of
from ledger.sqlite_transactions import at_once, immediate
from ledger.storage import Batch
from ledger.transactions import Draft
from ledger.turnstile import Turnstile


class SqliteEngine:
    """The engine of a file. `writer` and `reader` are there once it is open."""

    dialect = "sqlite"
    writer: BookClient
    reader: BookClient

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise BookDamaged(problem=f"没有账本文件 {path}；先运行 jishan init")
        self.path = path
        self.place = str(path)
        self.turnstile = Turnstile(path)

    @property
    def read_only(self) -> ReadOnly | str | None:
        """Why nobody may write; the turnstile knows."""
        return self.turnstile.read_only

    @read_only.setter
    def read_only(self, reason: ReadOnly | str | None) -> None:
        self.turnstile.read_only = reason

    @property
    def connections(self) -> Mapping[str, Any]:
        """Two connections to the file."""
        return connections_of(self.path)

    async def open(self, handler: ConnectionHandler, guards: Mapping[str, str]) -> None:
        """Check the guards, then connect."""
        self._give_its_rights()
        self._check(guards)
        writer, reader = handler.get("writer"), handler.get("reader")
        assert isinstance(writer, BookClient)
        assert isinstance(reader, BookClient)
        self.writer, self.reader = writer, reader
        await writer.create_connection(with_db=True)
        await reader.create_connection(with_db=True)

    async def close(self) -> None:
        """Close the reader. The writer goes last: only it may put the write-ahead log back into the file."""
        if hasattr(self, "reader"):
            await self.reader.close()

    def _give_its_rights(self) -> None:
        """SQLite makes the log beside a book with the rights the book has then. One that was made while the book might
        not be written would keep it from being written when it may again."""
        mode = stat.S_IMODE(self.path.stat().st_mode)
        for suffix in ("-wal", "-shm"):
            beside = self.path.with_name(self.path.name + suffix)
            with contextlib.suppress(OSError):  # there is none, or it is somebody else's
                if stat.S_IMODE(beside.stat().st_mode) != mode:
                    beside.chmod(mode)

    def _check(self, guards: Mapping[str, str]) -> None:
        try:
            with contextlib.closing(
                sqlite3.connect(address_of(self.path, mode="ro"), uri=True)
            ) as connection:
                schema.require_guards(connection, guards)
        except sqlite3.DatabaseError as error:
            raise BookDamaged(problem=str(error)) from error

    @asynccontextmanager
    async def write(self) -> AsyncIterator[BookClient]:
        """A transaction begun IMMEDIATE behind the turnstile."""
        async with immediate(self.turnstile, self.writer) as client:
            yield client

    def batch(self, chart: Chart) -> Batch:
        """A batch on the writer."""
        return Batch(self.writer, chart)

    async def carry_out(self, chart: Chart, drafts: Sequence[Draft], decide: Decide) -> None:
        """All of it in one visit to the writer's thread."""
        batch = self.batch(chart)
        await at_once(self.turnstile, self.writer, lambda bare: batch.carry_out(bare, drafts, decide))
        batch.remember()

    async def look_up(self, chart: Chart, drafts: Sequence[Draft]) -> State:
        """Open the file anew and read: what is there was kept. The turnstile lets nobody write more until a restart."""
        await self.writer.close()
        await self.writer.create_connection(with_db=True)
        return await Batch(self.writer, chart).load(drafts)


def connections_of(path: Path) -> dict[str, Any]:
    """Tortoise's description of the two connections to a file."""
    return {
        name: {
            "engine": "ledger.sqlite",
            "credentials": {"file_path": str(path), "read_only": name == "reader"},
        }
        for name in ("writer", "reader")
    }
