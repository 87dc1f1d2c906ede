"""One benchmark from what was asked of it to its figures: where the books lie, what is measured, at which sizes."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from uvicorn.loops.auto import auto_loop_factory

from benchmarks import auditing, figures, posting, reading
from benchmarks.loader import Place, Progress
from benchmarks.loads import Kind, Load
from ledger.postgres import address_of

What = Literal["post", "post-all", "read", "history", "audit", "proof"]
AT_ONCE = 1_000
QUESTIONS: dict[str, reading.Question] = {"read": "balance", "history": "history", "proof": "proof"}


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for.

    book    a file, or an address on PostgreSQL, that is filled once and used again
    size    postings in the book before the clock starts
    count   what is done in one round; 0 means as much as suits the benchmark
    """

    what: What
    book: Place | None = None
    kind: Kind = "transfer"
    accounts: int = 10_000
    hot: bool = False
    size: int = reading.SMALL
    callers: int = 64
    rounds: int = 5
    count: int = 0


def run(wish: Wish, *, progress: Progress) -> dict[str, Any]:
    """Measure, on the event loop that the server runs on. Raises TargetInUse when the file holds anything else."""
    with asyncio.Runner(loop_factory=auto_loop_factory()) as runner, ExitStack() as places:
        folder = Path(places.enter_context(tempfile.TemporaryDirectory(prefix="jishan-bench-")))
        measured = runner.run(_measure(wish, folder, progress))
    asked = {"what": wish.what, "load": wish.kind, "accounts": wish.accounts, "hot": wish.hot}
    return {**asked, **measured, "surroundings": figures.surroundings()}


async def _measure(wish: Wish, folder: Path, progress: Progress) -> dict[str, Any]:
    load, book = Load(wish.kind, wish.accounts, wish.hot), wish.book or folder / "book.db"
    if wish.what == "audit":
        return await auditing.measure(book, load, size=wish.size, rounds=wish.rounds, progress=progress)
    if wish.what in QUESTIONS:
        return await _read(wish, load, book, folder, progress)
    plan = posting.Plan(
        load,
        rounds=wish.rounds,
        count=wish.count or (20_000 if wish.kind == "transfer" else 6_000),
        callers=wish.callers,
        at_once=AT_ONCE if wish.what == "post-all" else None,
    )
    if wish.size > reading.SMALL:
        small, sizes = _small(book, folder), (reading.SMALL, wish.size)
        return {
            "callers": plan.callers,
            **await posting.grown(small, book, plan, sizes=sizes, progress=progress),
        }
    posted = await posting.measure(folder, book, plan, size=wish.size, progress=progress)
    return {"callers": AT_ONCE if plan.at_once else wish.callers, **posted}


async def _read(wish: Wish, load: Load, book: Place, folder: Path, progress: Progress) -> dict[str, Any]:
    """At the size that was asked for; a larger one is compared with a small one of as many postings a member."""
    sizes = {wish.size: book}
    if wish.size > reading.SMALL:
        sizes = {reading.SMALL: _small(book, folder), **sizes}
    shorter = replace(load, accounts=max(1, load.accounts * reading.SMALL // wish.size))
    found = {
        size: await reading.measure(
            QUESTIONS[wish.what],
            place,
            load if size == wish.size else shorter,
            size=size,
            rounds=wish.rounds,
            count=wish.count or 200,
            progress=progress,
        )
        for size, place in sizes.items()
    }
    if len(found) == 1:
        return found[wish.size]
    small, large = found[reading.SMALL], found[wish.size]
    return {
        **large,
        "small": small,
        "slower_than_small": _slower(small["contenders"], large["contenders"]),
        "slower_first": _slower(small["first"], large["first"]),
    }


def _slower(small: dict[str, Any], large: dict[str, Any]) -> dict[str, float]:
    """How many times as long each takes in the large book."""
    return {name: round(figure["p50_ms"] / small[name]["p50_ms"], 2) for name, figure in large.items()}


def _small(book: Place, folder: Path) -> Place:
    """Where the small book stands that a large one is compared with: on the same engine."""
    if isinstance(book, Path):
        return folder / "small.db"
    large = address_of(book)
    return replace(large, schema=f"{large.schema}_small").url
