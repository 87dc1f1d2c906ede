"""Fresh, truly migrated books for tests: one template is migrated for the run, and copied in milliseconds."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from ledger.book import Book
from ledger.clock import Clock
from ledger.postgres_engine import PostgresEngine
from points import district
from points.district import open_district

Said = TypeVar("Said")
engine = "sqlite"
"""Where books are made: `sqlite`, or `postgres` while a test of tests/postgres.py's fixture runs."""


async def migrate(place: Path | str) -> None:
    """Make the tables."""
    await district.migrate(place)


@cache
def _temporary() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="jishan-test-")


def folder() -> Path:
    """A folder that lasts as long as this run of the tests."""
    return Path(_temporary().name)


async def template() -> Path:
    """The migrated, empty book that all others are copied from."""
    path = folder() / "template.db"
    if not path.exists():
        draft = path.with_suffix(".new")
        draft.unlink(missing_ok=True)
        await district.migrate(draft)
        draft.rename(path)
    return path


async def make(folder: Path, name: str = "book.db") -> str:
    """Copy the template into a folder, or beside it on a server; the answer is the book's address."""
    if engine == "postgres":
        from tests import postgres  # most runs never need a server

        return await postgres.make()
    path = folder / name
    await asyncio.to_thread(shutil.copy, await template(), path)
    return f"sqlite://{path}"


@asynccontextmanager
async def fresh(folder: Path, name: str = "book.db") -> AsyncIterator[Book]:
    """An empty district's book, open."""
    async with open_district(await make(folder, name)) as book:
        yield book


@asynccontextmanager
async def laid(folder: Path, lay: Callable[[Book], Awaitable[Said]]) -> AsyncIterator[tuple[Book, Said]]:
    """A book as `lay` leaves an empty one, open, and what `lay` answered. A file is made once, and copied for tests.

    What it answered is the same object for all of them: nobody may change it, and the book in it is closed.
    """
    if engine == "postgres":
        async with fresh(folder) as book:
            yield book, await lay(book)
        return
    made = _laid.get(lay)
    if made is None or not made.may_be_of(Clock().now()):
        made = _laid[lay] = await _lay(lay)
    path = folder / "book.db"
    await asyncio.to_thread(shutil.copy, made.path, path)
    async with open_district(f"sqlite://{path}") as book:
        yield book, made.said


@dataclass(frozen=True)
class Laid(Generic[Said]):
    """A furnished book, closed: its file, what was said of it, and the instants before and after it was made."""

    path: Path
    said: Said
    began: datetime
    ended: datetime

    def may_be_of(self, now: datetime) -> bool:
        """Whether a test that begins now could have made it itself: a while ago, and on the same day of the book."""
        lasts = self.ended <= now < self.ended + timedelta(minutes=10)
        days = {each.astimezone(ZoneInfo("Asia/Shanghai")).date() for each in (self.began, self.ended, now)}
        return lasts and len(days) == 1


_laid: dict[Callable[[Book], Awaitable[Any]], Laid[Any]] = {}


async def _lay(lay: Callable[[Book], Awaitable[Said]]) -> Laid[Said]:
    place = Path(tempfile.mkdtemp(dir=folder()))
    began = Clock().now()
    async with fresh(place) as book:
        said = await lay(book)
        ended = book.now()
    path = place / "book.db"
    with closing(sqlite3.connect(path)) as file:
        # what a connection left in the log beside the book would be missing in a copy of the book alone
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Laid(path, said, began, ended)


def url_of(book: Book) -> str:
    """The address of an open book, to open it once more."""
    if isinstance(book.engine, PostgresEngine):
        return book.engine.address.url
    return f"sqlite://{book.path}"
