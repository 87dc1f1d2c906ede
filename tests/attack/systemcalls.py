"""What a program did to the files of a folder, call by call, as strace saw it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

CALLS = (
    "openat,creat,write,writev,pwrite64,pwritev,pwritev2,fsync,fdatasync,sync_file_range,ftruncate,truncate,"
    "fallocate,rename,renameat,renameat2,link,linkat,unlink,unlinkat"
)
"""Everything that changes a file or brings it to the disk. One that `_read` cannot read is an error, not a gap."""
_LINE = re.compile(r"(?P<thread>\d+) +(?P<call>\w+)\((?P<given>.*)\)\s+= (?P<result>-?\d+)")
_UNFINISHED = re.compile(r"(?P<thread>\d+) +(?P<begun>\w+\(.*) <unfinished \.\.\.>")
_RESUMED = re.compile(r"(?P<thread>\d+) +<\.\.\. \w+ resumed>(?P<rest>.*)")
_QUOTED = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_OPENED = re.compile(r"^[\w-]+<((?:\\x[0-9a-f]{2})*)>")
_IN_MEMORY = ("-shm", ".lock")
"""The wal-index is a shared memory that SQLite makes anew after a crash, and a lock file holds nothing."""


@dataclass(frozen=True, slots=True)
class Call:
    """One thing that was done to a file: open, write, cut, sync, rename, link or unlink."""

    what: str
    path: Path
    to: Path | None = None
    offset: int | None = None
    """Where a write begins; None is where the last one to this file ended."""
    size: int = 0
    data: bytes = b""
    anew: bool = False
    """Whether an open cuts the file to nothing."""


def record(command: list[str], log: Path, *, cwd: Path) -> None:
    """Run a program to its end, and keep its calls in a log."""
    how = ["-f", "--seccomp-bpf", "-qq", "-e", f"trace={CALLS}", "-e", "signal=none"]
    form = ["-y", "-xx", "-s", "1000000", "-o", str(log)]
    ended = subprocess.run(
        ["strace", *how, *form, *command], cwd=cwd, check=False, capture_output=True, text=True
    )
    assert ended.returncode == 0, ended.stderr


def calls(log: Path, folder: Path, told: Path) -> Iterator[Call]:
    """What was done to a folder and its files, and to the file in which it says what was acknowledged, in order.

    A call that another thread's overlaps counts from its end.
    """
    for call, given, result in _finished(log):
        if result < 0:
            continue
        one = _read(call, given, result)
        if one is None or one.path.name.endswith(_IN_MEMORY):
            continue
        if folder in (one.path, one.path.parent) or one.path == told:
            yield one


def _finished(log: Path) -> Iterator[tuple[str, str, int]]:
    """Whole lines, put together where threads overlap."""
    begun: dict[str, str] = {}
    with log.open(encoding="ascii") as lines:
        for line in lines:
            text = line.rstrip("\n")
            if waits := _UNFINISHED.match(text):
                begun[waits["thread"]] = waits["begun"]
                continue
            if goes_on := _RESUMED.match(text):
                thread = goes_on["thread"]
                text = f"{thread} {begun.pop(thread)}{goes_on['rest']}"
            found = _LINE.match(text)
            if found:
                yield found["call"], found["given"], int(found["result"])


def _read(call: str, given: str, result: int) -> Call | None:
    """A call in our words; None for one that changes nothing."""
    if call == "openat":
        flags = given.split(", ")[2]
        anew = "O_TRUNC" in flags
        return Call("open", _named(given)[0], anew=anew) if anew or "O_CREAT" in flags else None
    if call.startswith(("rename", "link", "unlink")):
        path, *to = _named(given)
        return Call(call.removesuffix("2").removesuffix("at"), path, to=to[0] if to else None)
    opened = _opened(given)
    return None if opened is None else _changed(call, opened, given, result)


def _changed(call: str, path: Path, given: str, result: int) -> Call:
    if call in ("fsync", "fdatasync"):
        return Call("sync", path)
    if call == "ftruncate":
        return Call("cut", path, size=int(given.rpartition(", ")[2]))
    if call in ("write", "pwrite64"):
        offset = int(given.rpartition(", ")[2]) if call == "pwrite64" else None
        return Call("write", path, offset=offset, data=_bytes(_QUOTED.findall(given)[-1])[:result])
    return Call(call, path)


def _opened(given: str) -> Path | None:
    """The file behind the first argument's descriptor; None for a pipe or a socket."""
    found = _OPENED.match(given)
    path = _bytes(found[1]).decode() if found else ""
    return Path(path) if path.startswith("/") else None


def _named(given: str) -> list[Path]:
    return [Path(_bytes(name).decode()) for name in _QUOTED.findall(given)]


def _bytes(hexadecimal: str) -> bytes:
    return bytes.fromhex(hexadecimal.replace("\\x", ""))
