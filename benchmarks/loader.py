"""Fill a book fast: the rows that the journal would have written, tiles and all, so that an audit finds nothing.

The ledger's own law decides every draft and its own storage writes them: on SQLite with fsync off and without the
insert guards, which are put back word for word, on PostgreSQL by COPY. Only for books that hold nothing but such rows.
"""

from __future__ import annotations

import asyncio
import gc
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.loads import Load, allocation
from ledger import decisions, postgres, tree
from ledger.book import Book
from ledger.decisions import State
from ledger.errors import TargetInUse
from ledger.sqlite import BookClient
from ledger.storage import Batch
from ledger.transactions import Draft, Posting, Transaction
from points import district
from points.chart import CHART

AT_ONCE = 20_000
Place = Path | str
"""A book's file, or its address on PostgreSQL."""
Progress = Callable[[int, int], None]
Decided = tuple[list[Transaction], list[Any]]
T = TypeVar("T")

_PRAGMAS = ("journal_mode=WAL", "synchronous=OFF", "cache_size=-524288", "journal_size_limit=67108864")
_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_replace'"
_BEGINNING = "SELECT reference FROM ledger_transaction WHERE position <= 2 ORDER BY position"
_LINES = "SELECT id FROM ledger_posting WHERE id >= 512 AND id < 768"


def url_of(place: Place) -> str:
    """The address of the book at a place."""
    return place if isinstance(place, str) else f"sqlite://{place}"


def on_postgres(place: Place) -> bool:
    """Whether the place is a schema of PostgreSQL."""
    return isinstance(place, str) and postgres.is_address(place)


async def prepare(place: Place, load: Load, size: int, *, progress: Progress) -> int:
    """A book with at least `size` postings of a load; one that has them already is used as it is.

    The answer is the number of the next draft. Raises TargetInUse when it is a book of anything else.
    """
    if not isinstance(place, Path) or not await asyncio.to_thread(place.exists):
        await district.migrate(place)
    async with district.open_district(url_of(place)) as book:
        rows = await book.reader.execute_query_dict(_BEGINNING)
        ours = [allocation().reference, load.draft(1).reference]
        lines = len(await book.reader.execute_query_dict(_LINES))
        if [row["reference"] for row in rows] != ours[: len(rows)] or lines not in {0, load.postings}:
            raise TargetInUse(path=book.engine.place)
        await book.journal.post(allocation())
        done = await tree.head(book.reader) - 1
        wanted = max(done, -(-size // load.postings))
        with _undisturbed():
            if isinstance(place, Path):
                await _fill(place, load, done + 1, wanted + 1, progress)
            else:
                await _copy(book, load, done + 1, wanted + 1, progress)
        return wanted + 1


async def _copy(book: Book, load: Load, first: int, end: int, progress: Progress) -> None:
    for numbers in _portions(first, end):
        drafts = [load.draft(number) for number in numbers]
        await book.engine.carry_out(CHART, drafts, partial(_decide, drafts))
        progress(numbers.stop - first, end - first)


async def _fill(path: Path, load: Load, first: int, end: int, progress: Progress) -> None:
    client = _Unhurried(str(path), read_only=False, connection_name="loader")
    client.file = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            client.file.execute(f"PRAGMA {pragma}")
        with _unguarded(client.file):
            batch = Batch(client, CHART)
            state = await batch.load([_naming_all(client.file)])
            for numbers in _portions(first, end):
                state.references.clear()  # carried on, the state needs none: every reference is new
                decided = _decide([load.draft(number) for number in numbers], state)
                client.file.execute("BEGIN IMMEDIATE")
                await batch.write(*decided)
                client.file.execute("COMMIT")
                progress(numbers.stop - first, end - first)
    finally:
        client.file.close()


def _portions(first: int, end: int) -> Iterator[range]:
    return (range(start, min(start + AT_ONCE, end)) for start in range(first, end, AT_ONCE))


def _decide(drafts: Sequence[Draft], state: State) -> Decided:
    transactions, rows = list[Transaction](), list[Any]()
    now = datetime.now(UTC)
    for draft in drafts:
        decision = decisions.decide(state, draft, now)
        assert isinstance(decision, Transaction), decision
        state.apply(decision)
        transactions.append(decision)
        rows += draft.rows
    return transactions, rows


def _naming_all(connection: sqlite3.Connection) -> Draft:
    """Loading it loads every account there is."""
    accounts = connection.execute("SELECT address, unit FROM ledger_account")
    return replace(allocation(), postings=tuple(Posting(one, one, 1, unit) for one, unit in accounts))


class _Unhurried(BookClient):
    """A client whose connection is a bare one: no fsync, no authorizer, work done where it is asked for."""

    file: sqlite3.Connection

    async def visit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do it at once."""
        return work(self.file)


@contextmanager
def _unguarded(connection: sqlite3.Connection) -> Iterator[None]:
    """Without the triggers that refuse a second row of one key; the unique keys still do."""
    guards = connection.execute(_GUARDS).fetchall()
    for name, _ in guards:
        connection.execute(f"DROP TRIGGER {name}")
    try:
        yield
    finally:
        for _, statement in guards:
            connection.execute(statement)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Without the collector of cycles, which would look through millions of rows and find none."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
