"""How fast is what is posted one by one, and many at a time? Against the raw rows, and against an ORM."""

from __future__ import annotations

import asyncio
import gc
import shutil
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import figures, loader, raw_postgres, raw_sqlite, tortoise_posts
from benchmarks.figures import Round
from benchmarks.loader import Place, on_postgres, url_of
from benchmarks.loads import Load
from ledger.book import Book
from ledger.errors import LedgerError
from ledger.postgres import address_of, connection_of
from ledger.transactions import Draft
from points.district import open_district

WARM = 1_000
"""Drafts written before the clock starts."""
ORM = "one Tortoise transaction per post"
LARGE, SMALL = "jishan", "jishan in a book of 10,000"
BARE = "a bare transfer of two locked rows"


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
    folder: Path, ours: Place, plan: Plan, *, size: int, progress: loader.Progress
) -> dict[str, Any]:
    """Hold the contest: our book at `ours`, with so many postings in it, the others on copies of it."""
    number = await loader.prepare(ours, plan.load, size, progress=progress)
    async with _rivals(folder, ours, plan) as (rows_alone, others), open_district(url_of(ours)) as book:
        drafts = _Numbered(plan.load, number)
        await book.journal.post_all(drafts.take(WARM))
        await rows_alone(number, number + WARM)

        async def the_same_rows(turn: int) -> Round:
            first = number + WARM + turn * plan.count
            return await rows_alone(first, first + plan.count)

        contenders: dict[str, figures.Contender] = {"jishan": _turns(book, drafts, plan)}
        contenders["raw COPY" if on_postgres(ours) else "raw sqlite3"] = the_same_rows
        if plan.at_once is None:
            contenders |= others(number)
        found = await figures.contest(contenders, plan.rounds)
    return {
        "contenders": {name: figures.figure(rounds) for name, rounds in found.items()},
        "ratios": figures.ratios(found, "jishan"),
        "postings_before": size,
    }


async def grown(
    small: Place, large: Place, plan: Plan, *, sizes: tuple[int, int], progress: loader.Progress
) -> dict[str, Any]:
    """How much slower is it in a long book? Both in turn; the ratio is the large book's rate over the small one's."""
    async with AsyncExitStack() as opened:
        contenders: dict[str, figures.Contender] = {}
        for name, place, size in ((LARGE, large, sizes[1]), (SMALL, small, sizes[0])):
            number = await loader.prepare(place, plan.load, size, progress=progress)
            book = await opened.enter_async_context(open_district(url_of(place)))
            contenders[name] = _turns(book, _Numbered(plan.load, number), plan)
        found = await figures.contest(contenders, plan.rounds + 1)
    warm = {name: turns[1:] for name, turns in found.items()}
    return {
        "contenders": {name: figures.figure(turns) for name, turns in warm.items()},
        "ratios": figures.ratios(warm, LARGE),
        "postings_before": sizes[1],
    }


def _turns(book: Book, drafts: _Numbered, plan: Plan) -> figures.Contender:
    async def turn(_: int) -> Round:
        return await _post(book, drafts.take(plan.count), plan)

    return turn


RowsAlone = Callable[[int, int], Awaitable[Round]]
"""Writes what the ledger wrote at after < position ≤ until."""
Others = Callable[[int], dict[str, figures.Contender]]
"""Those who post the same drafts their own way, from the draft of that number on."""


@asynccontextmanager
async def _rivals(folder: Path, ours: Place, plan: Plan) -> AsyncIterator[tuple[RowsAlone, Others]]:
    """The baselines of the engine, on copies of our book as it is now."""
    group = plan.at_once or plan.callers
    if isinstance(ours, Path):
        raw, orm = folder / "raw.db", folder / "orm.db"
        for copy in (raw, orm):
            await asyncio.to_thread(shutil.copy, ours, copy)

        async def rows(after: int, until: int) -> Round:
            return raw_sqlite.copy(ours, raw, after=after, until=until, group=group)

        yield rows, lambda first: {ORM: _orm(tortoise_posts.file(orm), plan, first)}
        return
    source = address_of(ours)
    async with raw_postgres.beside(ours, "raw") as target, raw_postgres.beside(ours, "orm") as slow:
        two_rows = raw_postgres.TwoRows(target, plan.load.accounts)
        await two_rows.make()

        async def copied(after: int, until: int) -> Round:
            return await raw_postgres.copy(source, target, after=after, until=until, group=group)

        async def bare(_: int) -> Round:
            return await two_rows.run(plan.orm_count * 5, plan.callers)

        orm_posts = connection_of(slow, "migrator")
        yield copied, lambda first: {BARE: bare, ORM: _orm(orm_posts, plan, first)}


def _orm(connection: Mapping[str, Any], plan: Plan, first: int) -> figures.Contender:
    async def turn(number: int) -> Round:
        start = first + number * plan.orm_count
        some = [plan.load.draft(one) for one in range(start, start + plan.orm_count)]
        return await tortoise_posts.run(connection, some, plan.callers)

    return turn


class _Numbered:
    """Drafts one after another, made before the clock starts: who asks has made them."""

    def __init__(self, load: Load, number: int) -> None:
        self._load = load
        self._next = number

    def take(self, count: int) -> list[Draft]:
        """The next so many."""
        self._next += count
        made = [self._load.draft(number) for number in range(self._next - count, self._next)]
        gc.collect()
        gc.freeze()  # the collector of cycles must not look through what only the contest holds, on a contender's time
        return made


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
