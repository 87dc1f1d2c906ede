"""Run a command and kill it without warning, again and again, until the same command comes to its end by itself."""

from __future__ import annotations

import contextlib
import random
import signal
import sqlite3
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tests.attack import consistency
from tests.typed import PROGRAM, surroundings

LONGEST_SECONDS = 120


@dataclass(frozen=True)
class Ended:
    """How often a command was killed, how often in the middle of its writing, and what it said at last."""

    kills: int
    midway: int
    out: str


def kill_until_done(words: list[str], book: Path, *, kills: int, chance: random.Random) -> Ended:
    """Kill a command so many times, at random moments of its writing; after each kill the book is looked at."""
    midway = 0
    for _ in range(kills):
        before = size(book)
        killed = one_life(words, book, chance)
        after = size(book)
        assert after >= before
        consistency.check(book)
        if not killed:
            break
        midway += after > before
    last = subprocess.run([str(PROGRAM), *words], env=env(book), capture_output=True, text=True, check=False)
    assert last.returncode == 0, last.stderr
    return Ended(kills, midway, last.stdout)


def one_life(words: list[str], book: Path, chance: random.Random) -> bool:
    """Start it, wait until it has written or is about to, and kill it; the answer is whether it was still alive.

    What another connection could read before the kill was acknowledged, and must be there after it.
    """
    before, seen = size(book), 0
    process = subprocess.Popen(
        [str(PROGRAM), *words], env=env(book), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    wanted, ends = before + chance.choice([0, 0, 1, 1, 200]), time.monotonic() + LONGEST_SECONDS
    locked = False
    while process.poll() is None and time.monotonic() < ends:
        seen, locked = size(book), locked or busy(book)
        if locked and seen >= wanted:
            time.sleep(chance.choice([0, 0.001, 0.01, 0.05]) * chance.random())
            seen = max(seen, size(book))
            process.send_signal(signal.SIGKILL)
            break
        time.sleep(0.001)
    status = process.wait(LONGEST_SECONDS)
    assert size(book) >= seen, "what could be read before the kill is gone"
    assert status in (0, -signal.SIGKILL), status
    return status != 0


def size(book: Path) -> int:
    """How many transactions another process reads."""
    with contextlib.closing(sqlite3.connect(f"file:{book}?mode=ro", uri=True, timeout=10)) as file:
        return int(file.execute("SELECT max(position) FROM ledger_transaction").fetchone()[0])


def busy(book: Path) -> bool:
    """Whether somebody holds the book's file lock, that is, writes."""
    try:
        with consistency.held_lock(book):
            return False
    except BlockingIOError:
        return True


def env(book: Path) -> dict[str, str]:
    """The environment of a command on a book."""
    return surroundings(JISHAN_BOOK=f"sqlite://{book}")
