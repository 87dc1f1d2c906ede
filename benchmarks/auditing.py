"""How fast is a book audited in full, and in how much memory? In a process of its own, on one core.

    python -m benchmarks.auditing BOOK.db ours|leaves

`leaves` is the baseline: the least that anybody does who trusts nothing, reading every text and hashing it. The answer
is printed as JSON.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import figures, loader
from benchmarks.figures import Round, Watch
from benchmarks.loads import Load
from ledger import audit
from points.district import open_district


async def measure(
    book: Path, load: Load, *, size: int, rounds: int, progress: loader.Progress
) -> dict[str, Any]:
    """Transactions a second, ours and the baseline's; the greatest memory of any of our processes, in MB."""
    await loader.prepare(book, load, size, progress=progress)
    memory = []

    async def turn(who: str) -> Round:
        command = [sys.executable, "-m", "benchmarks.auditing", str(book), who]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        assert process.returncode == 0, f"{who} found something"
        said = json.loads(output)
        if who == "ours":
            memory.append(said["megabytes"])
        return Round(said["done"], said["seconds"], said["cpu"])

    contenders: dict[str, figures.Contender] = {
        "jishan": lambda _: turn("ours"),
        "raw sqlite3": lambda _: turn("leaves"),
    }
    found = await figures.contest(contenders, rounds)
    return {
        "postings": size,
        "contenders": {name: figures.figure(turns) for name, turns in found.items()},
        "ratios": figures.ratios(found, "jishan"),
        "megabytes": max(memory),
    }


async def ours(path: Path) -> Round:
    """The audit, every check that the ledger knows of."""
    async with open_district(f"sqlite://{path}") as book:
        watch = Watch()
        report = await audit.run(book.reader, guards=book.guards)
        assert report.whole, report.findings[:3]
        return watch.round(report.size)


def leaves(path: Path) -> Round:
    """Read every text, hash it, compare."""
    done, watch = 0, Watch()
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        for body, leaf in connection.execute("SELECT body, leaf FROM ledger_transaction ORDER BY position"):
            assert hashlib.sha256(b"\0" + body).digest() == leaf
            done += 1
    return watch.round(done)


def megabytes() -> int:
    """The most memory this process held; getrusage would count its parent's, from before it was a program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    path, who = Path(sys.argv[1]), sys.argv[2]
    turn = asyncio.run(ours(path)) if who == "ours" else leaves(path)
    answer = {"done": turn.done, "seconds": turn.seconds, "cpu": turn.cpu, "megabytes": megabytes()}
    sys.stdout.write(json.dumps(answer) + "\n")
