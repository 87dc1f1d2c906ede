"""Kill a posting process without warning, again and again, and look at what it left.

    python -m tests.attack.kill9 BOOK.db KILLS

Each round a child opens the book where the last one fell, posts, and writes down every reference it was given a receipt
for. After its SIGKILL everything written down is in the book, once, and nothing is half there.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import select
import signal
import sys
import time
from pathlib import Path

from ledger.book import Book
from tests.attack import consistency
from tests.ledger.drafts import draft, move, opened

CALLERS = 6


def kill_again_and_again(path: Path, kills: int) -> dict[str, int]:
    """The rounds; the answer says how many references were acknowledged and how many stand in the book."""
    chance, acknowledged = random.Random(9), set[str]()
    for number in range(kills):
        acknowledged |= one_life(path, number, chance.uniform(0.001, 0.08))
        standing = consistency.references(path)
        lost = acknowledged - set(standing)
        assert not lost, f"{len(lost)} acknowledged and lost: {sorted(lost)[:3]}"
        if number % 10 == 9 or number == kills - 1:
            consistency.check(path)
            assert_whole(standing)
    return {"kills": kills, "acknowledged": len(acknowledged), "standing": len(standing)}


def assert_whole(standing: list[str]) -> None:
    """What was posted together stands together."""
    left = {name.removesuffix("/l") for name in standing if name.endswith("/l")}
    right = {name.removesuffix("/r") for name in standing if name.endswith("/r")}
    assert left == right, "a group stands in part"


def one_life(path: Path, number: int, seconds: float) -> set[str]:
    """Let a child post for so long after its first receipt, kill it, and return what it was given receipts for."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        live(path, number, writing)
    os.close(writing)
    try:
        ready, _, _ = select.select([reading], [], [], 20)
        assert ready, "the next process does not get on with it"
        time.sleep(seconds)
    finally:
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child ended by itself"
    with os.fdopen(reading, "rb") as pipe:
        return {line.decode() for line in pipe.read().split(b"\n")[:-1]}


def live(path: Path, number: int, writing: int) -> None:
    """The child: never returns."""
    try:
        asyncio.run(post_for_ever(path, number, writing))
    finally:
        os._exit(1)


async def post_for_ever(path: Path, number: int, writing: int) -> None:
    """Some callers post, one by one and two together, and write down each receipt."""
    async with opened(path) as book:
        await asyncio.gather(*(_caller(book, f"{number:04}/{one}", writing) for one in range(CALLERS)))


async def _caller(book: Book, name: str, writing: int) -> None:
    count = 0
    while True:
        count += 1
        single = draft(f"{name}/{count}", move("bank", "a", 3), move("a", name.replace("/", "-"), 2))
        receipts = [await book.journal.post(single)]
        pair = [draft(f"{name}/{count}/{side}", move("bank", side, 1)) for side in ("l", "r")]
        receipts += await book.journal.post_together(pair)
        os.write(writing, "".join(r.reference.removeprefix("t/") + "\n" for r in receipts).encode())


if __name__ == "__main__":
    print(json.dumps(kill_again_and_again(Path(sys.argv[1]), int(sys.argv[2]))))  # noqa: T201 - the answer
