"""What keeping a book safe needs of SQLite: a copy made while others write, read back, and put in place."""

from __future__ import annotations

import asyncio
import contextlib
import os
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

from ledger import files
from ledger.book import path_of
from ledger.copying import Head, Migrate, Progress, Text
from ledger.errors import BookDamaged, CopyDamaged, LedgerError, NoSpace, TargetInUse
from ledger.merkle import EMPTY_ROOT
from ledger.sqlite import address_of, storage_error

NAME = "sqlite"
SUFFIX = ".db"
PAGES = 1024
"""Pages copied in one step, 4 MB: often enough to show progress."""


def copy(url: str, draft: Path, progress: Progress) -> None:
    """Copy a book as it stands into `draft`, in steps, while others read and write.

    One read transaction is held over all steps. Without it SQLite begins the copy anew after every commit of somebody
    else: under a steady writer it never ended (tried: 300,000 rows took 0.1 s with it, and were not done after 10 s
    without).
    """
    path = path_of(url)
    if not path.exists():
        raise BookDamaged(problem=f"没有账本文件 {path}；先运行 jishan init")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        with _opened(address_of(path, mode="ro")) as source, _opened(address_of(draft, mode="rw")) as target:
            target.execute(
                "PRAGMA journal_mode=OFF"
            )  # it becomes a backup when it is whole, or it is deleted
            target.execute("PRAGMA synchronous=OFF")
            source.execute("BEGIN")
            source.execute("SELECT max(position) FROM ledger_transaction").fetchone()
            source.backup(
                target, pages=PAGES, sleep=0, progress=lambda _, left, total: progress(total - left, total)
            )
    except sqlite3.DatabaseError as error:
        raise _reason(error, path) from error


def head(copied: Path) -> Head:
    """How many entries a copy holds, and the newest head that was signed. Raises CopyDamaged."""
    with _unchanging(copied) as connection:
        size = connection.execute("SELECT coalesce(max(position), 0) FROM ledger_transaction").fetchone()[0]
        row = connection.execute(
            "SELECT size, root, note FROM ledger_checkpoint ORDER BY size DESC LIMIT 1"
        ).fetchone()
    return Head(size, *row) if row else Head(size, 0, EMPTY_ROOT, "")


@contextmanager
def texts(copied: Path) -> Iterator[Iterator[Text]]:
    """Every position, text and leaf of a copy, in order, after SQLite has looked through its pages. CopyDamaged."""
    with _unchanging(copied) as connection:
        problems = [row[0] for row in connection.execute("PRAGMA quick_check(3)")]
        if problems != ["ok"]:
            raise CopyDamaged(file=copied.name, problem=" ".join(problems))
        yield connection.execute("SELECT position, body, leaf FROM ledger_transaction ORDER BY position")


@contextmanager
def _unchanging(copied: Path) -> Iterator[sqlite3.Connection]:
    """A copy opened as a file that cannot change, so that nothing appears beside it."""
    try:
        with _opened(address_of(copied, mode="ro") + "&immutable=1") as connection:
            yield connection
    except sqlite3.DatabaseError as error:
        raise CopyDamaged(file=copied.name, problem=str(error)) from error


@asynccontextmanager
async def lent(folder: Path, near: str) -> AsyncIterator[str]:  # noqa: ARG001 - a file needs no server
    """The address of a book to be made in an empty folder, given from the root, which is its maker's to throw away."""
    yield f"sqlite://{folder}/book.db"


async def vacant(url: str) -> None:
    """Raise TargetInUse when there is something where a book is to be put."""
    _require_vacant(path_of(url))


def _require_vacant(path: Path) -> None:
    if os.path.lexists(path):
        raise TargetInUse(path=path)


@asynccontextmanager
async def scratch(backup: Path, url: str, *, migrate: Migrate, progress: Progress) -> AsyncIterator[str]:
    """A copy of a backup, brought up to date, in a hidden folder beside the place where it will stand; its address.

    It is gone at the end, placed or not. What an earlier restore that was killed left there is swept away.
    """
    path = path_of(url).absolute()
    folder = path.with_name(f".{path.name}.restoring")
    made = f"sqlite://{folder / path.name}"
    with files.only_one(folder), files.troubles(folder):
        try:
            for left in folder.iterdir():
                left.unlink()
            await asyncio.to_thread(_copy_file, backup, folder / path.name, progress)
            await migrate(made)
            yield made
        finally:
            shutil.rmtree(folder)


async def place(made: str, url: str) -> None:
    """Let a restored book, closed now, appear at its address: whole, on the disk, and never over another."""
    await asyncio.to_thread(_place, path_of(made), path_of(url).absolute())


def _place(source: Path, path: Path) -> None:
    """`-wal` and `-shm` files of an earlier book of that name would be taken for its own: they are deleted."""
    with _opened(address_of(source, mode="rw")) as connection:
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    assert not busy, "somebody still has the restored book open"
    files.sync(source)
    _require_vacant(path)
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    try:
        path.hardlink_to(source)  # unlike a rename, this refuses a file that came there meanwhile
    except FileExistsError:
        raise TargetInUse(path=path) from None
    files.sync(path.parent)


def _copy_file(source: Path, target: Path, progress: Progress) -> None:
    total, done = source.stat().st_size, 0
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with source.open("rb") as read, os.fdopen(handle, "wb") as write:
        while piece := read.read(files.CHUNK):
            write.write(piece)
            done += len(piece)
            progress(done, total)


@contextmanager
def _opened(address: str) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(
        sqlite3.connect(address, uri=True, isolation_level=None, timeout=30)
    ) as connection:
        yield connection


def _reason(error: sqlite3.Error, path: Path) -> LedgerError:
    reason = storage_error(error)
    return reason if isinstance(reason, NoSpace) else BookDamaged(problem=f"{path}: {error}")
