"""A drill shows what a disaster would cost, and finds in the copies what would be wrong on that day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import backups, restore, shipping, signatures, tree
from ledger.checkpoints import Checkpoint
from ledger.findings import Finding
from ledger.restore import Restored, Sources
from points import drills
from points.district import open_district
from points.drills import Drill
from points.keys import new_key
from points.market import baskets, counter, shops
from points.market.trials import Trial
from points.sample.town import RESIDENTS, STAFF
from tests import town
from web.settings import Settings

pytestmark = pytest.mark.anyio


def quiet(_done: int, _total: int) -> None:
    """Nobody is looking."""


def meter(_label: str) -> Callable[[int, int], None]:
    """A meter nobody looks at."""
    return quiet


@dataclass(frozen=True)
class Kept:
    """The sample town and its copies: a backup, and segments that reach two redemptions further."""

    folder: Path
    settings: Settings
    size: int
    seen: Checkpoint

    @property
    def copies(self) -> Path:
        """Where the backups are."""
        return self.folder / "copies"

    @property
    def segments(self) -> Path:
        """Where the segments are."""
        return self.folder / "segments"

    async def drill(self, *, segments: bool = True, witness: Checkpoint | None = None) -> Drill:
        """Rehearse, against the town in use."""
        return await drills.drill(
            self.copies,
            meter=meter,
            shipped=self.segments if segments else None,
            witness=witness,
            vkey=str(signatures.load(self.settings.key_file).verifier),
            live=self.settings.book,
        )

    async def backup(self) -> None:
        """Take another backup."""
        await asyncio.to_thread(
            backups.take,
            self.settings.book,
            self.copies,
            at=datetime.now(UTC),
            progress=quiet,
            verifying=quiet,
        )

    async def redeem(self, times: int) -> None:
        """王秀兰 is served so many times."""
        async with open_district(self.settings.book) as book:
            shop = await shops.find(book, 1)
            for _ in range(times):
                await counter.redeem(
                    book,
                    shop,
                    RESIDENTS[0].number,
                    baskets.of({1: 1}),
                    by=STAFF[3].number,
                    key=new_key(),
                    on=book.today(),
                    found_by="card",
                )


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The sample town, copied."""
    return town.copied(tmp_path)


@pytest.fixture
async def kept(settings: Settings, tmp_path: Path) -> Kept:
    """Backed up, then two redemptions, then shipped; the witness looked last."""
    bare = Kept(tmp_path, settings, 0, Checkpoint("", 0, b""))
    await bare.backup()
    await bare.redeem(2)
    async with open_district(settings.book) as book:
        size = (await shipping.ship(book.reader, bare.segments, progress=quiet)).last
        return replace(bare, size=size, seen=Checkpoint("", size, await tree.root_at(book.reader, size)))


async def test_a_drill_that_finds_nothing(kept: Kept) -> None:
    """Everything came back, somebody was served from it, nothing would be lost, and nothing outside was touched."""
    before = {path: path.read_bytes() for path in kept.folder.rglob("*") if path.is_file()}
    done = await kept.drill(witness=kept.seen)
    assert done.problems == ()
    assert done.well
    assert done.restored is not None
    assert (done.restored.size, done.restored.from_segments, len(done.restored.bare)) == (kept.size, 2, 2)
    assert done.trial is not None
    assert (done.trial.position, done.trial.adds_up) == (kept.size + 1, True)
    assert done.loss is not None
    assert (done.loss.entries, 0 < done.seconds < 60) == (0, True)
    assert {path: path.read_bytes() for path in before if path.exists()} == before


async def test_yesterdays_backup_is_reported(kept: Kept) -> None:
    """Without the segments, the newer witness shows that two entries are gone, and the book in use since when."""
    done = await kept.drill(segments=False, witness=kept.seen)
    assert not done.well
    assert done.restored is not None
    assert (done.restored.missing, done.restored.placed) == (2, True)
    assert done.loss is not None
    assert done.loss.entries == 2


async def test_entries_that_were_not_shipped_in_time_are_found(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that has waited for longer than allowed is a finding; one that has not is told."""
    await kept.redeem(1)
    early = await kept.drill()
    assert early.well
    assert early.loss is not None
    assert early.loss.entries == 1
    monkeypatch.setattr(drills, "SECONDS_AT_MOST", 0)
    late = await kept.drill()
    assert [type(problem).__name__ for problem in late.problems] == ["TooMuchLost"]
    assert not late.well


async def test_every_damaged_copy_is_named(kept: Kept) -> None:
    """A byte changed in the newest backup and one in a segment: both are named, and the one before still restores."""
    await kept.backup()
    newest, old = backups.listed(kept.copies)[-1], min(kept.segments.iterdir())
    for path in (newest, old):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    done = await kept.drill()
    assert {problem.facts["file"] for problem in done.problems} == {newest.name, old.name}
    assert done.restored is not None
    assert (done.restored.placed, done.restored.backup.path) == (True, backups.listed(kept.copies)[0])
    assert not done.well


async def test_another_history_is_reported(kept: Kept) -> None:
    """A witness that saw other entries, and a book in use that is not the one in the copies."""
    done = await kept.drill(witness=Checkpoint("", kept.size, bytes(32)))
    assert "见证人" in str(done.problems[0])
    assert not done.well
    in_use = Path(kept.settings.book.removeprefix("sqlite://"))
    in_use.write_bytes(backups.newest(kept.copies).path.read_bytes())
    for ending in ("-wal", "-shm"):
        in_use.with_name(in_use.name + ending).unlink(missing_ok=True)
    short = await kept.drill()
    assert f"在用的账本只有 {kept.size - 2} 笔" in str(short.problems[0])
    await kept.redeem(3)
    other = await kept.drill()
    assert "和在用的账本不同" in str(other.problems[0])


async def test_an_empty_folder_is_no_backup(tmp_path: Path) -> None:
    """There is nothing to restore, and that is the finding."""
    done = await drills.drill(tmp_path, meter=meter)
    assert (done.restored, done.well, len(done.problems)) == (None, False, 1)


async def test_damage_in_the_newest_is_not_forgotten(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the audit finds the newest damaged and the one before is whole, the drill names the damage."""
    await kept.backup()
    restoring = restore.restore

    async def damaged(sources: Sources, url: str, **given: object) -> Restored:
        restored = await restoring(sources, url, **given)  # type: ignore[arg-type]
        if sources.backup.path == backups.listed(kept.copies)[-1]:
            finding = Finding("balances", 3, "ledger_posting 768", "余额应为 5")
            return replace(restored, placed=False, damage=(finding,))
        return restored

    monkeypatch.setattr("points.drills.restore.restore", damaged)
    done = await kept.drill()
    assert [problem.facts["problem"] for problem in done.problems] == ["ledger_posting 768：余额应为 5"]
    assert done.restored is not None
    assert done.restored.placed


async def test_a_trial_that_does_not_add_up_is_a_finding(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy from which somebody is served wrongly is no copy."""

    async def wrong(_book: object, *, on: object) -> Trial:
        return Trial("V-1", "香皂", 3, 9, (17, 17), (2, 1))

    monkeypatch.setattr("points.drills.trials.redeem_once", wrong)
    assert [type(problem).__name__ for problem in (await kept.drill()).problems] == ["BookDamaged"]
