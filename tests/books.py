"""Fresh, truly migrated books for tests: one template is migrated for the run, and copied in milliseconds."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from ledger.book import Book
from ledger.postgres_engine import PostgresEngine
from points import district
from points.district import open_district

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


def url_of(book: Book) -> str:
    """The address of an open book, to open it once more."""
    if isinstance(book.engine, PostgresEngine):
        return book.engine.address.url
    return f"sqlite://{book.path}"
