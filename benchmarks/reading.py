"""How long do a balance, a page of history and a receipt take, and does it matter how long the ledger is?

Each is asked for one after another, as a person waits for it, of members picked at random; the first turn warms up.
Beside each stands what the standard library's sqlite3 takes for the rows alone.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path
from typing import Any, Literal

from benchmarks import figures, loader
from benchmarks.figures import Round, Watch
from benchmarks.loads import Load
from ledger import heads, signatures, statements, tree
from ledger.book import Book
from points import chart
from points.district import open_district

Question = Literal["balance", "history", "proof"]
PAGE = 20
SMALL = 10_000
"""The size the other is compared with."""

_ACCOUNT = "SELECT id FROM ledger_account WHERE address = ? AND unit = ?"
_LAST = """
SELECT source_version AS version, source_balance FROM (
    SELECT * FROM ledger_posting WHERE source = ? ORDER BY source_version DESC LIMIT 1)
UNION ALL SELECT target_version, target_balance FROM (
    SELECT * FROM ledger_posting WHERE target = ? ORDER BY target_version DESC LIMIT 1)
ORDER BY version DESC LIMIT 1"""
_PAGE = """
SELECT p.*, x.reference, x.kind, x.effective_on, x.recorded_at FROM ledger_posting AS p
JOIN ledger_transaction AS x ON x.position = p.id / 256
WHERE p.target = ? ORDER BY p.target_version DESC LIMIT 20"""
_ROW = "SELECT * FROM ledger_transaction WHERE position = ?"
_TILE = "SELECT hashes FROM ledger_tile WHERE id = ?"

Ask = Callable[[int], Awaitable[None]]


async def measure(
    question: Question,
    book: Path,
    load: Load,
    *,
    size: int,
    rounds: int,
    count: int,
    progress: loader.Progress,
) -> dict[str, Any]:
    """The figures of our answer and of the rows alone, the ratio between them, and how long opening took."""
    await loader.prepare(book, load, size, progress=progress)
    begun = time.perf_counter()
    async with open_district(f"sqlite://{book}") as opened:
        opening = time.perf_counter() - begun
        with closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as connection:
            positions = await tree.head(opened.reader)
            asked = {
                "jishan": await _ours(question, opened, load, positions),
                "raw sqlite3": _rows(question, connection, load, positions),
            }
            found = await figures.contest(
                {name: _turns(ask, count) for name, ask in asked.items()}, rounds + 1
            )
    warm = {name: turns[1:] for name, turns in found.items()}
    return {
        "postings": size,
        "contenders": {name: figures.figure(turns) for name, turns in warm.items()},
        "ratios": figures.ratios(warm, "jishan"),
        "opening_ms": round(opening * 1000, 1),
    }


def _turns(ask: Ask, count: int) -> figures.Contender:
    async def turn(number: int) -> Round:
        watch, each = Watch(), []
        for one in range(number * count, (number + 1) * count):
            started = time.perf_counter()
            await ask(one)
            each.append(time.perf_counter() - started)
        return watch.round(count, each)

    return turn


async def _ours(question: Question, book: Book, load: Load, positions: int) -> Ask:
    key = signatures.generate("bench")
    if question == "proof":
        await heads.checkpoint(book, key)

    async def ask(number: int) -> None:
        account = (chart.noticed(load.member(number)), chart.POINTS)
        if question == "balance":
            assert await statements.balance(book.reader, *account) >= 0
        elif question == "history":
            await statements.history(book.reader, [account], limit=PAGE)
        else:
            assert await heads.receipt(book, _position(number, positions), key) is not None

    return ask


def _rows(question: Question, connection: sqlite3.Connection, load: Load, positions: int) -> Ask:
    async def ask(number: int) -> None:
        if question == "proof":
            position = _position(number, positions)
            connection.execute(_ROW, (position,)).fetchone()
            connection.execute(_TILE, ((position - 1) // 256,)).fetchone()
            return
        account = connection.execute(_ACCOUNT, (chart.noticed(load.member(number)), chart.POINTS)).fetchone()
        if account is not None:
            values = (*account, *account) if question == "balance" else account
            connection.execute(_LAST if question == "balance" else _PAGE, values).fetchall()

    return ask


def _position(number: int, positions: int) -> int:
    return random.Random(number).randrange(positions) + 1
