"""Long work of the pages: a row that says how far it is, and a worker beside the site that does it."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.expressions import Q

from ledger.book import Book
from ledger.errors import LedgerError
from points.errors import PointsError
from points.keys import new_key
from web import errands
from web.i18n import N_
from web.models import Job
from web.settings import Settings

log = logging.getLogger("jishan.jobs")

STALE = timedelta(seconds=30)
"""A running job whose worker gave no sign for so long is taken up again by another."""
SIGN = STALE / 6
"""A worker gives a sign this often, and sooner when there is progress to write down."""
LOOK_EVERY_SECONDS = 0.5
FAULT = N_("没有做成，是我们这边出错了，详细情况已经记下。可以再试一次。")

Progress = Callable[[int, int], None]
Kind = Callable[[Book, Settings, dict[str, Any], Progress], Awaitable[dict[str, Any]]]

KINDS: dict[str, Kind] = {}
"""What can be asked for, by name. A view that offers long work puts its kind here. Work whose worker died is begun
again from its beginning, so a kind must bear being done twice."""


class _TakenOver(Exception):
    """Somebody else does this job now."""


async def ask(
    book: Book, kind: str, *, by: str, arguments: dict[str, Any] | None = None, key: str | None = None
) -> Job:
    """Ask for some long work. It begins within a second, in this process or another, and survives a reload.

    The same `key` asks once: the job it asked for before is returned.
    """
    assert kind in KINDS, kind
    async with book.write() as db:
        before = await Job.get_or_none(id=key, using_db=db) if key else None
        return before or await Job.create(
            using_db=db,
            id=key or new_key(),
            kind=kind,
            arguments=json.dumps(arguments or {}),
            state="waiting",
            asked_by=by,
            created_at=book.now(),
        )


async def find(book: Book, key: str) -> Job | None:
    """A job by its id."""
    return await Job.get_or_none(id=key, using_db=book.reader)


def result(job: Job) -> dict[str, Any]:
    """What came of a job, or why it failed; empty while it is not over."""
    return dict(json.loads(job.result)) if job.result else {}


def arguments(job: Job) -> dict[str, Any]:
    """What was asked for."""
    return dict(json.loads(job.arguments))


async def under_way(book: Book, kind: str) -> Job | None:
    """The oldest job of a kind that waits or is being done; None when there is none."""
    jobs = Job.filter(kind=kind, state__in=["waiting", "running"]).using_db(book.reader)
    return await jobs.order_by("created_at", "id").first()


@asynccontextmanager
async def running(book: Book, settings: Settings) -> AsyncIterator[None]:
    """Do what is asked for, and the errands of the house, for as long as the site runs.

    What is under way when the site stops is put back, and taken up at the next start or by another process.
    """
    tasks = [asyncio.create_task(_for_ever(book, settings)), asyncio.create_task(errands.run(book, settings))]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        for task in tasks:
            with suppress(asyncio.CancelledError):
                await task


async def _for_ever(book: Book, settings: Settings) -> None:
    while True:
        try:
            job = await claim(book)
            if job is not None:
                await do(book, settings, job)
                continue
        except Exception:  # the worker outlives whatever befalls one look or one job
            log.exception("the worker of long jobs goes on after")
        await asyncio.sleep(LOOK_EVERY_SECONDS)


async def claim(book: Book) -> Job | None:
    """The oldest job that waits, or whose worker died: it is ours once the row says so. No two are given one job."""
    if not await _open(book).using_db(book.reader).exists():
        return None
    async with book.write() as db:
        job: Job | None = await _open(book).using_db(db).order_by("created_at", "id").first()
        if job is not None:
            job.state, job.started_at, job.beat_at, job.done = "running", book.now(), book.now(), 0
            await job.save(using_db=db)
        return job


def _open(book: Book) -> Any:
    return Job.filter(Q(state="waiting") | Q(state="running", beat_at__lt=book.now() - STALE))


async def do(book: Book, settings: Settings, job: Job) -> None:
    """Do a job that was claimed, and write down what came of it; a failure says why."""
    progress = _Progress()
    work = asyncio.create_task(_outcome(book, settings, job, progress))
    beating = asyncio.create_task(_beat(book, job, progress))
    try:
        await asyncio.wait({work, beating}, return_when=asyncio.FIRST_COMPLETED)
    except asyncio.CancelledError:
        await _stop(work, beating)
        await _write(book, job, state="waiting")
        raise
    await _stop(beating)
    if not work.done():  # the beat ended first: another worker has the job
        await _stop(work)
        return
    changes = {"done": progress.done, "total": progress.total, "finished_at": book.now()}
    await _write(book, job, **work.result(), **changes)


async def _outcome(book: Book, settings: Settings, job: Job, progress: _Progress) -> dict[str, Any]:
    try:
        result = await KINDS[job.kind](book, settings, json.loads(job.arguments), progress)
    except (LedgerError, PointsError) as error:
        facts = {n: v if isinstance(v, int) else str(v) for n, v in error.facts.items()}
        why = {"say": error.template, "facts": facts}
        return {"state": "failed", "message": str(error)[:400], "result": json.dumps(why, ensure_ascii=False)}
    except Exception:
        log.exception("job %s (%s) failed", job.id, job.kind)
        why = {"say": FAULT, "facts": {}}
        return {"state": "failed", "message": FAULT, "result": json.dumps(why, ensure_ascii=False)}
    return {"state": "done", "result": json.dumps(result, ensure_ascii=False)}


@dataclass
class _Progress:
    """How far a job is; written to its row by the beat, not at every step."""

    done: int = 0
    total: int | None = None

    def __call__(self, done: int, total: int) -> None:
        self.done, self.total = done, total


async def _beat(book: Book, job: Job, progress: _Progress) -> None:
    """Write down what changed, at most twice a second, or else a sign of life. Ends when the job is ours no more."""
    written, signed = (0, job.total), book.now()
    while True:
        await asyncio.sleep(0.5)
        now, stands = book.now(), (progress.done, progress.total)
        if stands == written and now - signed < SIGN:
            continue
        try:
            await _write(book, job, done=stands[0], total=stands[1], beat_at=now)
        except LedgerError:  # busy, or read-only for a while: the next beat says it
            continue
        except _TakenOver:
            return
        written, signed = stands, now


async def _write(book: Book, job: Job, **changes: Any) -> None:
    """Change the row of a job that is still ours; raises _TakenOver when it is not."""
    async with book.write() as db:
        ours = Job.filter(id=job.id, state="running", started_at=_moment(job.started_at))
        if not await ours.using_db(db).update(**changes):
            raise _TakenOver


def _moment(at: datetime | None) -> datetime:
    assert at is not None, "a claimed job has begun"
    return at


async def _stop(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.wait(tasks)
