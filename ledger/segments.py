"""Segments: new entries as lines of text in small files that are only ever added, so that a second place has them soon.

They hold the ledger and nothing else: no name, phone or prose ever stands in a text of the ledger, so a segment can
lie in another department, and nothing in it must be erased later. What a segment cannot bring back are the rows
around the ledger; those stand in the backups.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger import encoding, files
from ledger.errors import CopyDamaged, NotContinuous
from ledger.frontier import Frontier

VERSION = 1
MOST = 100
"""Entries in one segment, at most."""
NAME = re.compile(r"(\d{12})-(\d{12})\.ndjson", re.ASCII)

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its text, the text's leaf, and the root (32 bytes) of the tree that ends with it."""

    position: int
    body: bytes
    leaf: bytes
    root: bytes


@dataclass(frozen=True, slots=True)
class Segment:
    """A file that holds the entries first ≤ position ≤ last."""

    path: Path
    first: int
    last: int


def write(folder: Path, entries: Sequence[Entry]) -> Segment:
    """Write the next segment; it is on the disk when this returns, and there is never half of one."""
    assert 0 < len(entries) <= MOST, "a segment holds 1 to 100 entries"
    first, last = entries[0].position, entries[-1].position
    path = folder / f"{first:012}-{last:012}.ndjson"
    files.appear(path, b"".join(map(line, entries)))
    return Segment(path, first, last)


def line(entry: Entry) -> bytes:
    """One entry as a line of canonical JSON, format version 1:

        {"body":"{\\"accounts\\":[…],…}","leaf":"<64 hex digits>","position":12,"root":"<64 hex digits>","v":1}

    `body` is the canonical text, exactly; `leaf` = SHA-256(0x00 ‖ body); `root` the RFC 6962 root of entries 1 to
    this one. A file is named for its first and last position, `000000000101-000000000147.ndjson`.
    """
    said = {
        "body": entry.body.decode(),
        "leaf": entry.leaf.hex(),
        "position": entry.position,
        "root": entry.root.hex(),
        "v": VERSION,
    }
    return encoding.canonical(said) + b"\n"


def listed(folder: Path) -> list[Segment]:
    """The segments of a folder, in order. Raises CopyDamaged when one is missing, doubled or out of place."""
    with files.troubles(folder):
        names = sorted(match[0] for path in folder.iterdir() if (match := NAME.fullmatch(path.name)))
    segments, expected = [], 1
    for name in names:
        first, last = int(name[:12]), int(name[13:25])
        if not expected == first <= last < first + MOST:
            raise CopyDamaged(file=name, problem=f"这里应从第 {expected} 笔接着写，少了或多了一段")
        segments.append(Segment(folder / name, first, last))
        expected = last + 1
    return segments


def read(segment: Segment) -> Iterator[Entry]:
    """The entries of a segment. Raises CopyDamaged, with the line, at the first byte that is not as it was written."""
    with files.troubles(segment.path):
        lines = segment.path.read_bytes().split(b"\n")
    if len(lines) != segment.last - segment.first + 2 or lines[-1]:
        raise _damaged(segment, len(lines), "行数和文件名不符")
    for number, text in enumerate(lines[:-1], 1):
        entry = _parsed(segment, number, text)
        if entry.position != segment.first + number - 1:
            raise _damaged(segment, number, f"写的是第 {entry.position} 笔")
        if encoding.leaf_hash(entry.body) != entry.leaf:
            raise _damaged(segment, number, f"第 {entry.position} 笔的正文与叶子指纹不符")
        yield entry


def following(segments: Sequence[Segment], frontier: Frontier, progress: Progress) -> Iterator[Entry]:
    """The entries after a tree, which is moved on with them; each must lead to the root its line names.

    Where the tree ends inside the segments, its own root is compared with the one they name there, so that what
    follows is known to continue the same history. Raises CopyDamaged and NotContinuous.
    """
    total = segments[-1].last if segments else 0
    for segment in segments:
        if segment.last < frontier.size:
            continue
        for number, entry in enumerate(read(segment), 1):
            if entry.position == frontier.size and entry.root != frontier.root:
                raise NotContinuous(place=segment.path.name, problem=f"到第 {frontier.size} 笔为止的历史不同")
            if entry.position == frontier.size + 1:
                frontier.append(entry.leaf)
                if entry.root != frontier.root:
                    raise _damaged(segment, number, f"第 {entry.position} 笔以后的根不符")
                yield entry
        progress(segment.last, total)


def last_root(segments: Sequence[Segment]) -> tuple[int, bytes]:
    """How far the segments reach, and the root their last line names. (0, root of nothing) when there are none."""
    if not segments:
        return 0, Frontier().root
    *_, entry = read(segments[-1])
    return entry.position, entry.root


def first_leaf(segments: Sequence[Segment]) -> bytes:
    """The leaf of the first entry, by which a book is known; empty when there are no segments."""
    return next(read(segments[0])).leaf if segments else b""


def _parsed(segment: Segment, number: int, text: bytes) -> Entry:
    try:
        said = encoding.parse(text)
        entry = Entry(
            said["position"], said["body"].encode(), bytes.fromhex(said["leaf"]), bytes.fromhex(said["root"])
        )
        same = line(entry) == text + b"\n"
    except (ValueError, KeyError, TypeError, AttributeError):
        same = False
    if not same:
        raise _damaged(segment, number, "这一行不是写下时的样子")
    return entry


def _damaged(segment: Segment, number: int, problem: str) -> CopyDamaged:
    return CopyDamaged(file=segment.path.name, problem=f"第 {number} 行，{problem}")
