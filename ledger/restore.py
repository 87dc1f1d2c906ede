"""Restore a book: a backup, the segments after it, a full audit, what a witness saw. It is placed only when whole."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path

from ledger import audit, backups, replay, segments, tree
from ledger.backups import Backup
from ledger.book import Book
from ledger.checkpoints import Checkpoint
from ledger.copying import Migrate
from ledger.errors import CopyDamaged, NotContinuous
from ledger.findings import Check, Finding

Meter = Callable[[str], Callable[[int, int], None]]
"""Told the name of a stretch of work, it answers with what is called as the work goes on."""


@dataclass(frozen=True)
class House:
    """What whoever keeps the book brings: how it is opened, brought up to date, and checked around the ledger."""

    open: Callable[[str], AbstractAsyncContextManager[Book]]
    migrate: Migrate
    checks: Sequence[Check]


@dataclass(frozen=True)
class Sources:
    """What a book is restored from. `witness` is the newest checkpoint that somebody else kept."""

    backup: Backup
    segments: Path | None = None
    witness: Checkpoint | None = None
    vkey: str | None = None


@dataclass(frozen=True)
class Restored:
    """What came of it.

    replayed   entries that came from segments, by kind
    bare       of those, the entries whose evidence is not in the backup: their rows have to be entered again
    around     findings of the house's checks on what the backup itself held
    damage     findings in the ledger; then nothing was placed
    missing    entries the witness saw that are not there
    differs    the witness saw another history; then nothing was placed
    """

    backup: Backup
    size: int
    root: str
    replayed: dict[str, int]
    bare: tuple[Finding, ...]
    around: tuple[Finding, ...]
    damage: tuple[Finding, ...]
    missing: int
    differs: bool
    placed: bool
    seconds: float

    @property
    def from_segments(self) -> int:
        """How many entries came from segments."""
        return sum(self.replayed.values())

    @property
    def well(self) -> bool:
        """The book stands, nothing was found, and nothing is missing that a witness saw."""
        return self.placed and not (self.around or self.missing)


@dataclass
class _Work:
    """What is known so far."""

    size: int = 0
    root: bytes = b""
    replayed: dict[str, int] = field(default_factory=dict)
    damage: tuple[Finding, ...] = ()
    house: tuple[Finding, ...] = ()
    missing: int = 0
    differs: bool = False


async def restore(sources: Sources, url: str, *, house: House, meter: Meter) -> Restored:
    """Restore a book to an address where there is none.

    The backup's bytes are compared with its manifest; a copy of it is brought up to date, continued with the entries
    of the segments that come after it, audited in full and compared with what the witness saw; only then it appears at
    `url`. Raises TargetInUse, CopyDamaged, NotContinuous, NoSpace, PlaceBusy, BookDamaged: then nothing was placed, and
    nothing that stood there was touched.
    """
    begun = time.monotonic()
    using = backups.engine(url)
    if sources.backup.engine != using.NAME:
        problem = f"它是 {sources.backup.engine} 账本的备份，只能恢复到 {sources.backup.engine}:// 开头的地址"
        raise CopyDamaged(file=sources.backup.path.name, problem=problem)
    await using.vacant(url)
    await asyncio.to_thread(backups.require_whole, sources.backup)
    work, placed = _Work(), False
    scratch = using.scratch(sources.backup.path, url, migrate=house.migrate, progress=meter("复制备份"))
    async with scratch as made:
        async with house.open(made) as book:
            await _bring_up(book, sources, house, work, meter)
        if not (work.damage or work.differs):
            await using.place(made, url)
            placed = True
    after = sources.backup.size
    return Restored(
        backup=sources.backup,
        size=work.size,
        root=work.root.hex(),
        replayed=work.replayed,
        bare=tuple(f for f in work.house if (f.position or 0) > after),
        around=tuple(f for f in work.house if (f.position or 0) <= after),
        damage=work.damage,
        missing=work.missing,
        differs=work.differs,
        placed=placed,
        seconds=time.monotonic() - begun,
    )


async def _bring_up(book: Book, sources: Sources, house: House, work: _Work, meter: Meter) -> None:
    await _require_said(book, sources.backup)
    if sources.segments is not None:
        work.replayed = await _continue(book, sources.segments, meter("补上分段"))
    db = book.reader
    report = await audit.run(db, guards=book.guards, vkey=sources.vkey, progress=meter("校验账本"))
    work.damage, work.size = report.findings, report.size
    if not work.damage:
        work.root = await tree.root_at(db, work.size)
        around = await audit.run(db, house.checks, guards=book.guards, progress=meter("校验凭据"))
        work.house = around.findings
        await _ask_witness(book, sources.witness, work)


async def _require_said(book: Book, backup: Backup) -> None:
    """The backup holds what its manifest says."""
    size = await tree.head(book.reader)
    if size != backup.size or (await tree.root_at(book.reader, size)).hex() != backup.root:
        raise NotContinuous(place=backup.path.name, problem=f"清单写的是 {backup.size} 笔，和内容不同")


async def _continue(book: Book, folder: Path, progress: Callable[[int, int], None]) -> dict[str, int]:
    there = await asyncio.to_thread(segments.listed, folder)
    size = await tree.head(book.reader)
    reach, root = await asyncio.to_thread(segments.last_root, there)
    if reach <= size:
        if await tree.root_at(book.reader, reach) != root:
            raise NotContinuous(place=folder, problem=f"到第 {reach} 笔为止的历史不同")
        return {}
    frontier = await tree.frontier(book.reader, size)
    return await replay.replay(book, segments.following(there, frontier, progress))


async def _ask_witness(book: Book, witness: Checkpoint | None, work: _Work) -> None:
    if witness is None:
        return
    work.missing = max(0, witness.size - work.size)
    if not work.missing:
        work.differs = await tree.root_at(book.reader, witness.size) != witness.root
