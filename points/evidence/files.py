"""Files of evidence: each stands under its digest in a folder beside the book, `ab/cdef…`, for its owner alone."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Collection, Iterator
from pathlib import Path

from ledger import files

PREFIX = "sha256:"
LEFT_SECONDS = 3600
"""A file nobody cites is swept when it is this old: until then its row may still be on its way."""
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")


def digest_of(data: bytes) -> str:
    """What some bytes are kept under."""
    return PREFIX + hashlib.sha256(data).hexdigest()


def put(folder: Path, data: bytes) -> str:
    """Keep some bytes; they are on the disk when this returns, and the answer is their digest. Kept once.

    Raises NoSpace or PlaceUnusable.
    """
    digest = digest_of(data)
    path = place(folder, digest)
    with files.troubles(folder):
        if path.exists() and files.digest(path) == digest:
            os.utime(path)  # it is young again, and no sweep takes it
            return digest
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    files.appear(path, data)
    with files.troubles(folder):
        files.sync(folder)
    return digest


def place(folder: Path, digest: str) -> Path:
    """Where the file of a digest stands."""
    assert _DIGEST.fullmatch(digest), digest
    name = digest.removeprefix(PREFIX)
    return folder / name[:2] / name[2:]


def get(folder: Path, digest: str) -> bytes | None:
    """The bytes of a digest; None when they are not there, or are others."""
    try:
        data = place(folder, digest).read_bytes()
    except FileNotFoundError:
        return None
    return data if digest_of(data) == digest else None


def standing(folder: Path, digest: str) -> str:
    """`whole`, `missing`, or `changed`."""
    path = place(folder, digest)
    if not path.is_file():
        return "missing"
    return "whole" if files.digest(path) == digest else "changed"


def listed(folder: Path) -> Iterator[str]:
    """The digests of the files in a folder."""
    for path in folder.glob("[0-9a-f][0-9a-f]/*"):
        digest = PREFIX + path.parent.name + path.name
        if _DIGEST.fullmatch(digest):
            yield digest


def drop(folder: Path, digest: str) -> None:
    """Take a file away."""
    place(folder, digest).unlink(missing_ok=True)


def sweep(folder: Path, cited: Collection[str], *, now: float | None = None) -> int:
    """Take away what no row cites and what a kill left half written; how many files those were."""
    latest = (time.time() if now is None else now) - LEFT_SECONDS
    gone = 0
    for path in [place(folder, digest) for digest in listed(folder) if digest not in cited]:
        gone += _unlinked(path, latest)
    for path in folder.glob(f"[0-9a-f][0-9a-f]/.*{files.DRAFT}"):
        gone += _unlinked(path, latest)
    return gone


def _unlinked(path: Path, latest: float) -> bool:
    try:
        old = path.stat().st_mtime < latest
    except FileNotFoundError:
        return False
    if old:
        path.unlink(missing_ok=True)
    return old


def copy(source: Path, target: Path) -> int:
    """Bring what the target lacks from another folder; how many files those were. What is damaged is not copied."""
    copied = 0
    for digest in listed(source):
        if not place(target, digest).exists() and (data := get(source, digest)) is not None:
            put(target, data)
            copied += 1
    return copied
