"""Backups of a book: take one, list those in a folder, say which may go. Each is a file with a manifest beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ledger import encoding, files, postgres_copies, sqlite_copies
from ledger.copying import Copier, Head, Progress, Text
from ledger.encoding import moment, read_moment
from ledger.errors import BookDamaged, CopyDamaged, OtherBook
from ledger.frontier import Frontier

VERSION = 1
STEP = 5_000
"""Texts read back between two signs of progress."""
NAME = re.compile(r"\d{8}T\d{6}Z-\d+\.(db|dump)", re.ASCII)
MANIFEST = re.compile(r"\d{8}T\d{6}Z-\d+\.json", re.ASCII)

ENGINES: dict[str, Copier] = {
    "sqlite": sqlite_copies,
    "postgres": postgres_copies,
    "postgresql": postgres_copies,
}
"""Who copies each kind of database and puts it in place, by the scheme of a book's address."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: `size` entries whose tree has this root (hex), made at an instant.

    book        the leaf of the first entry (hex), by which a book is known; empty for a book without entries
    checkpoint  the newest signed head in it, verbatim; empty when there is none
    digest      of the file, `sha256:<hex>`
    """

    path: Path
    engine: str
    made_at: datetime
    book: str
    size: int
    root: str
    checkpoint: str
    digest: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Which backups stay: the newest of each of so many days, weeks and months that have any."""

    days: int = 7
    weeks: int = 4
    months: int = 12


def engine(url_or_scheme: str) -> Copier:
    """The module that copies this kind of database. Raises BookDamaged when there is none."""
    scheme = url_or_scheme.partition("://")[0]
    if scheme not in ENGINES:
        raise BookDamaged(problem=f"不会备份这种账本：{scheme}")
    return ENGINES[scheme]


def take(url: str, folder: Path, *, at: datetime, progress: Progress, verifying: Progress) -> Backup:
    """Back a book up while others use it: every entry acknowledged before the call is in it.

    It is copied under a hidden name, brought to the disk, read back (each text against its leaf, the tree against the
    last signed head), and only then given its name. Raises BookDamaged, CopyDamaged, NoSpace, OtherBook when the
    folder holds another book's backups, PlaceBusy when another backup is being written there.
    """
    using = engine(url)
    with files.only_one(folder):
        _sweep_manifests(folder)
        draft = files.draft_of(folder / f"backup{using.SUFFIX}")
        try:
            using.copy(url, draft, progress)
            files.sync(draft)
            made = _described(draft, using, at, verifying)
            _refuse_others(folder, made.book)
            return _named(made, folder, using.SUFFIX)
        finally:
            draft.unlink(missing_ok=True)


def listed(folder: Path) -> list[Path]:
    """The backups in a folder by their names, oldest first. Other files are passed over."""
    with files.troubles(folder):
        return sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))


def read(path: Path) -> Backup:
    """What the manifest beside a backup says. Raises CopyDamaged when it is missing, or not as `take` wrote it."""
    try:
        said = encoding.parse(_manifest_of(path).read_bytes())
        if said["v"] != VERSION or said["file"] != path.name:
            raise CopyDamaged(file=path.name, problem="清单写的不是这个文件")
        return Backup(
            path=path,
            engine=said["engine"],
            made_at=read_moment(said["made_at"]),
            book=said["book"],
            size=int(said["size"]),
            root=said["root"],
            checkpoint=said["checkpoint"],
            digest=said["sha256"],
        )
    except (OSError, ValueError, KeyError, TypeError):
        raise CopyDamaged(file=path.name, problem="旁边没有清单，或清单不完整") from None


def newest(place: Path) -> Backup:
    """The backup at `place`, or the newest one when it is a folder. Raises CopyDamaged when there is none."""
    if not place.is_dir():
        return read(place)
    there = listed(place)
    if not there:
        raise CopyDamaged(file=place, problem="里面没有备份")
    return read(there[-1])


def require_whole(backup: Backup) -> None:
    """Raise CopyDamaged unless the file's bytes are those the manifest names."""
    if files.digest(backup.path) != backup.digest:
        raise CopyDamaged(file=backup.path.name, problem="内容和清单里的摘要不符，备份以后变过")


def superseded(backups: Sequence[Backup], keep: Keep, *, now: datetime) -> list[Backup]:
    """Those that may go. The newest always stays, and so does everything of the last 24 hours."""
    latest = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    kept = {b.path for b in latest[:1]} | {b.path for b in latest if now - b.made_at < timedelta(days=1)}
    for count, period in ((keep.days, "%Y-%m-%d"), (keep.weeks, "%G-W%V"), (keep.months, "%Y-%m")):
        periods: dict[str, Path] = {}
        for backup in latest:
            periods.setdefault(backup.made_at.strftime(period), backup.path)
        kept.update(list(periods.values())[:count])
    return [backup for backup in latest[::-1] if backup.path not in kept]


def remove(backup: Backup) -> None:
    """Delete a backup; its manifest goes last, so that no backup is ever without one."""
    with files.troubles(backup.path):
        backup.path.unlink(missing_ok=True)
        _manifest_of(backup.path).unlink(missing_ok=True)


def _described(draft: Path, using: Copier, at: datetime, progress: Progress) -> Backup:
    head = using.head(draft)
    with using.texts(draft) as texts:
        first, frontier, at_signed = _hashed(draft, texts, head, progress)
    if at_signed != head.signed_root:
        raise CopyDamaged(file=draft.name, problem=f"前 {head.signed_size} 笔和签过的检查点不同")
    return Backup(
        path=draft,
        engine=using.NAME,
        made_at=at,
        book=first.hex(),
        size=frontier.size,
        root=frontier.root.hex(),
        checkpoint=head.note,
        digest=files.digest(draft),
    )


def _hashed(
    draft: Path, texts: Iterator[Text], head: Head, progress: Progress
) -> tuple[bytes, Frontier, bytes | None]:
    """The first leaf, the whole tree, and its root at the size that was signed; None when it is not that long."""
    frontier, first = Frontier(), b""
    at_signed = None if head.signed_size else frontier.root
    for position, body, leaf in texts:
        if position != frontier.size + 1:
            raise CopyDamaged(file=draft.name, problem=f"缺少第 {frontier.size + 1} 笔")
        if encoding.leaf_hash(body) != leaf:
            raise CopyDamaged(file=draft.name, problem=f"第 {position} 笔的正文与叶子指纹不符")
        frontier.append(leaf)
        first = first or leaf
        if position == head.signed_size:
            at_signed = frontier.root
        if position % STEP == 0:
            progress(position, max(position, head.size))
    progress(frontier.size, frontier.size)
    return first, frontier, at_signed


def _refuse_others(folder: Path, book: str) -> None:
    for path in reversed(listed(folder)):
        try:
            other = read(path).book
        except CopyDamaged:
            continue  # a damaged one does not keep us from making a good one
        if other not in ("", book):
            raise OtherBook(place=folder)
        return


def _named(made: Backup, folder: Path, suffix: str) -> Backup:
    """Write the manifest and then give the file its name: a backup is there when both are.

        20261121T101203Z-1204.json beside 20261121T101203Z-1204.db:
        {"book":"<leaf of entry 1>","checkpoint":"<signed note>","engine":"sqlite",
         "file":"20261121T101203Z-1204.db","made_at":"2026-11-21T10:12:03.000417Z","root":"<hex>",
         "sha256":"sha256:<hex>","size":1204,"v":1}

    (canonical JSON on one line). Of two that would have one name, the later is named for the next second.
    """
    named = made.made_at.astimezone(UTC)
    while (path := folder / f"{named:%Y%m%dT%H%M%SZ}-{made.size}{suffix}").exists():
        named += timedelta(seconds=1)
    said = {
        "book": made.book,
        "checkpoint": made.checkpoint,
        "engine": made.engine,
        "file": path.name,
        "made_at": moment(made.made_at),
        "root": made.root,
        "sha256": made.digest,
        "size": made.size,
        "v": VERSION,
    }
    files.appear(_manifest_of(path), encoding.canonical(said) + b"\n")
    made.path.rename(path)
    files.sync(folder)
    return read(path)


def _manifest_of(path: Path) -> Path:
    return path.with_suffix(".json")


def _sweep_manifests(folder: Path) -> None:
    """A manifest whose backup a kill kept from getting its name."""
    for path in folder.glob("*.json"):
        named = any(path.with_suffix(kind).exists() for kind in (".db", ".dump"))
        if MANIFEST.fullmatch(path.name) and not named:
            path.unlink()
