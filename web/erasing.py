"""What the site cleans when a person is erased: sessions, tries, jobs, spooled files, and the book's own pages."""

from __future__ import annotations

import asyncio
import json
import math
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from ledger.book import Book
from points.events import openings
from points.people import erasing
from points.people.known_by import Traces
from web import limits, sessions, uploads
from web.models import Job
from web.settings import Settings


async def approve(book: Book, settings: Settings, member: str, *, by: str, key: str) -> Traces:
    """Approve an erasure, then clean what is outside the room's tables. Raises what `erasing.approve` does, and
    SealKeyUnusable or SealUnreadable when nobody can say whether a sealed case names them.

    Every file on its way in is dropped, for nobody can say what an unread spreadsheet holds; it is brought again. Of a
    book in one file each page is written anew, so that nothing is left between rows, nor in the log beside it.
    """
    secret = settings.seal() if await openings.any_sealed(book) else b""

    async def unsealed(traces: Traces) -> None:
        await openings.destroy_naming(book, traces.words, secret=secret, by=by, key=key)

    traces = await erasing.approve(book, member, by=by, key=key, also=unsealed)
    await sessions.end_all(book, traces.number)
    for spelled in (traces.number, *traces.phones):
        await limits.reset(book, f"{sessions.RESIDENT} {spelled}")
    await _jobs(book, traces)
    await asyncio.to_thread(uploads.sweep, settings, now=math.inf)
    if book.engine.dialect == "sqlite":
        await asyncio.to_thread(rewrite, book.path)
    return traces


async def _jobs(book: Book, traces: Traces) -> None:
    """Rows of finished work that name them."""
    async with book.write() as db:
        for word in _spelled(traces.words):
            for column in ("arguments", "result", "message"):
                await Job.filter(**{f"{column}__contains": word}).using_db(db).delete()


def _spelled(words: Iterable[str]) -> set[str]:
    """As they are, and as JSON may write them."""
    return {spelled for word in words for spelled in (word, json.dumps(word)[1:-1])}


def rewrite(path: Path) -> None:
    """Write a book's file anew, and empty the log beside it. Others wait a moment; the rows are the same."""
    with closing(sqlite3.connect(path, timeout=60, isolation_level=None)) as connection:
        connection.execute("VACUUM")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
