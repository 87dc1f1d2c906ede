"""The secrets that stand beside a book, never in it: the pepper behind PINs and passwords."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from points.people.errors import PepperUnusable

LENGTH = 32


def make_pepper(path: Path) -> None:
    """Make the pepper file when there is none, readable by its owner alone. Losing it means setting every PIN anew."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(descriptor, "wb") as file:
        file.write(secrets.token_hex(LENGTH).encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())


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
