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
from points import district
from points.district import open_district


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
    """Copy the template into a folder; the answer is the book's address."""
    path = folder / name
    await asyncio.to_thread(shutil.copy, await template(), path)
    return f"sqlite://{path}"


@asynccontextmanager
async def fresh(folder: Path, name: str = "book.db") -> AsyncIterator[Book]:
    """An empty district's book, open."""
    async with open_district(await make(folder, name)) as book:
        yield book
