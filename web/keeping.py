"""The secrets that stand beside a book, never in it: the pepper behind PINs and passwords."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

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
    """The pepper. Raises FileNotFoundError when the book was never initialised here."""
    return bytes.fromhex(path.read_text().strip())
