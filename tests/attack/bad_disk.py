"""Let the N-th call to a book's files fail, for one N after another, and look at what it said and what it kept.

    python -m tests.attack.bad_disk BOOK.db few|some|all

BOOK.db is an empty book that is copied for each N: few or some of them, or all up to the first never reached.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from tests.attack import consistency
from tests.attack.enduring import pairs, singles
from tests.ledger.drafts import opened

FAILURES = (
    ("pread64", "EIO"),
    ("pwrite64", "EIO"),
    ("pwrite64", "ENOSPC"),
    ("fdatasync", "EIO"),
    ("fdatasync", "ENOSPC"),
    ("ftruncate", "EIO"),
    ("openat", "EIO"),
    ("openat", "EMFILE"),
    ("openat", "EROFS"),
)
SOME = {
    "pread64": (2, 33, 40),
    "pwrite64": (3, 100, 240),
    "fdatasync": (1, 9),
    "ftruncate": (1,),
    "openat": (2, 7),
}
"""The N of a short run: while it opens, in the middle, at the end."""
FEW = {("fdatasync", "EIO"): (9,), ("openat", "EIO"): (9,)}
"""Enough to see a fault: a COMMIT that fails, and a lock that cannot be opened."""
KINDS = {"NoSpace", "OutcomeUnknown", "ReadOnly", "BookDamaged", "Busy"}
"""What somebody may be told of a disk that fails."""
NOT_WRITTEN = KINDS - {"OutcomeUnknown"}
SECONDS = 60


@dataclass(frozen=True)
class Life:
    """What came of one process whose N-th call failed: the lines it was told, and whether any call did fail."""

    name: str
    told: list[list[str]]
    reached: bool


def fail_again_and_again(template: Path, how_many: str) -> dict[str, int]:
    """One failure after another, two at a time; the answer counts the lives and what was said in them."""
    kinds: Counter[str] = Counter()
    with ThreadPoolExecutor(2) as hands:
        series = [hands.submit(_series, template, *one, _numbers(one, how_many)) for one in FAILURES]
        for one in series:
            kinds.update(one.result())
    return dict(kinds)


def _numbers(failure: tuple[str, str], how_many: str) -> Iterable[int]:
    if how_many == "all":
        return count(1)
    return SOME[failure[0]] if how_many == "some" else FEW.get(failure, ())


def _series(template: Path, call: str, error: str, numbers: Iterable[int]) -> Counter[str]:
    kinds: Counter[str] = Counter()
    for number in numbers:
        folder = template.with_name(f"{call}-{error}-{number}")
        folder.mkdir()
        book = Path(shutil.copy(template, folder / "book.db"))
        life = live(book, call, error, number)
        kinds.update(line[2] if line[0] == "refused" else line[0] for line in life.told if line[0] != "end")
        check(book, life)
        shutil.rmtree(folder)
        if not life.reached:
            break
        kinds["lives"] += 1
    return kinds


def live(book: Path, call: str, error: str, number: int) -> Life:
    """A process of its own, in which the N-th such call of each thread to a file of the book fails once."""
    told, log = book.with_name("told"), book.with_name("calls")
    files = [part for suffix in ("", "-wal", "-shm", ".lock") for part in ("-P", f"{book}{suffix}")]
    how = ["-f", "--seccomp-bpf", "-qq", "-o", str(log), "-e", f"trace={call}", *files]
    failing = ["-e", f"inject={call}:error={error}:when={number}"]
    program = [sys.executable, "-m", "tests.attack.enduring", str(book), str(told)]
    tree = Path(__file__).resolve().parent.parent.parent
    ended = subprocess.run(
        ["timeout", str(SECONDS), "strace", *how, *failing, *program],
        cwd=tree,
        check=False,
        capture_output=True,
        text=True,
    )
    name = f"{error} at {call} number {number}"
    assert ended.returncode == 0, f"{name}: the process ended with {ended.returncode}: {ended.stderr[-400:]}"
    lines = [line.split(" ", 3) for line in told.read_text().splitlines()]
    return Life(name, lines, "(INJECTED)" in log.read_text())


def check(book: Path, life: Life) -> None:
    """What it was told was plain and true; opened anew, the book is whole, and everything can be asked for again."""
    assert_plain(life)
    posted = {line[1].removeprefix("t/") for line in life.told if line[0] == "posted"}
    denied = {
        line[1].removeprefix("t/") for line in life.told if line[0] == "refused" and line[2] in NOT_WRITTEN
    }
    standing = set(consistency.references(book))
    assert posted <= standing, f"{life.name}: acknowledged and lost: {sorted(posted - standing)[:3]}"
    assert not denied & standing, f"{life.name}: refused and written: {sorted(denied & standing)[:3]}"
    consistency.check(book)
    asyncio.run(_again(book))
    asked = [*singles(), *(one for pair in pairs() for one in pair)]
    wanted = sorted(one.reference.removeprefix("t/") for one in asked)
    assert sorted(consistency.references(book)) == wanted, f"{life.name}: asked again, not all is there once"
    consistency.check(book)


def assert_plain(life: Life) -> None:
    """Every answer is a sentence of ours; after a commit in doubt nothing more is written."""
    assert life.told[-1] == ["end"], f"{life.name}: it did not come to its end"
    doubt = False
    for line in life.told[:-1]:
        assert line[0] != "fault", f"{life.name}: {line}"
        assert "locked" not in line[-1], f"{life.name}: database is locked"
        kind = {"refused": line[2:3], "closed": line[1:2]}.get(line[0], [])
        assert set(kind) <= KINDS, f"{life.name}: {line}"
        assert not doubt or (kind or ["posted"])[0] in ("OutcomeUnknown", "ReadOnly"), (
            f"{life.name}: it went on in doubt: {line}"
        )
        doubt = doubt or kind == ["OutcomeUnknown"]


async def _again(book: Path) -> None:
    async with opened(book) as one:
        for draft in singles():
            await one.journal.post(draft)
        for pair in pairs():
            await one.journal.post_together(pair)


if __name__ == "__main__":
    print(json.dumps(fail_again_and_again(Path(sys.argv[1]), sys.argv[2])))  # noqa: T201 - the answer
