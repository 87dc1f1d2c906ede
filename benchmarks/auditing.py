"""How fast is a book audited in full, and in how much memory? In a process of its own, on one core.

    python -m benchmarks.auditing FILE|ADDRESS ours|leaves

`leaves` is the baseline: the least that anybody does who trusts nothing, reading every text and hashing it. The answer
is printed as JSON.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path
from typing import Any

from benchmarks import figures, loader, raw_postgres
from benchmarks.figures import Round, Watch
from benchmarks.loader import Place, url_of
from benchmarks.loads import Load
from ledger import audit, postgres
from ledger.book import path_of
from points.district import open_district


async def measure(
    book: Place, load: Load, *, size: int, rounds: int, progress: loader.Progress
) -> dict[str, Any]:
    """Transactions a second, ours and the baseline's; the greatest memory of any of our processes, in MB."""
    await loader.prepare(book, load, size, progress=progress)
    memory = []

    async def turn(who: str) -> Round:
        command = [sys.executable, "-m", "benchmarks.auditing", url_of(book), who]
        process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
        output, _ = await process.communicate()
        assert process.returncode == 0, f"{who} found something"
        said = json.loads(output)
        if who == "ours":
            memory.append(said["megabytes"])
        return Round(said["done"], said["seconds"], said["cpu"])

    contenders: dict[str, figures.Contender] = {
        "jishan": lambda _: turn("ours"),
        "texts alone": lambda _: turn("leaves"),
    }
    found = await figures.contest(contenders, rounds)
    return {
        "postings": size,
        "contenders": {name: figures.figure(turns) for name, turns in found.items()},
        "ratios": figures.ratios(found, "jishan"),
        "megabytes": max(memory),
    }


async def ours(url: str) -> Round:
    """The audit, every check that the ledger knows of."""
    async with open_district(url) as book:
        watch = Watch()
        report = await audit.run(book.reader, guards=book.guards)
        assert report.whole, report.findings[:3]
        return watch.round(report.size)


async def leaves(url: str) -> Round:
    """Read every text, hash it, compare."""
    done, watch = 0, Watch()
    async for body, leaf in _texts(url):
        assert hashlib.sha256(b"\0" + body).digest() == leaf
        done += 1
    return watch.round(done)


async def _texts(url: str) -> AsyncIterator[tuple[bytes, bytes]]:
    query = "SELECT body, leaf FROM ledger_transaction ORDER BY position"
    if postgres.is_address(url):
        async with raw_postgres.reader(postgres.address_of(url)) as connection, connection.transaction():
            async for row in connection.cursor(query, prefetch=1000):
                yield row["body"], row["leaf"]
        return
    with closing(sqlite3.connect(f"file:{path_of(url)}?mode=ro", uri=True)) as file:
        for body, leaf in file.execute(query):
            yield body, leaf


def megabytes() -> int:
    """The most memory this process held; getrusage would count its parent's, from before it was a program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) // 1024


if __name__ == "__main__":
    turn = asyncio.run({"ours": ours, "leaves": leaves}[sys.argv[2]](sys.argv[1]))
    answer = {"done": turn.done, "seconds": turn.seconds, "cpu": turn.cpu, "megabytes": megabytes()}
    sys.stdout.write(json.dumps(answer) + "\n")
