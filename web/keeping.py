"""The secrets that stand beside a book, never in it: the pepper behind passwords, and the key of what is sealed."""

from __future__ import annotations

import errno
import secrets
from contextlib import suppress
from pathlib import Path

from ledger import files
from points.errors import PointsError
from points.events.errors import SealKeyUnusable
from points.people.errors import PepperUnusable

LENGTH = 32


def make_pepper(path: Path) -> None:
    """Make the pepper file when there is none: whole, and readable by its owner alone.

    Losing it means setting every PIN anew.
    """
    _make(path)


def read_pepper(path: Path) -> bytes:
    """The pepper. Raises PepperUnusable when the file is not there, cannot be read or holds something else."""
    return _read(path, PepperUnusable)


def make_seal(path: Path) -> None:
    """Make the key of what is sealed when there is none, as `make_pepper` does.

    Losing it means that nobody reads again who the parties of a mediation were.
    """
    _make(path)


def read_seal(path: Path) -> bytes:
    """The key of what is sealed. Raises SealKeyUnusable as `read_pepper` does PepperUnusable."""
    return _read(path, SealKeyUnusable)


def _make(path: Path) -> None:
    with suppress(FileExistsError):
        files.appear_once(path, secrets.token_hex(LENGTH).encode() + b"\n")


def _read(path: Path, unusable: type[PointsError]) -> bytes:
    try:
        secret = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise unusable(
            path=path, problem="文件不存在" if error.errno == errno.ENOENT else "读不了"
        ) from error
    except ValueError as error:
        raise unusable(path=path, problem="内容不对，请从备份恢复") from error
    if len(secret) != LENGTH:
        raise unusable(path=path, problem="内容不完整，请从备份恢复")
    return secret
