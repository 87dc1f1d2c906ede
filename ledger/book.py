"""A book: one district's database, its connections, its journal and its clock, none of them global to the process."""

from __future__ import annotations

import asyncio
import contextvars
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext, set_global_context
from tortoise.models import Model

from ledger import opening, postgres, schema
from ledger.accounts import Chart
from ledger.clock import Clock
from ledger.engine import Engine
from ledger.errors import BookDamaged
from ledger.journal import Journal, Lost
from ledger.postgres_engine import PostgresEngine
from ledger.schema import Apps
from ledger.sqlite_engine import SqliteEngine, connections_of


@dataclass(frozen=True)
class Book:
    """What every verb is handed.

    engine    its database; above the ledger nobody asks which
    journal   the one way to write what the ledger must know
    guards    the tables, indexes and triggers that must stand, by name, with their text
    """

    engine: Engine
    journal: Journal
    chart: Chart
    zone: ZoneInfo
    clock: Clock
    guards: Mapping[str, str]

    @property
    def reader(self) -> BaseDBAsyncClient:
        """A Tortoise client for queries: `Member.filter(…).using_db(book.reader)`."""
        return self.engine.reader

    def write(self) -> AbstractAsyncContextManager[BaseDBAsyncClient]:
        """A transaction for rows that need no entry in the ledger. It is committed at the end, or nothing of it is."""
        return self.engine.write()

    @property
    def path(self) -> Path:
        """The file of an embedded book. Others have none."""
        assert isinstance(self.engine, SqliteEngine), "only an embedded book is a file"
        return self.engine.path

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
        raise BookDamaged(problem=f"这里要 sqlite://文件名，不是 {scheme}:// 开头的账本地址")
    return Path("/" + rest.lstrip("/") if rest.startswith("/") else rest)


@asynccontextmanager
async def open_book(
    url: str,
    *,
    chart: Chart,
    apps: Apps,
    zone: str = "Asia/Shanghai",
    witness: Path | None = None,
    lost: Lost | None = None,
) -> AsyncIterator[Book]:
    """Open a book that `schema.migrate` made; refuse one whose guards are missing. What waits is written at the end.

    A book that does not hold what was signed or what a witness saw (`witness`, a checkpoint's file) opens read-only:
    `book.journal.read_only` says why. `lost` says of entries whether the rows that came with them are still there.
    """
    engine = _engine(url)
    guards = schema.guards(apps, engine.dialect)
    context = await _context(engine, apps)
    clock = Clock()
    journal = Journal(engine, chart, clock, lost)
    try:
        await engine.open(context.connections, guards)
        await opening.require_our_hash(engine.reader)
        journal.read_only = await opening.missing(engine.reader, witness=witness)
        yield Book(engine, journal, chart, ZoneInfo(zone), clock, guards)
    finally:
        try:
            await journal.close()
        finally:  # a connection's thread that is left open keeps the process from ending
            await engine.close()
            await context.connections.close_all()


def _engine(url: str) -> Engine:
    if postgres.is_address(url):
        return PostgresEngine(postgres.address_of(url))
    return SqliteEngine(path_of(url))


async def _context(engine: Engine, apps: Apps) -> TortoiseContext:
    """Tortoise's view of one book. It must be entered to be initialised, so that happens in a task of its own."""
    context = TortoiseContext()

    async def initialise() -> None:
        await context.__aenter__()
        await context.init(config=_config(engine.connections, apps), init_connections=False)
        assert context.apps is not None
        await _set_neutral_context(apps, list(context.apps.get_models_iterable()))

    await asyncio.get_running_loop().create_task(initialise(), context=contextvars.copy_context())
    return context


_neutral: dict[type[Model], object] = {}
"""The query of each model, as the neutral context left it."""


async def _set_neutral_context(apps: Apps, models: Sequence[type[Model]]) -> None:
    """Tortoise asks some context for a dialect even when a query names its connection. This one, for the whole process,
    leads to no file: a query that names no book fails at once, and several books can be open side by side.

    What Tortoise keeps with a model is in the dialect of whoever initialised connections last. It is always this one's,
    which ledger/postgres.py translates: the contexts of books initialise none, so that none of them builds the queries
    of two hundred models, and it comes again after a stranger's that did.
    """
    if all(_neutral.get(model) is model._meta.basequery for model in models):
        return
    context = TortoiseContext()
    await context.__aenter__()
    await context.init(config=_config(connections_of(Path("no-book-was-named")), apps))
    if not _neutral:
        set_global_context(context)
    _neutral.update((model, model._meta.basequery) for model in models)


def _config(connections: Mapping[str, Any], apps: Apps) -> dict[str, Any]:
    return {
        "connections": dict(connections),
        "apps": {label: dict(app) for label, app in apps.items()},
        "use_tz": True,
        "timezone": "UTC",
    }
