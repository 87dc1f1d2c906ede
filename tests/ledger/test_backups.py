"""A backup holds all that was acknowledged before it, is read back before it has a name, and says what it is."""

from __future__ import annotations

import asyncio
import json
import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ledger import backups, files, heads
from ledger.backups import Backup, Keep
from ledger.errors import BookDamaged, CopyDamaged, OtherBook, PlaceBusy
from tests.ledger import drafts
from tests.ledger.copies import AT, fill, flip, rows, take, tamper
from tests.ledger.stories import KEY

pytestmark = pytest.mark.anyio


async def test_what_was_acknowledged_before_is_in_it(tmp_path: Path) -> None:
    """While five callers post, three backups are taken: each has every entry acknowledged before it was asked for."""
    async with drafts.fresh(tmp_path) as book:
        stopped, acknowledged = asyncio.Event(), 0

        async def post(caller: int) -> None:
            nonlocal acknowledged
            number = 0
            while not stopped.is_set():
                number += 1
                receipt = await book.journal.post(
                    drafts.draft(f"{caller}/{number:06}", drafts.move("bank", "a", 1))
                )
                acknowledged = max(acknowledged, receipt.position)

        callers = [asyncio.ensure_future(post(caller)) for caller in range(5)]
        sizes = []
        for number in range(3):
            seen = await book.journal.post(drafts.draft(f"seen/{number}", drafts.move("bank", "a", 1)))
            before = max(acknowledged, seen.position)
            made = await asyncio.to_thread(take, tmp_path / "book.db", tmp_path / "copies")
            assert made.size >= before > 0
            sizes.append(made.size)
        stopped.set()
        await asyncio.gather(*callers)
    assert len(set(sizes)) == 3, "nobody wrote meanwhile"
    for path in backups.listed(tmp_path / "copies"):
        assert len(rows(path, "ledger_transaction")) == backups.read(path).size


async def test_a_backup_says_what_it_is(tmp_path: Path) -> None:
    """Its name has the moment and the size, its manifest the root, the signed head and the digest; only the owner may
    read either."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 5)
        head = await heads.checkpoint(book, KEY)
        await fill(book, 2, first=6)
        made = take(tmp_path / "book.db", tmp_path / "copies")
        leaf = rows(tmp_path / "book.db", "ledger_transaction")[0][-1].hex()
    assert made.path.name == "20261121T101203Z-7.db"
    said = json.loads(made.path.with_suffix(".json").read_text())
    assert said == {
        "book": leaf,
        "checkpoint": head.note,
        "engine": "sqlite",
        "file": made.path.name,
        "made_at": "2026-11-21T10:12:03.000000Z",
        "root": made.root,
        "sha256": files.digest(made.path),
        "size": 7,
        "v": 1,
    }
    assert {path.stat().st_mode & 0o777 for path in made.path.parent.iterdir()} == {0o600}
    assert backups.newest(made.path.parent) == backups.newest(made.path) == made


async def test_two_in_a_second_are_two(tmp_path: Path) -> None:
    """The second is named for the next second; neither takes the other's place."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 1)
    first, second = (take(tmp_path / "book.db", tmp_path / "copies") for _ in range(2))
    assert [path.name for path in backups.listed(tmp_path / "copies")] == [first.path.name, second.path.name]


@pytest.mark.parametrize(
    ("table", "change", "said"),
    [
        (
            "ledger_transaction",
            "UPDATE ledger_transaction SET body = CAST(body || ' ' AS BLOB) WHERE position = 3",
            "第 3 笔",
        ),
        ("ledger_transaction", "DELETE FROM ledger_transaction WHERE position = 2", "缺少第 2 笔"),
        (
            "ledger_checkpoint",
            "UPDATE ledger_checkpoint SET root = zeroblob(32)",
            "前 5 笔和签过的检查点不同",
        ),
        (
            "ledger_transaction",
            "DELETE FROM ledger_transaction WHERE position = 5",
            "前 5 笔和签过的检查点不同",
        ),
    ],
)
async def test_a_damaged_book_makes_no_backup(tmp_path: Path, table: str, change: str, said: str) -> None:
    """What does not hold together when it is read back gets no name, and nothing of it is left."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 5)
        await heads.checkpoint(book, KEY)
    tamper(tmp_path / "book.db", table, change)
    with pytest.raises(CopyDamaged, match=said):
        take(tmp_path / "book.db", tmp_path / "copies")
    assert list((tmp_path / "copies").iterdir()) == []


async def test_any_changed_byte_is_noticed(tmp_path: Path) -> None:
    """In the file by its digest, in the manifest because it is read strictly; the file is named."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 5)
    made = take(tmp_path / "book.db", tmp_path / "copies")
    backups.require_whole(made)
    flip(made.path, made.path.stat().st_size // 2)
    with pytest.raises(CopyDamaged, match=re.escape(made.path.name)):
        backups.require_whole(made)
    made.path.with_suffix(".json").write_text('{"v":1}')
    with pytest.raises(CopyDamaged, match="清单"):
        backups.read(made.path)
    made.path.with_suffix(".json").unlink()
    with pytest.raises(CopyDamaged, match="清单"):
        backups.newest(tmp_path / "copies")


async def test_an_empty_folder_and_a_foreign_engine_are_said(tmp_path: Path) -> None:
    """Neither is taken for a backup."""
    with pytest.raises(CopyDamaged, match="没有备份"):
        backups.newest(tmp_path)
    with pytest.raises(BookDamaged, match="oracle"):
        backups.engine("oracle://book")


async def test_a_folder_is_for_one_book_and_one_writer(tmp_path: Path) -> None:
    """Another book's backups are not mixed in, two are not written at once, and other people's files are left alone."""
    for name in ("one.db", "two.db"):
        async with drafts.fresh(tmp_path, name) as book:
            await fill(book, 2)
    folder = tmp_path / "copies"
    take(tmp_path / "one.db", folder)
    (folder / "mine.json").write_text("{}")
    (folder / "20201121T101203Z-9.json").write_text("what a kill left")
    with pytest.raises(OtherBook):
        take(tmp_path / "two.db", folder)
    with files.only_one(folder), pytest.raises(PlaceBusy):
        take(tmp_path / "one.db", folder)
    take(tmp_path / "one.db", folder)
    assert (folder / "mine.json").exists()
    assert not (folder / "20201121T101203Z-9.json").exists()
    assert len(backups.listed(folder)) == 2


def _made(at: datetime) -> Backup:
    return Backup(Path(f"{at:%Y%m%dT%H%M}.db"), "sqlite", at, "", 1, "", "", "")


def test_a_year_of_backups_is_thinned_out() -> None:
    """Four a day for 400 days: everything of the last day, seven days, four weeks, twelve months, and nothing else."""
    now = datetime(2026, 11, 21, 12, tzinfo=UTC)
    made = [_made(now - timedelta(hours=6 * number)) for number in range(1600)]
    gone = {one.path for one in backups.superseded(made, Keep(), now=now)}
    kept = [one.made_at for one in made if one.path not in gone]
    assert [at for at in kept if now - at < timedelta(days=1)] == [
        now - timedelta(hours=6 * n) for n in range(4)
    ]
    assert {f"{at:%m-%d}" for at in kept} >= {f"{now - timedelta(days=n):%m-%d}" for n in range(7)}
    assert {f"{at:%G-%V}" for at in kept} >= {f"{now - timedelta(weeks=n):%G-%V}" for n in range(4)}
    assert len({f"{at:%Y-%m}" for at in kept}) == 12
    assert len(kept) <= 4 + 7 + 4 + 12


def test_the_newest_stays_whatever_is_asked() -> None:
    """Even of nothing but old ones, and when nothing is to be kept."""
    old = [_made(AT - timedelta(days=500 + number)) for number in range(3)]
    assert backups.superseded(old, Keep(0, 0, 0), now=AT) == [old[2], old[1]]
    assert backups.superseded([], Keep(), now=AT) == []


async def test_a_removed_backup_takes_its_manifest_along(tmp_path: Path) -> None:
    """Nothing of it is left, and removing it again is no error."""
    async with drafts.fresh(tmp_path) as book:
        await fill(book, 1)
    made = take(tmp_path / "book.db", tmp_path / "copies")
    backups.remove(made)
    backups.remove(replace(made))
    assert list((tmp_path / "copies").iterdir()) == []
