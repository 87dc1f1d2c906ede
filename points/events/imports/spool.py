"""Bytes put by: what is longer than a piece goes to a file without a name, which is gone with whoever holds it."""

from __future__ import annotations

import os
import tempfile
import weakref
from pathlib import Path

A_PIECE = 1 << 18


class Spool:
    """Bytes that only grow at their end. A piece of them at most is in memory, however many there are."""

    def __init__(self) -> None:
        self._tail = bytearray()
        self._written = 0
        self._file: int | None = None

    def __len__(self) -> int:
        return self._written + len(self._tail)

    def append(self, data: bytes) -> None:
        """Put these at the end."""
        self._tail += data
        if len(self._tail) >= A_PIECE:
            self._write()

    def read(self, begins: int, ends: int) -> bytes:
        """The bytes from one place to another."""
        if begins >= self._written:
            return bytes(self._tail[begins - self._written : ends - self._written])
        if ends > self._written:
            self._write()
        assert self._file is not None
        return os.pread(self._file, ends - begins, begins)

    def _write(self) -> None:
        if self._file is None:
            self._file = _nameless()
            weakref.finalize(self, os.close, self._file)
        left = memoryview(bytes(self._tail))
        while left:
            left = left[os.write(self._file, left) :]
        self._written += len(self._tail)
        self._tail.clear()


def _nameless() -> int:
    """A file that nobody else can open and that no crash leaves behind."""
    file, name = tempfile.mkstemp(prefix="jishan-")
    Path(name).unlink()
    return file
