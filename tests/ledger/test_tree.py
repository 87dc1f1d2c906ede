"""A book's tree, read from its tiles and leaves, is the tree of its leaves at every size it has had."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.context import TortoiseContext

from ledger import merkle, tree
from ledger.errors import BookDamaged
from tests.ledger.test_merkle import Hashes, numbered

pytestmark = pytest.mark.anyio

DDL = """
CREATE TABLE ledger_transaction (position INTEGER PRIMARY KEY, leaf BLOB NOT NULL) STRICT;
CREATE TABLE ledger_tile (id INTEGER PRIMARY KEY, level INTEGER, "index" INTEGER, hashes BLOB NOT NULL)
STRICT;
"""

SIZES = [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 66_100]
LEAVES = numbered(66_100)


def fill(path: Path, leaves: list[bytes]) -> None:
    """Write leaves and the tiles that `completed_tiles` names, as the journal does."""
    with sqlite3.connect(path) as file:
        file.executescript(DDL)
        file.executemany("INSERT INTO ledger_transaction VALUES (?, ?)", enumerate(leaves, 1))
        tiles = merkle.completed_tiles(0, leaves, partial=b"", stored=lambda *_: [])
        rows = [(tree.tile_id(tile.level, tile.index), tile.level, tile.index, tile.hashes) for tile in tiles]
        file.executemany("INSERT INTO ledger_tile VALUES (?, ?, ?, ?)", rows)
    file.close()


@asynccontextmanager
async def reading(path: Path) -> AsyncIterator[BaseDBAsyncClient]:
    """A Tortoise client on the file."""
    async with TortoiseContext() as context:
        await context.init(db_url=f"sqlite://{path}", modules={"ledger": ["ledger.models"]})
        yield context.connections.get("default")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """66,100 leaves: full tiles on two levels, partial ones on three."""
    path = tmp_path_factory.mktemp("tree") / "book.db"
    fill(path, LEAVES)
    return path


@pytest.fixture(scope="module")
def expected() -> Hashes:
    """The tree of the same leaves by definition."""
    return Hashes(LEAVES)


async def test_the_head_is_the_last_position(book: Path, tmp_path: Path) -> None:
    """An empty book has size 0 and the empty root; otherwise the size is the last position."""
    async with reading(book) as db:
        assert await tree.head(db) == 66_100
    fill(tmp_path / "empty.db", [])
    async with reading(tmp_path / "empty.db") as db:
        assert await tree.head(db) == 0
        assert await tree.root_at(db, 0) == merkle.EMPTY_ROOT


async def test_the_root_is_right_at_every_kind_of_size(book: Path, expected: Hashes) -> None:
    """Before, at and after the edges of tiles of both levels, for the head and for sizes long past."""
    async with reading(book) as db:
        for size in SIZES:
            assert await tree.root_at(db, size) == merkle.root(size, expected)


async def test_every_transaction_can_be_proved_to_be_in(book: Path, expected: Hashes) -> None:
    """First, middle, last and edges of tiles, in trees of every kind of size."""
    async with reading(book) as db:
        for size in SIZES:
            root = merkle.root(size, expected)
            for position in {1, size // 2 + 1, max(1, size - 1), size, min(size, 257), min(size, 65_281)}:
                proof = await tree.inclusion(db, position, size)
                assert merkle.verify_inclusion(LEAVES[position - 1], position - 1, size, proof, root)


async def test_a_proof_after_a_proof_reads_the_edge_once(
    book: Path, expected: Hashes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered is of that size and that book: proofs in a longer and a shorter tree are right."""
    read: list[int] = []
    real = tree._leaves
    monkeypatch.setattr(tree, "_leaves", lambda db, start, end: read.append(end) or real(db, start, end))
    async with reading(book) as db, reading(book) as other:
        for size in (300, 700, 300, 700):
            for position in (1, 290):
                proof = await tree.inclusion(db, position, size)
                assert proof == merkle.inclusion(position - 1, size, expected)
        assert read == [300, 700]
        await tree.inclusion(other, 1, 300)
        await tree.root_at(db, 700)
    assert read == [300, 700, 300, 700], "another book's edge, or a root, was taken from memory"


async def test_every_head_extends_every_earlier_head(book: Path, expected: Hashes) -> None:
    """Consistency between all pairs of sizes, the same size and the empty tree included."""
    async with reading(book) as db:
        for new in SIZES:
            for old in [0, *(size for size in SIZES if size <= new)]:
                proof = await tree.consistency(db, old, new)
                roots = merkle.root(old, expected), merkle.root(new, expected)
                assert merkle.verify_consistency(old, new, proof, *roots)


async def test_the_partial_tiles_are_those_of_tlog_tiles(book: Path, expected: Hashes) -> None:
    """66,100 leaves: 52 of tile 258, two tile roots after the full tile of level 1, one hash on level 2."""
    async with reading(book) as db:
        tiles = await tree.partial_tiles(db, 66_100)
        assert [(tile.level, tile.index, len(tile.hashes) // 32) for tile in tiles] == [
            (0, 258, 52),
            (1, 1, 2),
            (2, 0, 1),
        ]
        assert tiles[0].hashes == b"".join(LEAVES[258 * 256 :])
        assert tiles[2].hashes == merkle.root(65_536, expected)


async def test_a_proof_takes_two_statements_and_few_rows(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many transactions there are, and at most 255 tiles for each level."""
    rows: list[int] = []
    async with reading(book) as db:
        query = type(db).execute_query

        async def counted(self: Any, sql: str, values: list[Any] | None = None) -> tuple[int, Any]:
            answer = await query(self, sql, values)
            rows.append(len(answer[1]))
            return answer

        monkeypatch.setattr(type(db), "execute_query", counted)
        monkeypatch.setattr(type(db), "execute_query_dict", counted)
        await tree.inclusion(db, 40_000, 65_535)
        assert len(rows) == 2
        assert sum(rows) <= 2 * 255 + 8


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("DELETE FROM ledger_transaction WHERE position = 598", "第 513 笔到第 600 笔"),
        ("DELETE FROM ledger_tile WHERE id = 1", "第 0 层第 1 块"),
        ("UPDATE ledger_tile SET hashes = substr(hashes, 1, 8160) WHERE id = 1", "第 0 层第 1 块"),
    ],
)
async def test_what_is_missing_is_named(tmp_path: Path, damage: str, named: str) -> None:
    """A lost leaf, a lost tile and a short tile are reported as damage of the book, never hashed over."""
    fill(tmp_path / "book.db", LEAVES[:600])
    with sqlite3.connect(tmp_path / "book.db") as file:
        file.execute(damage)
    file.close()
    async with reading(tmp_path / "book.db") as db:
        with pytest.raises(BookDamaged, match=named):
            await tree.root_at(db, 600)
