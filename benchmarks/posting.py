"""How fast is what is posted one by one, and many at a time? Against the raw rows, and against an ORM."""

from __future__ import annotations

import asyncio
import shutil
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import figures, loader, raw_sqlite, tortoise_posts
from benchmarks.figures import Round
from benchmarks.loads import Load
from ledger.book import Book
from ledger.errors import LedgerError
from ledger.transactions import Draft
from points.district import open_district

WARM = 1_000
"""Drafts written before the clock starts."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a contest is held: callers that wait for each answer, or lists of `at_once` drafts."""

    load: Load
    rounds: int = 5
    count: int = 20_000
    callers: int = 64
    at_once: int | None = None
    orm_count: int = 200
    """The ORM is some fifty times slower; it takes a shorter turn."""


async def measure(
    folder: Path, ours: Path, plan: Plan, *, size: int, progress: loader.Progress
) -> dict[str, Any]:
    """Hold the contest: our book at `ours`, with so many postings in it, the others on copies in `folder`."""
    number = await loader.prepare(ours, plan.load, size, progress=progress)
    raw, orm = folder / "raw.db", folder / "orm.db"
    for copy in (raw, orm):
        await asyncio.to_thread(shutil.copy, ours, copy)
    async with open_district(f"sqlite://{ours}") as book:
        drafts = _Numbered(plan.load, number)
        await book.journal.post_all(drafts.take(WARM))
        group = plan.at_once or plan.callers
        raw_sqlite.copy(ours, raw, after=number, until=number + WARM, group=group)

        async def we(_: int) -> Round:
            return await _post(book, drafts.take(plan.count), plan)

        async def rows_alone(turn: int) -> Round:
            first = number + WARM + turn * plan.count
            return raw_sqlite.copy(ours, raw, after=first, until=first + plan.count, group=group)

        async def an_orm(turn: int) -> Round:
            first = number + turn * plan.orm_count
            some = [plan.load.draft(one) for one in range(first, first + plan.orm_count)]
            return await tortoise_posts.run(orm, some, plan.callers)

        contenders: dict[str, figures.Contender] = {"jishan": we, "raw sqlite3": rows_alone}
        if plan.at_once is None:
            contenders["one Tortoise transaction per post"] = an_orm
        found = await figures.contest(contenders, plan.rounds)
    return {
        "contenders": {name: figures.figure(rounds) for name, rounds in found.items()},
        "ratios": figures.ratios(found, "jishan"),
        "postings_before": size,
    }


class _Numbered:
    """Drafts one after another, made before the clock starts: who asks has made them."""

    def __init__(self, load: Load, number: int) -> None:
        self._load = load
        self._next = number

    def take(self, count: int) -> list[Draft]:
        """The next so many."""
        self._next += count
        return [self._load.draft(number) for number in range(self._next - count, self._next)]


async def _post(book: Book, drafts: Sequence[Draft], plan: Plan) -> Round:
    watch = figures.Watch()
    if plan.at_once:
        each = []
        for start in range(0, len(drafts), plan.at_once):
            started = time.perf_counter()
            for outcome in await book.journal.post_all(drafts[start : start + plan.at_once]):
                if isinstance(outcome, LedgerError):
                    raise outcome
            each.append(time.perf_counter() - started)
    else:
        waiting = iter(drafts)
        took = await asyncio.gather(*(_caller(book, waiting) for _ in range(plan.callers)))
        each = [seconds for one in took for seconds in one]
    return watch.round(len(drafts), each)


async def _caller(book: Book, waiting: Iterator[Draft]) -> list[float]:
    took = []
    for draft in waiting:
        started = time.perf_counter()
        await book.journal.post(draft)
        took.append(time.perf_counter() - started)
    return took
