"""A disk that loses its power: it holds what was synced, and of the rest as much or as little as it likes.

A file keeps what was written before its last fsync. Of each later write every sector of 512 bytes is there or not,
whatever came first; where two writes meet, either stands. Its length is one it had since. A name is there once its
folder was synced; of the later changes of names a beginning is there, as a file system with a journal has it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.attack.systemcalls import Call

SECTOR = 512
DROPPED, KEPT, TORN = "dropped", "kept", "torn"


@dataclass(eq=False)
class File:
    """What is on the disk for certain, and what may be: writes and cuts since the last sync."""

    synced: bytes = b""
    now: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    end: int = 0

    def write(self, offset: int | None, data: bytes) -> None:
        """At a place, or where the last write ended."""
        start = self.end if offset is None else offset
        self.end = start + len(data)
        self.now.extend(bytes(max(0, self.end - len(self.now))))
        self.now[start : self.end] = data
        self.pending.append((start, data))
        self.sizes.append(len(self.now))

    def cut(self, size: int) -> None:
        """To a size, shorter or longer."""
        self.now[:] = bytes(self.now[:size]).ljust(size, b"\0")
        self.sizes.append(size)
        self.end = min(self.end, size)

    def sync(self) -> None:
        """All of it is on the disk."""
        self.synced = bytes(self.now)
        self.pending.clear()
        self.sizes.clear()

    def after(self, how: str, chance: Random) -> bytes:
        """What is read when the power is back."""
        if how == TORN:
            return self._torn(chance)
        return self.synced if how == DROPPED else bytes(self.now)

    def _torn(self, chance: Random) -> bytes:
        size = chance.choice([len(self.synced), *self.sizes, len(self.now)])
        read = bytearray(
            self.synced.ljust(max([size, *(at + len(data) for at, data in self.pending)]), b"\0")
        )
        kept = chance.choice([0.1, 0.5, 0.9])
        for start, data in chance.sample(self.pending, len(self.pending)):
            for sector in range(start // SECTOR * SECTOR, start + len(data), SECTOR):
                if chance.random() < kept:
                    first, last = max(sector, start), min(sector + SECTOR, start + len(data))
                    read[first:last] = data[first - start : last - start]
        return bytes(read[:size])


class Disk:
    """A folder of files, changed call by call; `told` is everything acknowledged so far."""

    def __init__(self, folder: Path, holds: Mapping[str, bytes], told: Path) -> None:
        self.folder, self._told = folder, told
        self.names = {name: File(synced=data, now=bytearray(data)) for name, data in holds.items()}
        self._synced_names = dict(self.names)
        self._changes: list[dict[str, File]] = []
        self.told: list[str] = []

    def apply(self, call: Call) -> None:
        """One call more."""
        name = call.path.name
        if call.path == self._told:
            self.told += call.data.decode().split("\n")[:-1]
        elif call.path == self.folder:
            assert call.what == "sync", call
            self._changes.clear()
            self._synced_names = dict(self.names)
        elif call.what in ("write", "cut", "sync"):
            self._change(self.names[name], call)
        else:
            self._rename(name, call)

    def _change(self, file: File, call: Call) -> None:
        if call.what == "write":
            file.write(call.offset, call.data)
        elif call.what == "cut":
            file.cut(call.size)
        else:
            file.sync()

    def _rename(self, name: str, call: Call) -> None:
        before = dict(self.names)
        if call.what == "open":
            file = self.names.setdefault(name, File())
            file.end = 0
            if call.anew and file.now:
                file.cut(0)
        elif call.what in ("rename", "link"):
            assert call.to is not None
            self.names[call.to.name] = self.names[name]
            if call.what == "rename":
                del self.names[name]
        elif call.what == "unlink":
            del self.names[name]
        else:
            raise AssertionError(f"the disk does not know {call.what}")
        if self.names != before:
            self._changes.append(dict(self.names))

    def after(self, how: str, chance: Random) -> dict[str, bytes]:
        """The files found when the power is back. `torn` lets each file and the names fare as they like."""
        names = [self._synced_names, *self._changes]
        found = {DROPPED: names[0], KEPT: names[-1]}.get(how) or chance.choice(names)
        hows = [DROPPED, KEPT, TORN, TORN] if how == TORN else [how]
        return {name: file.after(chance.choice(hows), chance) for name, file in found.items()}
