"""The writer's statements: their plans on fresh, small and large tables, and what they read and write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from ledger import storage_postgres
from ledger.book import Book
from ledger.errors import RowConflict
from ledger.models import LedgerCheckpoint
from tests.attack import consistency
from tests.figures import figure
from tests.ledger.drafts import draft, fresh, move

pytestmark = pytest.mark.anyio

STATEMENTS: dict[str, tuple[str, list[Any]]] = {
    "head": (storage_postgres.HEAD, []),
    "head and references": (storage_postgres.HEAD_AND_REFERENCES, [["t/1", "t/2"]]),
    "accounts": (storage_postgres.ACCOUNTS, [["bank", "box/a"], ["points", "points"]]),
    "originals": (storage_postgres.ORIGINALS, [["t/1", "t/2"]]),
    "leaves": (storage_postgres.LEAVES, [0, 100]),
    "tiles": (storage_postgres.TILES, [0, 0]),
    "a foreign key": ("SELECT 1 FROM ONLY ledger_account x WHERE id = $1", [1]),
}


def nodes(plan: Any) -> Iterator[dict[str, Any]]:
    """Every step of a plan."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


async def plans(book: Book) -> dict[str, list[dict[str, Any]]]:
    """How the writer's own connection runs each statement."""
    found = {}
    async with book.write() as client:
        for name, (statement, values) in STATEMENTS.items():
            rows = await client.connection.fetch(f"EXPLAIN (FORMAT JSON) {statement}", *values)
            found[name] = list(nodes(json.loads(rows[0][0])[0]["Plan"]))
    return found


def assert_by_key(found: dict[str, list[dict[str, Any]]]) -> None:
    """Every table is reached through an index, and joined row by row."""
    for name, steps in found.items():
        kinds = {step["Node Type"] for step in steps}
        assert not kinds & {"Seq Scan", "Hash Join", "Merge Join", "Bitmap Heap Scan"}, (name, kinds)
        assert kinds & {"Index Scan", "Index Only Scan"}, (name, kinds)


async def fill(book: Book, count: int) -> None:
    """So many transactions between a fund and many members."""
    drafts = [draft(f"{n:06}", move("bank", f"m{n % 997}", 1)) for n in range(count)]
    await book.journal.post_all(drafts)


async def analyse(book: Book) -> None:
    """Statistics as they stand now; the worst moment is while a table is empty."""
    connection = await asyncpg.connect(book.engine.address.dsn)
    await connection.execute("ANALYZE")
    await connection.close()


async def test_the_plans_are_pinned_whatever_the_statistics_say(tmp_path: Path) -> None:
    """On tables that are fresh, were analysed while empty, are small, and are large, analysed then or never."""
    async with fresh(tmp_path) as book:
        assert_by_key(await plans(book))
        await analyse(book)
        assert_by_key(await plans(book))
        await fill(book, 20)
        assert_by_key(await plans(book))
        await analyse(book)
        assert_by_key(await plans(book))
        await fill_more(book)
        assert_by_key(await plans(book))
        await analyse(book)
        assert_by_key(await plans(book))


async def fill_more(book: Book) -> None:
    """Enough that a scan would be noticed."""
    drafts = [
        draft(f"more/{n:06}", move("bank", f"m{n % 997}", 1))
        for n in range(figure(short=3_000, full=100_000))
    ]
    await book.journal.post_all(drafts)


async def test_without_the_pins_a_plan_would_go_bad(tmp_path: Path) -> None:
    """The test above can fail: the same statements, analysed while the tables were empty, in a session of defaults."""
    async with fresh(tmp_path) as book:
        await fill(book, 20)
        await analyse(book)
        connection = await asyncpg.connect(book.engine.address.dsn, server_settings={"search_path": "book"})
        found = {}
        for name, (statement, values) in STATEMENTS.items():
            rows = await connection.fetch(f"EXPLAIN (FORMAT JSON) {statement}", *values)
            found[name] = list(nodes(json.loads(rows[0][0])[0]["Plan"]))
        await connection.close()
        with pytest.raises(AssertionError):
            assert_by_key(found)


async def test_few_rows_and_many_are_the_same_rows(tmp_path: Path) -> None:
    """One by one or by COPY: values of every kind arrive as they were, and tiles are written on the way."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("one", move("bank", "a", 1), rows=(_row(1),)))
        await book.journal.post_all(
            [draft(f"n/{n:03}", move("bank", "a", 1), rows=(_row(n + 2),)) for n in range(600)]
        )
        assert await consistency.check_book(book) == 601
        kept = await LedgerCheckpoint.all().using_db(book.reader).order_by("size")
        assert [(row.size, bytes(row.root), row.note) for row in kept] == [
            (n, bytes([n % 256]) * 32, f"注 {n}\t\\N") for n in range(1, 602)
        ]
        tiles = await book.reader.execute_query_dict("SELECT count(*) AS n FROM ledger_tile")
        assert tiles[0]["n"] == 2


def _row(n: int) -> LedgerCheckpoint:
    return LedgerCheckpoint(size=n, root=bytes([n % 256]) * 32, note=f"注 {n}\t\\N", signed_at="now")


async def test_only_the_guilty_draft_falls(tmp_path: Path) -> None:
    """A row in the way, and a value that no column holds: those two fall, the hundred around them stand."""
    async with fresh(tmp_path) as book:
        await book.journal.post(draft("first", move("bank", "a", 1), rows=(_row(7),)))
        drafts = [draft(f"d/{n:03}", move("bank", "a", 1), rows=(_row(1000 + n),)) for n in range(100)]
        drafts[10] = draft("d/010", move("bank", "a", 1), rows=(_row(7),))
        answers = await book.journal.post_all(drafts)
        assert [n for n, answer in enumerate(answers) if isinstance(answer, RowConflict)] == [10]
        huge = LedgerCheckpoint(size=2**70, root=b"\0" * 32, note="", signed_at="now")
        with pytest.raises(Exception, match="out of"):
            await book.journal.post(draft("huge", move("bank", "a", 1), rows=(huge,)))
        assert await consistency.check_book(book) == 100


def test_an_insertion_quotes_its_names() -> None:
    """`index` and `grant` are words of the language."""
    assert storage_postgres.insertion("t", ["index", "grant"]) == (
        'INSERT INTO "t" ("index", "grant") VALUES ($1, $2)'
    )
