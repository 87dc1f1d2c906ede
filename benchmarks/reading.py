"""How long do a balance, a page of history and a receipt take, and does it matter how long the ledger is?

Each is asked for one after another, as a person waits for it, of members picked at random, and then of the same
members again in every round: the first time is told apart from the warm ones. Beside each stands what the standard
library's sqlite3 takes for the rows alone, with as much memory for pages.
"""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager, closing
from typing import Any, Literal

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks import figures, loader, raw_postgres
from benchmarks.figures import Round, Watch
from benchmarks.loader import Place, on_postgres, url_of
from benchmarks.loads import Load
from ledger import heads, signatures, statements, tree
from ledger.book import Book
from ledger.postgres import address_of
from ledger.postgres_words import spoken
from points import chart
from points.district import open_district

Question = Literal["balance", "history", "proof"]
PAGE = 20
SMALL = 10_000
"""The size the other is compared with."""
MEMORY = -65536
"""What a reader of a book has for pages (ledger/sqlite.py): 64 MB, in SQLite's way of saying it."""

_ACCOUNT = "SELECT id FROM ledger_account WHERE address = ? AND unit = ?"
_LAST = """
SELECT source_version AS version, source_balance FROM (
    SELECT * FROM ledger_posting WHERE source = ? ORDER BY source_version DESC LIMIT 1) AS s
UNION ALL SELECT target_version, target_balance FROM (
    SELECT * FROM ledger_posting WHERE target = ? ORDER BY target_version DESC LIMIT 1) AS t
ORDER BY version DESC LIMIT 1"""
_PAGE = """
SELECT p.*, x.reference, x.kind, x.effective_on, x.recorded_at FROM ledger_posting AS p
JOIN ledger_transaction AS x ON x.position = p.id / 256
WHERE p.target = ? ORDER BY p.target_version DESC LIMIT 20"""
_ROW = "SELECT * FROM ledger_transaction WHERE position = ?"
_TILE = "SELECT hashes FROM ledger_tile WHERE id = ?"

Fetch = Callable[..., Awaitable[Sequence[Any]]]
"""The rows of a statement with its values."""
Ask = Callable[[int], Awaitable[None]]


async def measure(
    question: Question,
    book: Place,
    load: Load,
    *,
    size: int,
    rounds: int,
    count: int,
    progress: loader.Progress,
) -> dict[str, Any]:
    """Figures of our answer and of the rows alone, warm and the first time, their ratio, how long opening took."""
    await loader.prepare(book, load, size, progress=progress)
    begun = time.perf_counter()
    async with open_district(url_of(book)) as opened:
        opening = time.perf_counter() - begun
        async with _rows_of(book) as fetch:
            positions = await tree.head(opened.reader)
            asked = {
                "jishan": await _ours(question, opened, load, positions),
                "raw asyncpg" if on_postgres(book) else "raw sqlite3": _rows(
                    question, fetch, load, positions
                ),
            }
            found = await figures.contest(
                {name: _turns(ask, count) for name, ask in asked.items()}, rounds + 1
            )
    warm = {name: turns[1:] for name, turns in found.items()}
    return {
        "postings": size,
        "contenders": {name: figures.figure(turns) for name, turns in warm.items()},
        "first": {name: figures.figure(turns[:1]) for name, turns in found.items()},
        "ratios": figures.ratios(warm, "jishan"),
        "opening_ms": round(opening * 1000, 1),
    }


@asynccontextmanager
async def _rows_of(book: Place) -> AsyncIterator[Fetch]:
    """The engine's own client, with nothing around it."""
    if isinstance(book, str):
        async with raw_postgres.reader(address_of(book)) as connection:
            yield lambda statement, *values: connection.fetch(spoken(statement), *values)
        return
    with closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True)) as file:
        file.execute(f"PRAGMA cache_size={MEMORY}")

        async def fetch(statement: str, *values: Any) -> Sequence[Any]:
            return file.execute(statement, values).fetchall()

        yield fetch


def _turns(ask: Ask, count: int) -> figures.Contender:
    async def turn(_number: int) -> Round:
        watch, each = Watch(), []
        for one in range(count):
            started = time.perf_counter()
            await ask(one)
            each.append(time.perf_counter() - started)
        return watch.round(count, each)

    return turn


async def _ours(question: Question, book: Book, load: Load, positions: int) -> Ask:
    key = signatures.SigningKey("bench", Ed25519PrivateKey.from_private_bytes(bytes(32)))
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


def _rows(question: Question, fetch: Fetch, load: Load, positions: int) -> Ask:
    async def ask(number: int) -> None:
        if question == "proof":
            position = _position(number, positions)
            await fetch(_ROW, position)
            await fetch(_TILE, (position - 1) // 256)
            return
        for (account,) in await fetch(_ACCOUNT, chart.noticed(load.member(number)), chart.POINTS):
            both = (_LAST, account, account) if question == "balance" else (_PAGE, account)
            await fetch(*both)

    return ask


def _position(number: int, positions: int) -> int:
    return random.Random(number).randrange(positions) + 1
