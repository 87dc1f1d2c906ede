"""A drill: restore the book from its copies in a place of its own, serve somebody, and say what a loss would cost."""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from ledger import backups, restore, segments, tree
from ledger.backups import Backup
from ledger.book import Book
from ledger.checkpoints import Checkpoint
from ledger.encoding import read_moment
from ledger.errors import BookDamaged, CopyDamaged, LedgerError, NotContinuous
from ledger.frontier import Frontier
from ledger.restore import House, Meter, Restored, Sources
from points import district
from points.errors import PointsError, TooMuchLost
from points.evidence.attached import files_stand
from points.evidence.checks import evidence_matches
from points.market import trials
from points.market.trials import Trial

SECONDS_AT_MOST = 60
"""An entry is at a second place within a minute, when segments are shipped."""


HOUSE = House(open=district.open_district, migrate=district.make, checks=(evidence_matches,))
"""What the ledger must be told to restore a book of ours."""


def house_with(files: Path) -> House:
    """The same, for a backup beside which the files that prove events stand in a folder."""
    return replace(HOUSE, checks=(*HOUSE.checks, files_stand(files)))


@dataclass(frozen=True)
class Loss:
    """What would be lost now: entries of the book in use that no copy has, and for how long the first has waited."""

    entries: int
    seconds: float


@dataclass(frozen=True)
class Drill:
    """What a drill showed. `seconds`: from taking the backup in hand to having served somebody. None: it did not come
    to that."""

    restored: Restored | None
    trial: Trial | None
    loss: Loss | None
    seconds: float
    problems: tuple[LedgerError | PointsError, ...]

    @property
    def well(self) -> bool:
        """Nothing at all was found."""
        return self.restored is not None and self.restored.well and not self.problems


@dataclass
class _Notes:
    problems: list[LedgerError | PointsError] = field(default_factory=list)
    restored: Restored | None = None
    trial: Trial | None = None
    seconds: float = 0.0


async def drill(
    folder: Path,
    *,
    meter: Meter,
    shipped: Path | None = None,
    witness: Checkpoint | None = None,
    vkey: str | None = None,
    live: str | None = None,
    near: str = "",
    house: House = HOUSE,
) -> Drill:
    """Restore the newest backup that can be, with the segments, as after a disaster; `live` is the book in use, if any.

    Every backup and segment is read through first, and what is damaged is named. Nothing outside a temporary folder is
    written; for a backup of PostgreSQL, nothing outside a schema of its own on the server of `near`, which is dropped.
    """
    begun, notes = datetime.now(UTC), _Notes()
    seen = await _size(live) if live else 0
    whole = await asyncio.to_thread(_whole_backups, folder, notes, meter)
    if shipped and not await asyncio.to_thread(_segments_are_whole, shipped, notes, meter):
        shipped = None
    with tempfile.TemporaryDirectory(prefix="jishan-drill-") as scratch:
        for backup in reversed(whole):
            place = Path(scratch) / str(backup.size)
            place.mkdir(exist_ok=True)
            if await _try(Sources(backup, shipped, witness, vkey), place, near, notes, meter, house):
                break
    loss = None
    if notes.restored and notes.restored.placed:
        loss = await _compare(live, seen, notes.restored, notes, at=begun) if live else None
        if loss and shipped and loss.seconds > SECONDS_AT_MOST:
            waited = round(loss.seconds)
            notes.problems.append(TooMuchLost(entries=loss.entries, seconds=waited, most=SECONDS_AT_MOST))
    return Drill(notes.restored, notes.trial, loss, notes.seconds, tuple(notes.problems))


def _whole_backups(folder: Path, notes: _Notes, meter: Meter) -> list[Backup]:
    """The backups whose bytes are as they were written, oldest first."""
    whole: list[Backup] = []
    paths = backups.listed(folder) if folder.is_dir() else [folder]
    if not paths:
        notes.problems.append(CopyDamaged(file=folder, problem="里面没有备份"))
    step = meter("核对备份")
    for number, path in enumerate(paths, 1):
        try:
            backup = backups.read(path)
            backups.require_whole(backup)
        except LedgerError as problem:
            notes.problems.append(problem)
        else:
            whole.append(backup)
        step(number, len(paths))
    return whole


def _segments_are_whole(folder: Path, notes: _Notes, meter: Meter) -> bool:
    step = meter("核对分段")
    try:
        for _ in segments.following(segments.listed(folder), Frontier(), step):
            pass
    except LedgerError as problem:
        notes.problems.append(problem)
        return False
    return True


async def _try(sources: Sources, folder: Path, near: str, notes: _Notes, meter: Meter, house: House) -> bool:
    """Restore one backup and serve somebody from it. False when an older one has to be tried."""
    begun = time.monotonic()
    try:
        async with backups.engine(sources.backup.engine).lent(folder, near) as url:
            notes.restored = await restore.restore(sources, url, house=house, meter=meter)
            if not notes.restored.placed:
                notes.problems.append(_why_not_placed(notes.restored, sources.witness))
                return False
            async with HOUSE.open(url) as book:
                notes.trial = await trials.redeem_once(book, on=book.today())
            if notes.trial and not notes.trial.adds_up:
                notes.problems.append(BookDamaged(problem="试兑换以后余额或库存对不上"))
            notes.seconds = time.monotonic() - begun
    except LedgerError as problem:
        notes.problems.append(problem)
        return False
    return True


def _why_not_placed(restored: Restored, witness: Checkpoint | None) -> LedgerError:
    """What an older backup, tried next, must not let us forget."""
    if restored.damage:
        first = restored.damage[0]
        return CopyDamaged(file=restored.backup.path.name, problem=f"{first.row}：{first.what}")
    assert witness is not None, "nothing else keeps a whole book from its place"
    problem = f"前 {witness.size} 笔和见证人见过的不同"
    return NotContinuous(place=restored.backup.path.name, problem=problem)


async def _size(live: str) -> int:
    async with HOUSE.open(live) as book:
        return await tree.head(book.reader)


async def _compare(live: str, seen: int, restored: Restored, notes: _Notes, *, at: datetime) -> Loss:
    """The book in use, as it stood when the drill began, against what was restored."""
    async with HOUSE.open(live) as book:
        head = await tree.head(book.reader)
        if head < restored.size:
            problem = f"恢复出 {restored.size} 笔，在用的账本只有 {head} 笔"
            notes.problems.append(NotContinuous(place=restored.backup.path.name, problem=problem))
        elif (await tree.root_at(book.reader, restored.size)).hex() != restored.root:
            problem = f"前 {restored.size} 笔和在用的账本不同"
            notes.problems.append(NotContinuous(place=restored.backup.path.name, problem=problem))
        elif seen > restored.size:
            waited = at - await _recorded_at(book, restored.size + 1)
            return Loss(seen - restored.size, max(0.0, waited.total_seconds()))
    return Loss(0, 0.0)


async def _recorded_at(book: Book, position: int) -> datetime:
    rows = await book.reader.execute_query_dict(
        "SELECT recorded_at FROM ledger_transaction WHERE position = ?", [position]
    )
    return read_moment(rows[0]["recorded_at"])
