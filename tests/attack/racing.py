"""Processes that want the same things at the same moment.

    python -m tests.attack.racing BOOK NAME COUNT

prints what became of each posting, as JSON. It says `ready` first and begins when a line arrives.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ledger.book import Book
from ledger.errors import LedgerError
from ledger.transactions import Draft
from tests.ledger.drafts import draft, move, opened

ROOT = Path(__file__).resolve().parent.parent.parent


async def race(
    path: Path | str, count: int, names: Sequence[str] = ("left", "right")
) -> list[dict[str, str]]:
    """Start a process for each name, let them go at once, and return what each was answered, by reference."""
    racers = [await _start(path, name, count) for name in names]
    for racer in racers:
        assert racer.stdout is not None
        assert await racer.stdout.readline() == b"ready\n"
    outputs = await asyncio.gather(*(racer.communicate(b"go\n") for racer in racers))
    assert [racer.returncode for racer in racers] == [0] * len(names)
    return [json.loads(output) for output, _ in outputs]


async def _start(path: Path | str, name: str, count: int) -> asyncio.subprocess.Process:
    arguments = ["-m", "tests.attack.racing", str(path), name, str(count)]
    pipe = asyncio.subprocess.PIPE
    return await asyncio.create_subprocess_exec(sys.executable, *arguments, stdin=pipe, stdout=pipe, cwd=ROOT)


async def run(path: str, name: str, count: int) -> dict[str, str]:
    """One process's part: the references all post, and the units all want, a few at a time."""
    drafts = [draft(f"same/{n}", move("bank", "b", 1)) for n in range(count)]
    drafts += [draft(f"take/{name}/{n}", move("a", name, 1)) for n in range(count)]
    drafts.sort(key=lambda one: one.reference.rpartition("/")[2])
    answers: dict[str, str] = {}
    async with opened(path) as book:
        print("ready", flush=True)  # noqa: T201 - the starter waits for it
        await asyncio.to_thread(sys.stdin.readline)
        for start in range(0, len(drafts), 8):
            some = drafts[start : start + 8]
            kinds = await asyncio.gather(*(_kind(book, one) for one in some))
            answers |= {one.reference.removeprefix("t/"): kind for one, kind in zip(some, kinds, strict=True)}
    return answers


async def _kind(book: Book, one: Draft) -> str:
    try:
        receipt: Any = await book.journal.post(one)
    except LedgerError as error:
        return type(error).__name__
    return "Repeated" if receipt.repeated else "Receipt"


if __name__ == "__main__":
    print(json.dumps(asyncio.run(run(sys.argv[1], sys.argv[2], int(sys.argv[3])))))  # noqa: T201 - the answer
