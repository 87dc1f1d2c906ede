"""A bundle is the whole ledger up to a checkpoint, appears whole or not at all, and takes no memory to speak
of.
"""

from __future__ import annotations

import sqlite3
from functools import partial
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import bundle, merkle, tree, verify
from ledger.errors import BookDamaged, TargetInUse, WrongSignature
from tests.ledger.stories import GOLDEN, KEY, VKEY, note_of, story
from tests.ledger.test_tree import reading

pytestmark = pytest.mark.anyio

DDL = """
CREATE TABLE ledger_transaction (position INTEGER PRIMARY KEY, body BLOB NOT NULL, leaf BLOB NOT NULL) STRICT;
CREATE TABLE ledger_tile (id INTEGER PRIMARY KEY, level INTEGER, "index" INTEGER, hashes BLOB NOT NULL)
STRICT;
"""


def book_of(path: Path, bodies: list[bytes]) -> Path:
    """A book's file with these texts, as the journal would have written them."""
    leaves = [merkle.leaf_hash(body) for body in bodies]
    with sqlite3.connect(path) as file:
        file.executescript(DDL)
        rows = [(position, bodies[position - 1], leaf) for position, leaf in enumerate(leaves, 1)]
        file.executemany("INSERT INTO ledger_transaction VALUES (?, ?, ?)", rows)
        for tile in merkle.completed_tiles(0, leaves, partial=b"", stored=lambda *_: []):
            row = (tree.tile_id(tile.level, tile.index), tile.level, tile.index, tile.hashes)
            file.execute("INSERT INTO ledger_tile VALUES (?, ?, ?, ?)", row)
    file.close()
    return path


def silent(done: int, total: int) -> None:
    """Nobody watches the progress."""


def _tell(told: list[tuple[int, int]], done: int, total: int) -> None:
    told.append((done, total))


async def write(db: BaseDBAsyncClient, directory: Path, note: str, vkey: str = VKEY) -> None:
    """Write a bundle with nobody watching."""
    await bundle.write(db, directory, checkpoint=note, vkey=vkey, progress=silent)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


async def test_it_writes_the_golden_bundle(tmp_path: Path) -> None:
    """Byte for byte, with the tool, the books and the instructions beside it."""
    async with reading(book_of(tmp_path / "book.db", story().bodies)) as db:
        await write(db, tmp_path / "out", note_of(story().bodies))
    written = files_of(tmp_path / "out")
    assert files_of(GOLDEN).items() <= written.items()
    beside = {"README.txt", "verify.py", "book.journal", "book.beancount"}
    assert written.keys() - files_of(GOLDEN).keys() == beside
    assert written["verify.py"] == Path(verify.__file__).read_bytes()
    assert f"{KEY.name}，共 12 笔" in written["README.txt"].decode()


async def test_what_it_writes_passes_the_check_whatever_the_size(tmp_path: Path) -> None:
    """Empty, one, around a tile, several pages; and it tells how far it is."""
    bodies = story(1_500).bodies
    async with reading(book_of(tmp_path / "book.db", bodies)) as db:
        for size in (0, 1, 255, 256, 257, 1_000, 1_500):
            told: list[tuple[int, int]] = []
            directory, note = tmp_path / f"out-{size}", note_of(bodies[:size])
            await bundle.write(db, directory, checkpoint=note, vkey=VKEY, progress=partial(_tell, told))
            assert verify.main([str(tmp_path / f"out-{size}"), "--key", VKEY]) == 0
            assert told == [(min(at, size), size) for at in range(1_000, size + 1_000, 1_000)]


async def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    """A non-empty folder or a file is refused by name; an empty folder is filled; nothing is left beside
    it.
    """
    bodies = story().bodies
    (tmp_path / "full").mkdir()
    (tmp_path / "full/letter.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    (tmp_path / "empty").mkdir()
    async with reading(book_of(tmp_path / "book.db", bodies)) as db:
        for name in ("full", "file"):
            with pytest.raises(TargetInUse, match=name):
                await write(db, tmp_path / name, note_of(bodies))
        await write(db, tmp_path / "empty", note_of(bodies))
    assert files_of(tmp_path / "full") == {"letter.txt": b"mine"}
    assert (tmp_path / "empty/checkpoint").is_file()
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("UPDATE ledger_transaction SET leaf = zeroblob(32) WHERE position = 590", "前 600 笔和检查点不同"),
        ("DELETE FROM ledger_transaction WHERE position = 600", "前 600 笔和检查点不同"),
        ("DELETE FROM ledger_transaction WHERE position = 100", "第 1 笔以后有缺失"),
        ("DELETE FROM ledger_tile WHERE id = 0", "第 0 层第 0 块"),
    ],
)
async def test_a_damaged_book_makes_no_bundle(tmp_path: Path, damage: str, named: str) -> None:
    """The root must be the signed one and every row there; otherwise nothing appears."""
    bodies = story(600).bodies
    with sqlite3.connect(book_of(tmp_path / "book.db", bodies)) as file:
        file.execute(damage)
    file.close()
    async with reading(tmp_path / "book.db") as db:
        with pytest.raises(BookDamaged, match=named):
            await write(db, tmp_path / "out", note_of(bodies))
    assert {path.name for path in tmp_path.iterdir()} - {"book.db-wal", "book.db-shm"} == {"book.db"}


async def test_a_checkpoint_of_another_key_makes_no_bundle(tmp_path: Path) -> None:
    """The checkpoint must be signed by the key that is put beside it."""
    async with reading(book_of(tmp_path / "book.db", story().bodies)) as db:
        with pytest.raises(WrongSignature):
            await write(db, tmp_path / "out", note_of(story().bodies).replace("\n12\n", "\n11\n"))
