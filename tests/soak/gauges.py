"""What is read off a server that runs: its process, its book, and what the last stretch of answers was like."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.attack.saturday_count import rows

PER_BOOK = {
    "entries": "SELECT coalesce(max(position), 0) AS n FROM ledger_transaction",
    "open_jobs": "SELECT count(*) AS n FROM web_job WHERE state IN ('waiting', 'running')",
    "jobs": "SELECT count(*) AS n FROM web_job",
    "sessions": "SELECT count(*) AS n FROM web_session",
}
ACTIVITY = """
SELECT count(*) AS n, count(*) FILTER (WHERE state LIKE 'idle in transaction%') AS left_open
FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"""


@dataclass(frozen=True)
class Reading:
    """One look at a site, taken while nobody asks it anything."""

    seconds: float
    """Since the first visit."""
    answers: int
    """Requests of the stretch before."""
    p50: float
    p99: float
    resident: int
    """Bytes of memory that are the server's own and no file's; the worker of long jobs lives in the same process."""
    descriptors: int
    threads: int
    wal: int
    """Bytes of the write-ahead log beside a file; on a server nothing of ours."""
    connections: int
    """Of the server and of whoever else has the book open; on SQLite none."""
    left_open: int
    """Transactions that nobody ends."""
    entries: int
    open_jobs: int
    jobs: int
    sessions: int


async def read(url: str, process: int, *, seconds: float, times: Sequence[float]) -> Reading:
    """Look now; whoever has just been served may still be closing their connection, so wait for that a little."""
    await _quiet(process)
    place = Path(f"/proc/{process}")
    status = dict(line.split(":", 1) for line in (place / "status").read_text().splitlines())
    counted = {name: int((await rows(url, sql))[0]["n"]) for name, sql in PER_BOOK.items()}
    ordered = sorted(times) or [0.0]
    return Reading(
        seconds=seconds,
        answers=len(times),
        p50=ordered[len(ordered) // 2],
        p99=ordered[len(ordered) * 99 // 100],
        resident=int(status["RssAnon"].split()[0]) * 1024,
        descriptors=descriptors(process),
        threads=int(status["Threads"]),
        **await _storage(url),
        **counted,
    )


async def _quiet(process: int) -> None:
    before = -1
    for _ in range(20):
        now = descriptors(process)
        if now == before:
            return
        before = now
        await asyncio.sleep(0.3)


def descriptors(process: int) -> int:
    """How many files and lines a process holds open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


async def _storage(url: str) -> dict[str, int]:
    if url.startswith("sqlite://"):
        log = Path(url.removeprefix("sqlite://") + "-wal")
        return {"wal": log.stat().st_size if log.exists() else 0, "connections": 0, "left_open": 0}
    found = (await rows(url, ACTIVITY))[0]
    return {"wal": 0, "connections": int(found["n"]), "left_open": int(found["left_open"])}


HEAD = "     s  answers  p50 ms  p99 ms  memory MB  files  threads  log MB  lines  entries  jobs  sessions"


def line(one: Reading) -> str:
    """A line of the table."""
    return (
        f"{one.seconds:6.0f} {one.answers:8d} {one.p50 * 1000:7.1f} {one.p99 * 1000:7.1f}"
        f" {one.resident / 2**20:10.1f} {one.descriptors:6d} {one.threads:8d} {one.wal / 2**20:7.1f}"
        f" {one.connections:6d} {one.entries:8d} {one.jobs:5d} {one.sessions:9d}"
    )
