"""The secrets that stand beside a book, never in it: the pepper behind PINs and passwords."""

from __future__ import annotations

import errno
import secrets
from contextlib import suppress
from pathlib import Path

from ledger import files
from points.people.errors import PepperUnusable

LENGTH = 32


def make_pepper(path: Path) -> None:
    """Make the pepper file when there is none: whole, and readable by its owner alone.

    Losing it means setting every PIN anew.
    """
    with suppress(FileExistsError):
        files.appear_once(path, secrets.token_hex(LENGTH).encode() + b"\n")


def read_pepper(path: Path) -> bytes:
    """The pepper. Raises PepperUnusable when the file is not there, cannot be read or holds something else."""
    try:
        pepper = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except OSError as error:
        raise PepperUnusable(
            path=path, problem="文件不存在" if error.errno == errno.ENOENT else "读不了"
        ) from error
    except ValueError as error:
        raise PepperUnusable(path=path, problem="内容不对，请从备份恢复") from error
    if len(pepper) != LENGTH:
        raise PepperUnusable(path=path, problem="内容不完整，请从备份恢复")
    return pepper
