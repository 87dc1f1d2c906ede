"""An import takes the same memory and the same statements for each part of a file, however many parts there are."""

from __future__ import annotations

import asyncio
import gc
import tracemalloc
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from benchmarks import meishan
from benchmarks.meishan import Scale
from ledger.book import Book
from points.events.imports import kinds, spool, tree
from points.events.imports.plan import carry_out
from tests import books
from tests.points.events.paper import DAY

ORDER = ("areas", "members", "events", "contributions")
SMALL, LARGE = 2, 5
"""Parts of 500 rows."""
STATEMENTS = {"areas": 6, "members": 6, "events": 6, "contributions": 10}
"""For one part more, at most: to look up what it names, and to write it."""
BYTES_FOR_A_ROW = 700
"""What waits for the collector counts too: 400 for an event, and 1,050 where the parts that were read are held."""


async def put(book: Book, folder: Path, kind: str) -> int:
    """Import one of the four files; its rows."""
    plan = await kinds.plan(book, kind, folder / f"{kind}.csv", source="meishan")
    outcome = await carry_out(book, plan, by="S-0001", on=DAY)
    assert outcome.inserted == plan.rows
    return plan.rows


def files(folder: Path, parts: int) -> Path:
    """A town where every file but that of contributions has about so many parts; theirs has a fourth more."""
    rows = parts * 500
    meishan.write(folder, Scale(20, rows - 46, rows * 3 // 4, rows // 4, rows))
    return folder


@asynccontextmanager
async def counted(book: Book) -> AsyncIterator[list[str]]:
    """Every statement meanwhile, but the INSERTs, of which SQLite needs one for each 64 rows."""
    seen: list[str] = []

    def heard(statement: Any) -> None:
        text = statement if isinstance(statement, str) else statement.query
        if not text.lstrip().startswith(("INSERT", "--", "/*")):
            seen.append(text)

    writer = vars(book.engine)["writer"]
    async with listening(book.reader, heard), listening(writer, heard):
        yield seen


@asynccontextmanager
async def listening(client: Any, heard: Callable[[Any], None]) -> AsyncIterator[None]:
    """Tell of every statement of a client."""
    if client.capabilities.dialect == "sqlite":
        await client.connection.set_trace_callback(heard)
        yield
        await client.connection.set_trace_callback(lambda _: None)
        return
    if asked := getattr(client, "_asked", None):

        async def ask(how: Any, query: str, values: Any) -> Any:
            heard(query)
            return await asked(how, query, values)

        client._asked = ask
        yield
        del client._asked
        return
    client.connection.add_query_logger(heard)
    yield
    client.connection.remove_query_logger(heard)


@pytest.mark.anyio
async def test_each_part_takes_the_same_statements(tmp_path: Path) -> None:
    """Two parts or five: what one more costs is a constant, on both engines."""
    told: dict[str, list[tuple[int, int]]] = {kind: [] for kind in ORDER}
    for number, parts in enumerate((SMALL, LARGE)):
        folder = files(tmp_path / str(parts), parts)
        async with books.fresh(tmp_path, f"{number}.db") as book:
            for kind in ORDER:
                async with counted(book) as seen:
                    rows = await put(book, folder, kind)
                told[kind].append((-(-rows // 500), len(seen)))
    for kind, ((few, less), (many, more)) in told.items():
        assert more - less <= STATEMENTS[kind] * (many - few), kind


@pytest.mark.embedded
def test_the_peak_of_memory_does_not_grow_with_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row more takes its own bytes while the file is read, and where it ends; held whole, it takes more.

    What is kept at hand up to a limit is made small here, for it would hide what grows.
    """
    monkeypatch.setattr(spool, "A_PIECE", 4096)
    monkeypatch.setattr(tree, "REMEMBERED", 64)
    gc.collect()
    gc.freeze()  # the more other tests left behind, the longer the collector waits
    try:
        peaks = [asyncio.run(peak(tmp_path / str(parts), parts)) for parts in (SMALL, LARGE)]
    finally:
        gc.unfreeze()
    rows = (LARGE - SMALL) * 500
    for kind in ORDER:
        assert peaks[1][kind] - peaks[0][kind] < BYTES_FOR_A_ROW * rows, kind


async def peak(folder: Path, parts: int) -> dict[str, int]:
    """The most bytes of Python's memory while each file is planned and carried out."""
    files(folder, parts)
    peaks: dict[str, int] = {}
    async with books.fresh(folder) as book:
        for kind in ORDER:
            tracemalloc.start()
            await put(book, folder, kind)
            peaks[kind] = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
    return peaks
