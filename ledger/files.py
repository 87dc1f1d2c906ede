"""Files that are there whole or not at all: written beside, brought to the disk, renamed; one writer to a folder."""

from __future__ import annotations

import errno
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from ledger.errors import NoSpace, PlaceBusy, PlaceUnusable

DRAFT = ".new"
"""What the name of a file that is being written ends in; what is left of it after a kill is swept away."""
CHUNK = 1 << 20


def appear(path: Path, data: bytes) -> None:
    """Write a file that only its owner may read: after this it is on the disk, or there is nothing of that name."""
    draft = draft_of(path)
    with troubles(path.parent):
        try:
            _write(draft, data, os.O_TRUNC)
            draft.rename(path)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        sync(path.parent)


def appear_once(path: Path, data: bytes) -> None:
    """The same for a file that nothing may ever take the place of, such as a key: raises FileExistsError, or another
    OSError, and what was there stands. Of two processes one is first."""
    draft = path.with_name(f"{draft_of(path).name}-{secrets.token_hex(4)}")
    try:
        _write(draft, data, os.O_EXCL)
        path.hardlink_to(draft)
    finally:
        draft.unlink(missing_ok=True)
    sync(path.parent)


def _write(draft: Path, data: bytes, how: int) -> None:
    """Bytes for their owner alone, on the disk before they are given their name."""
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | how, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def draft_of(path: Path) -> Path:
    """The hidden name, in the same folder, under which a file is written."""
    return path.with_name(f".{path.name}{DRAFT}")


def sync(path: Path) -> None:
    """Bring a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest(path: Path) -> str:
    """The named digest of a file's bytes, read in pieces."""
    summed = sha256()
    with troubles(path), path.open("rb") as file:
        while piece := file.read(CHUNK):
            summed.update(piece)
    return f"sha256:{summed.hexdigest()}"


@contextmanager
def only_one(folder: Path) -> Iterator[None]:
    """Make the folder when there is none and be its only writer; drafts that a kill left in it are swept away.

    Raises PlaceBusy when another process writes there. The lock is on the folder itself and leaves no file behind.
    """
    with troubles(folder):
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            _lock(handle, folder)
            for left in folder.glob(f".*{DRAFT}*"):
                left.unlink()
            yield
        finally:
            os.close(handle)


def _lock(handle: int, folder: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise PlaceBusy(place=folder) from None


@contextmanager
def troubles(place: Path) -> Iterator[None]:
    """What the disk refuses, in our words: NoSpace, or PlaceUnusable with the system's reason."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise NoSpace from error
        raise PlaceUnusable(place=place, problem=error.strerror or str(error)) from error
