"""A book: one district's database, its connections, its journal and its clock, none of them global to the process."""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import sqlite3
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.context import TortoiseContext, set_global_context

from ledger import opening, schema
from ledger.accounts import Chart
from ledger.clock import Clock
from ledger.errors import BookDamaged
from ledger.journal import Journal
from ledger.schema import Apps
from ledger.sqlite import BookClient, address_of, immediate
from ledger.turnstile import Turnstile


@dataclass(frozen=True)
class Book:
    """What every verb is handed.

    reader    a Tortoise client for queries: `Member.filter(…).using_db(book.reader)`
    journal   the one way to write what the ledger must know
    guards    the tables, indexes and triggers that must stand, by name, with their text
    """

    path: Path
    reader: BookClient
    journal: Journal
    chart: Chart
    zone: ZoneInfo
    clock: Clock
    guards: Mapping[str, str]
    _writer: BookClient
    _turnstile: Turnstile

    @asynccontextmanager
    async def write(self) -> AsyncIterator[BookClient]:
        """A transaction for rows that need no entry in the ledger. It is committed at the end, or nothing of it is."""
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
    return Path("/" + rest.lstrip("/") if rest.startswith("/") else rest)


@asynccontextmanager
async def open_book(
    url: str, *, chart: Chart, apps: Apps, zone: str = "Asia/Shanghai", witness: Path | None = None
) -> AsyncIterator[Book]:
    """Open a book that `schema.migrate` made; refuse one whose guards are missing. What waits is written at the end.

    A book that does not hold what was signed or what a witness saw (`witness`, a checkpoint's file) opens read-only:
    `book.journal.read_only` says why.
    """
    path = path_of(url)
    if not path.exists():
        raise BookDamaged(problem=f"没有账本文件 {path}；先运行 jishan init")
    guards = schema.guards(apps)
    _check_guards(path, guards)
    context = await _context(path, apps)
    writer, reader = context.connections.get("writer"), context.connections.get("reader")
    assert isinstance(writer, BookClient)
    assert isinstance(reader, BookClient)
    turnstile, clock = Turnstile(path), Clock()
    journal = Journal(writer, turnstile, chart, clock)
    try:
        await writer.create_connection(with_db=True)
        await reader.create_connection(with_db=True)
        journal.read_only = await opening.missing(reader, witness=witness)
        yield Book(path, reader, journal, chart, ZoneInfo(zone), clock, guards, writer, turnstile)
    finally:
        try:
            await journal.close()
        finally:  # a connection's thread that is left open keeps the process from ending
            await reader.close()  # the writer goes last: only it may put the write-ahead log back into the file
            await context.connections.close_all()


async def _context(path: Path, apps: Apps) -> TortoiseContext:
    """Tortoise's view of one book. It must be entered to be initialised, so that happens in a task of its own."""
    context = TortoiseContext()

    async def initialise() -> None:
        await context.__aenter__()
        await context.init(config=_config(path, apps))
        if not _neutral:
            await _set_neutral_context(apps)

    await asyncio.get_running_loop().create_task(initialise(), context=contextvars.copy_context())
    return context


_neutral: list[TortoiseContext] = []


async def _set_neutral_context(apps: Apps) -> None:
    """Tortoise asks some context for a dialect even when a query names its connection. This one, for the whole process,
    leads to no file: a query that names no book fails at once, and several books can be open side by side."""
    context = TortoiseContext()
    await context.__aenter__()
    await context.init(config=_config(Path("no-book-was-named"), apps))
    set_global_context(context)
    _neutral.append(context)


def _check_guards(path: Path, guards: Mapping[str, str]) -> None:
    try:
        with contextlib.closing(sqlite3.connect(address_of(path, mode="ro"), uri=True)) as connection:
            schema.require_guards(connection, guards)
    except sqlite3.DatabaseError as error:
        raise BookDamaged(problem=str(error)) from error


def _config(path: Path, apps: Apps) -> dict[str, Any]:
    def connection(read_only: bool) -> dict[str, Any]:
        return {"engine": "ledger.sqlite", "credentials": {"file_path": str(path), "read_only": read_only}}

    return {
        "connections": {"writer": connection(False), "reader": connection(True)},
        "apps": {label: dict(app) for label, app in apps.items()},
        "use_tz": True,
        "timezone": "UTC",
    }
