"""Fill a book fast: the rows that the journal would have written, tiles and all, so that an audit finds nothing.

The ledger's own law decides every draft and its own storage writes them, but with fsync off and without the insert
guards, which are put back word for word. Only for files that hold nothing but such rows.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.loads import Load, allocation
from ledger import decisions, tree
from ledger.errors import TargetInUse
from ledger.sqlite import BookClient
from ledger.storage import Batch
from ledger.transactions import Draft, Transaction
from points import district
from points.chart import CHART

AT_ONCE = 20_000
Progress = Callable[[int, int], None]
T = TypeVar("T")

_PRAGMAS = ("journal_mode=WAL", "synchronous=OFF", "cache_size=-524288", "journal_size_limit=67108864")
_GUARDS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_replace'"
_BEGINNING = "SELECT reference FROM ledger_transaction WHERE position <= 2 ORDER BY position"
_LINES = "SELECT id FROM ledger_posting WHERE id >= 512 AND id < 768"


async def prepare(path: Path, load: Load, size: int, *, progress: Progress) -> int:
    """A book at `path` with at least `size` postings of a load; a file that has them already is used as it is.

    The answer is the number of the next draft. Raises TargetInUse when the file is a book of anything else.
    """
    if not await asyncio.to_thread(path.exists):
        await district.migrate(path)
    async with district.open_district(f"sqlite://{path}") as book:
        rows = await book.reader.execute_query_dict(_BEGINNING)
        ours = [allocation().reference, load.draft(1).reference]
        lines = len(await book.reader.execute_query_dict(_LINES))
        if [row["reference"] for row in rows] != ours[: len(rows)] or lines not in {0, load.postings}:
            raise TargetInUse(path=path)
        await book.journal.post(allocation())
        done = await tree.head(book.reader) - 1
        wanted = max(done, -(-size // load.postings))
        if wanted > done:
            await _fill(path, load, done + 1, wanted + 1, progress)
        return wanted + 1


async def _fill(path: Path, load: Load, first: int, end: int, progress: Progress) -> None:
    client = _Unhurried(str(path), read_only=False, connection_name="loader")
    client.file = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            client.file.execute(f"PRAGMA {pragma}")
        with _unguarded(client.file):
            for start in range(first, end, AT_ONCE):
                drafts = [load.draft(number) for number in range(start, min(start + AT_ONCE, end))]
                await _write(client, drafts)
                progress(start + len(drafts) - first, end - first)
    finally:
        client.file.close()


class _Unhurried(BookClient):
    """A client whose connection is a bare one: no fsync, no authorizer, work done where it is asked for."""

    file: sqlite3.Connection

    async def visit(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do it at once."""
        return work(self.file)


async def _write(client: _Unhurried, drafts: list[Draft]) -> None:
    client.file.execute("BEGIN IMMEDIATE")
    batch = Batch(client, CHART)
    state, transactions, rows = await batch.load(drafts), list[Transaction](), list[Any]()
    now = datetime.now(UTC)
    for draft in drafts:
        decision = decisions.decide(state, draft, now)
        assert isinstance(decision, Transaction), decision
        state.apply(decision)
        transactions.append(decision)
        rows += draft.rows
    await batch.write(transactions, rows)
    client.file.execute("COMMIT")


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
