"""Wash a file that a stranger brought, in a process of its own: what comes out was written here, from pixels or pages.

The process has little memory and little time, so that a picture or a PDF made to burst harms nobody else.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from points.events.errors import BadAttachment

BYTES_AT_MOST = 10 * 1024 * 1024
MEMORY_AT_MOST = 1536 * 1024 * 1024
"""Bytes; a picture of the most pixels we take needs less, whatever its kind."""
PAPER_AT_MOST = 400 * 1024 * 1024
"""Bytes; PDFs are not drawn, so one of the most bytes we take, and all it is made of, needs a fraction."""
SECONDS_AT_MOST = 20
"""Of the processor; waiting for it, on a busy machine, may take three times as long."""
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Washed:
    """A file as we keep it. `looks` and `thumbnail` are there for pictures only."""

    kind: str
    data: bytes
    thumbnail: bytes | None = None
    looks: str | None = None


def wash(data: bytes) -> Washed:
    """The picture or PDF without anything that was hidden in it. Blocks; raises BadAttachment.

    What it is, is told by its content; what it is called does not matter.
    """
    if not data:
        raise BadAttachment(problem="是空的")
    if len(data) > BYTES_AT_MOST:
        raise BadAttachment(problem="超过 10 MB")
    environment = {"PYTHONPATH": str(_ROOT), "PATH": os.defpath, "PYTHONIOENCODING": "utf-8"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "points.events.washing"],
            input=data,
            capture_output=True,
            timeout=3 * SECONDS_AT_MOST,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise BadAttachment(problem="打开它要花太久") from None
    head, _, rest = done.stdout.partition(b"\n")
    try:
        said = json.loads(head)
    except ValueError:
        raise BadAttachment(problem="打开它要用太多内存，或内容是坏的") from None
    if "problem" in said:
        raise BadAttachment(problem=said["problem"])
    size = said["size"]
    return Washed(said["kind"], rest[:size], rest[size:] or None, said["looks"])


def told(data: bytes) -> Washed:
    """The same in this process. PDFs begin with their name; the rest is left to the decoder of pictures to judge."""
    from points.events import papers, pictures  # only the process that washes needs the decoders

    if _is_paper(data):
        return Washed("pdf", papers.clean(data))
    picture = pictures.clean(data)
    return Washed(picture.kind, picture.data, picture.thumbnail, picture.looks)


def _is_paper(data: bytes) -> bool:
    return data[:1024].lstrip().startswith(b"%PDF-")


def _limit(memory: int) -> None:
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, SECONDS_AT_MOST)):
        with suppress(ValueError, OSError):  # a system without this limit still has the timeout
            resource.setrlimit(what, (most, most))


def main() -> None:
    """Read a file from standard input; write one line of JSON, the washed file and its thumbnail."""
    data = sys.stdin.buffer.read()
    _limit(PAPER_AT_MOST if _is_paper(data) else MEMORY_AT_MOST)
    try:
        washed = told(data)
    except BadAttachment as refusal:
        sys.stdout.write(json.dumps(refusal.facts) + "\n")
        return
    head = {"kind": washed.kind, "looks": washed.looks, "size": len(washed.data)}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + washed.data + (washed.thumbnail or b""))


if __name__ == "__main__":
    main()
