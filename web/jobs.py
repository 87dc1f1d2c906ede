"""Long work of the pages: a row that says how far it is, and a worker beside the site that does it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

from tortoise.expressions import Q

from ledger.book import Book
from ledger.errors import LedgerError
from points.errors import PointsError
from points.keys import new_key
from web.models import Job
from web.settings import Settings

BEAT = timedelta(seconds=30)
"""A running job whose worker gave no sign for so long is taken up again by another."""
LOOK_EVERY_SECONDS = 2.0

Progress = Callable[[int, int], None]
Kind = Callable[[Book, Settings, dict[str, Any], Progress], Awaitable[dict[str, Any]]]

KINDS: dict[str, Kind] = {}
"""What can be asked for, by name. A view that offers long work puts its kind here."""


async def ask(book: Book, kind: str, *, by: str, arguments: dict[str, Any] | None = None) -> Job:
    """Ask for some long work. It begins within two seconds, in this process or another, and survives a reload."""
    assert kind in KINDS, kind
    async with book.write() as db:
        return await Job.create(
            using_db=db,
            id=new_key(),
            kind=kind,
            arguments=json.dumps(arguments or {}),
            state="waiting",
            asked_by=by,
            created_at=book.now(),
        )


async def find(book: Book, key: str) -> Job | None:
    """A job by its id."""
    return await Job.get_or_none(id=key, using_db=book.reader)


@asynccontextmanager
async def running(book: Book, settings: Settings) -> AsyncIterator[None]:
    """Do what is asked for, for as long as the site runs. What was under way is taken up again at the next start."""
    worker = asyncio.create_task(_work_for_ever(book, settings))
    try:
        yield
    finally:
        worker.cancel()
        with suppress(asyncio.CancelledError):
            await worker


async def _work_for_ever(book: Book, settings: Settings) -> None:
    while True:
        job = await _claim(book)
        if job is None:
            await asyncio.sleep(LOOK_EVERY_SECONDS / 4)
        else:
            await _do(book, settings, job)


async def _claim(book: Book) -> Job | None:
    """The oldest job that waits, or whose worker died; it is ours once the row says so."""
    stale = book.now() - BEAT
    if not await _open(stale).using_db(book.reader).exists():
        return None
    async with book.write() as db:
        job = await _open(stale).using_db(db).order_by("created_at").first()
        if job is not None:
            job.state, job.started_at, job.beat_at, job.done = "running", book.now(), book.now(), 0
            await job.save(using_db=db)
        return job


def _open(stale: Any) -> Any:
    return Job.filter(Q(state="waiting") | Q(state="running", beat_at__lt=stale))


async def _do(book: Book, settings: Settings, job: Job) -> None:
    progress = _Progress()
    beating = asyncio.create_task(_beat(book, job.id, progress))
    try:
        result = await KINDS[job.kind](book, settings, json.loads(job.arguments), progress)
        changes: dict[str, Any] = {"state": "done", "result": json.dumps(result, ensure_ascii=False)}
    except (LedgerError, PointsError) as error:
        changes = {"state": "failed", "message": str(error)[:400]}
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating
    async with book.write() as db:
        done = {"done": progress.done, "total": progress.total, "finished_at": book.now()}
        await Job.filter(id=job.id).using_db(db).update(**changes, **done)


class _Progress:
    """How far a job is; written to its row by the beat, not at every step."""

    def __init__(self) -> None:
        self.done, self.total = 0, 0

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total


async def _beat(book: Book, key: str, progress: _Progress) -> None:
    while True:
        await asyncio.sleep(0.5)
        async with book.write() as db:
            await (
                Job.filter(id=key)
                .using_db(db)
                .update(done=progress.done, total=progress.total, beat_at=book.now())
            )
