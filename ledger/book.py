"""A book: one district's database, its connections, its journal and its clock. Nothing here is global to the process."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.context import TortoiseContext, set_global_context

from alembic_like_migrations import APPS
from ledger import schema
from ledger.accounts import Chart
from ledger.clock import Clock
from ledger.errors import BookDamaged, ReadOnly
from ledger.journal import Journal
from ledger.sqlite import BookClient, Turnstile, immediate


@dataclass(frozen=True)
class Book:
    """What every verb is handed.

    reader    a Tortoise client for queries: `Member.filter(…).using_db(book.reader)`
    journal   the one way to write what the ledger must know
    """

    path: Path
    reader: BookClient
    journal: Journal
    chart: Chart
    zone: ZoneInfo
    clock: Clock
    _writer: BookClient
    _turnstile: Turnstile

    @asynccontextmanager
    async def write(self) -> AsyncIterator[BookClient]:
        """A transaction for rows that need no entry in the ledger. It is committed at the end, or nothing of it is."""
        if self.journal.read_only is not None:
            raise ReadOnly(reason=self.journal.read_only)
        async with immediate(self._turnstile, self._writer) as client:
            yield client

    def now(self) -> datetime:
        """The instant, in UTC."""
        return self.clock.now()

    def today(self) -> date:
        """The day it is in the book's zone."""
        return self.now().astimezone(self.zone).date()


def path_of(url: str) -> Path:
    """The file a book's address names: `sqlite://jishan.db`, `sqlite:///var/lib/jishan/book.db`."""
    scheme, mark, rest = url.partition("://")
    if not mark or scheme != "sqlite" or not rest or rest.startswith(":memory:"):
        raise BookDamaged(problem=f"不认识账本地址 {url}；应写作 sqlite://文件名")
    return Path(rest)


@asynccontextmanager
async def open_book(url: str, *, chart: Chart, zone: str = "Asia/Shanghai") -> AsyncIterator[Book]:
    """Open a book that `schema.migrate` made; refuse one whose guards are missing. Closes after what waits is written."""
    path = path_of(url)
    if not path.exists():
        raise BookDamaged(problem=f"没有账本文件 {path}；先运行 jishan init")
    _check_guards(path)
    context = await _context(path)
    writer, reader = context.connections.get("writer"), context.connections.get("reader")
    assert isinstance(writer, BookClient) and isinstance(reader, BookClient)
    turnstile, clock = Turnstile(path), Clock()
    journal = Journal(writer, turnstile, chart, clock)
    try:
        await writer.create_connection(with_db=True)
        await reader.create_connection(with_db=True)
        yield Book(path, reader, journal, chart, ZoneInfo(zone), clock, writer, turnstile)
    finally:
        await journal.close()
        await context.connections.close_all()


async def _context(path: Path) -> TortoiseContext:
    """Tortoise's view of one book. It must be entered to be initialised, so that happens in a task of its own."""
    context = TortoiseContext()

    async def initialise() -> None:
        await context.__aenter__()
        await context.init(config=_config(path))
        if not _neutral:
            await _set_neutral_context()

    await asyncio.get_running_loop().create_task(initialise(), context=contextvars.copy_context())
    return context


_neutral: list[TortoiseContext] = []


async def _set_neutral_context() -> None:
    """Tortoise asks some context for a dialect even when a query names its connection. This one, for the whole process,
    leads to no file: a query that names no book fails at once, and several books can be open side by side."""
    context = TortoiseContext()
    await context.__aenter__()
    await context.init(config=_config(Path("no-book-was-named")))
    set_global_context(context)
    _neutral.append(context)


def _check_guards(path: Path) -> None:
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            schema.require_guards(connection)
    except sqlite3.DatabaseError as error:
        raise BookDamaged(problem=str(error)) from error


def _config(path: Path) -> dict[str, Any]:
    def connection(read_only: bool) -> dict[str, Any]:
        return {"engine": "ledger.sqlite", "credentials": {"file_path": str(path), "read_only": read_only}}

    return {
        "connections": {"writer": connection(False), "reader": connection(True)},
        "apps": APPS,
        "use_tz": True,
        "timezone": "UTC",
    }
