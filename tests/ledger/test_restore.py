"""A book comes back from its copies exactly, or it does not come at all; what is missing is counted."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ledger import heads, restore, shipping, signatures, tree
from ledger.backups import Backup
from ledger.book import Book
from ledger.checkpoints import Checkpoint
from ledger.errors import CopyDamaged, NotContinuous, TargetInUse
from ledger.findings import Audit, Finding
from ledger.restore import Restored, Sources
from tests.ledger import drafts
from tests.ledger.copies import AT, HOUSE, fill, flip, ledger_of, meter, quiet, rows, take, tamper
from tests.ledger.drafts import draft, move
from tests.ledger.stories import KEY, VKEY

pytestmark = pytest.mark.anyio


async def made(folder: Path) -> tuple[Backup, Checkpoint]:
    """A book with a backup of 300 entries and 320 shipped, of which the witness saw all."""
    async with drafts.fresh(folder) as book:
        await fill(book, 300)
        await heads.checkpoint(book, KEY)
        backup = await asyncio.to_thread(take, folder / "book.db", folder / "copies")
        await fill(book, 20, first=301)
        await shipping.ship(book.reader, folder / "segments", progress=quiet)
        return backup, await sight(book)


async def sight(book: Book) -> Checkpoint:
    """What a witness that looks now would keep."""
    size = await tree.head(book.reader)
    return Checkpoint("", size, await tree.root_at(book.reader, size))


async def put(folder: Path, sources: Sources, name: str = "new.db") -> Restored:
    """Restore beside the book."""
    return await restore.restore(sources, f"sqlite://{folder / name}", house=HOUSE, meter=meter)


async def test_backup_and_segments_give_the_same_book(tmp_path: Path) -> None:
    """Row for row; it is said how many entries came from where; it can be written at once."""
    backup, seen = await made(tmp_path)
    restored = await put(tmp_path, Sources(backup, tmp_path / "segments", seen, VKEY))
    assert (restored.size, restored.from_segments, restored.replayed) == (320, 20, {"move": 20})
    assert (restored.well, restored.missing, restored.root) == (True, 0, seen.root.hex())
    assert ledger_of(tmp_path / "new.db") == ledger_of(tmp_path / "book.db")
    async with drafts.opened(tmp_path / "new.db") as book:
        assert (await book.journal.post(draft("next", move("bank", "a", 1)))).position == 321
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"book.db", "book.db.lock", "copies", "segments", "new.db", "new.db.lock"}


async def test_yesterdays_backup_is_told_from_a_whole_one(tmp_path: Path) -> None:
    """Against a newer witness the entries it lacks are counted; it stands there, and it is not well."""
    backup, seen = await made(tmp_path)
    restored = await put(tmp_path, Sources(backup, None, seen, VKEY))
    assert (restored.placed, restored.well, restored.size, restored.missing) == (True, False, 300, 20)
    assert (await put(tmp_path, Sources(backup), "other.db")).well


async def test_segments_that_are_behind_add_nothing(tmp_path: Path) -> None:
    """A backup that is newer than what was shipped stands by itself."""
    await made(tmp_path)
    async with drafts.opened(tmp_path / "book.db") as book:
        await fill(book, 5, first=900)
    newer = take(tmp_path / "book.db", tmp_path / "copies", at=AT + timedelta(hours=1))
    restored = await put(tmp_path, Sources(newer, tmp_path / "segments"))
    assert (restored.size, restored.from_segments, restored.well) == (325, 0, True)


async def test_nothing_is_put_over_a_book(tmp_path: Path) -> None:
    """What stands at the address is not touched."""
    backup, _ = await made(tmp_path)
    before = (tmp_path / "book.db").read_bytes()
    with pytest.raises(TargetInUse):
        await put(tmp_path, Sources(backup), "book.db")
    assert (tmp_path / "book.db").read_bytes() == before


async def test_another_history_is_not_placed(tmp_path: Path) -> None:
    """When the witness saw other entries there is no book afterwards, and the report says which it was."""
    backup, seen = await made(tmp_path)
    other = replace(seen, size=250, root=bytes(32))
    restored = await put(tmp_path, Sources(backup, tmp_path / "segments", other))
    assert (restored.placed, restored.differs, restored.well) == (False, True, False)
    assert not (tmp_path / "new.db").exists()


async def test_segments_of_another_history_are_refused(tmp_path: Path) -> None:
    """Longer or shorter than the backup, they must meet it."""
    backup, _ = await made(tmp_path)
    for name, count in (("longer", 330), ("shorter", 200)):
        async with drafts.fresh(tmp_path, f"{name}.db") as book:
            await fill(book, count)
            await shipping.ship(book.reader, tmp_path / name, progress=quiet)
        with pytest.raises(NotContinuous, match="历史不同"):
            await put(tmp_path, Sources(backup, tmp_path / name))
    assert not (tmp_path / "new.db").exists()


async def test_a_changed_byte_is_named_and_nothing_placed(tmp_path: Path) -> None:
    """In the backup, and in a segment that is needed."""
    backup, _ = await made(tmp_path)
    shutil.copytree(tmp_path / "copies", tmp_path / "bad")
    flip(tmp_path / "bad" / backup.path.name, 50_000)
    with pytest.raises(CopyDamaged, match=backup.path.name):
        await put(tmp_path, Sources(replace(backup, path=tmp_path / "bad" / backup.path.name)))
    last = max((tmp_path / "segments").iterdir())
    flip(last, 700)
    with pytest.raises(CopyDamaged, match=last.name):
        await put(tmp_path, Sources(backup, tmp_path / "segments"))
    assert not [path for path in tmp_path.iterdir() if "new.db" in path.name]


async def test_a_forged_manifest_does_not_pass(tmp_path: Path) -> None:
    """A manifest with the right digest that promises another size or root."""
    backup, _ = await made(tmp_path)
    with pytest.raises(NotContinuous, match="清单"):
        await put(tmp_path, Sources(replace(backup, size=299)))
    with pytest.raises(NotContinuous, match="清单"):
        await put(tmp_path, Sources(replace(backup, root="00" * 32)))


async def test_damage_that_was_backed_up_is_found(tmp_path: Path) -> None:
    """A posting changed before the backup: text and tree are whole, the full audit names the row, nothing is placed."""
    await made(tmp_path)
    tamper(tmp_path / "book.db", "ledger_posting", "UPDATE ledger_posting SET amount = 4 WHERE id = 25600")
    damaged = take(tmp_path / "book.db", tmp_path / "damaged")
    restored = await put(tmp_path, Sources(damaged))
    assert (restored.placed, restored.well) == (False, False)
    assert "ledger_posting 25600" in {finding.row for finding in restored.damage}
    assert not (tmp_path / "new.db").exists()


async def test_what_only_backups_hold_is_counted_after_it_alone(tmp_path: Path) -> None:
    """The house's findings on entries from segments are losses; on what the backup held they are findings."""
    backup, seen = await made(tmp_path)

    async def rows_are_there(_audit: Audit) -> AsyncIterator[Finding]:
        for position in (12, 301, 320):
            yield Finding("rows", position, f"row {position}", "gone")

    house = replace(HOUSE, checks=[rows_are_there])
    sources = Sources(backup, tmp_path / "segments", seen)
    restored = await restore.restore(sources, f"sqlite://{tmp_path / 'new.db'}", house=house, meter=meter)
    assert [finding.position for finding in restored.bare] == [301, 320]
    assert [finding.position for finding in restored.around] == [12]
    assert (restored.placed, restored.well) == (True, False)


async def test_the_signed_heads_are_checked_with_a_key(tmp_path: Path) -> None:
    """A head in the backup that another key signed is damage, when the key is known."""
    backup, _ = await made(tmp_path)
    other = str(signatures.generate(KEY.name).verifier)
    assert (await put(tmp_path, Sources(backup, vkey=VKEY))).well
    restored = await put(tmp_path, Sources(backup, vkey=other), "other.db")
    assert [finding.row for finding in restored.damage] == ["ledger_checkpoint 300"]
    assert len(rows(tmp_path / "new.db", "ledger_checkpoint")) == 1
