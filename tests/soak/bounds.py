"""What a site that is asked all day may come to, and what it may not: each limit is a sentence when it is passed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tests.soak.gauges import Reading

MEGABYTE = 2**20
MEMORY = 12 * MEGABYTE
"""Beyond what it was after warming up; what it keeps for each answer is limited besides."""
MEMORY_PER_ANSWER = 1024
"""Bytes: an answer's page alone is ten times as long, so a list that keeps them is found, the sooner the longer."""
FILES, THREADS, LINES = 12, 12, 4
"""More than after warming up: browsers that are just closing, the pool of threads filling, one more command."""
LOG = 48 * MEGABYTE
"""SQLite's log is written back every 4,000 pages of 4 KB; three times that leaves room for one long reader."""
MORE = 2
"""Statements: a part of a page that was empty at first. A list that asks for every row takes dozens more."""
SLOWER = 3.0
NOTICEABLE_SECONDS = 0.25
"""p99 may be so many times what it was at first; below a quarter of a second nobody cares."""
COMPLAINTS = re.compile(
    r"Task was destroyed|never retrieved|never awaited|ResourceWarning|[Uu]nclosed|Traceback|\bERROR\b|\bCRITICAL\b"
)


def passed(readings: Sequence[Reading], *, timed: bool, staying: int, walked_off: int) -> list[str]:
    """Which limits were passed, compared with the first reading; [] when none. `timed` also looks at the clock.

    `staying` people are signed in, `walked_off` went away without saying so: nobody else has a session.
    """
    first, last = readings[0], readings[-1]
    answers = sum(one.answers for one in readings[1:])
    memory = min(one.resident for one in readings[len(readings) // 2 :]) - first.resident
    allowed = MEMORY + (0 if timed else MEMORY_PER_ANSWER * answers)
    over = {
        f"memory grew by {memory / MEGABYTE:.1f} MB in {answers} answers": memory > allowed,
        f"open files grew from {first.descriptors} to {last.descriptors}": last.descriptors
        > first.descriptors + FILES,
        f"threads grew from {first.threads} to {last.threads}": last.threads > first.threads + THREADS,
        f"lines to the server grew from {first.connections} to {last.connections}": last.connections
        > first.connections + LINES,
        f"{last.sessions} sessions, {staying} at their desks, {walked_off} walked off": last.sessions
        > staying + walked_off,
    }
    over |= {f"{one.open_jobs} jobs were left": one.open_jobs > 0 for one in readings}
    over |= {f"{one.left_open} transactions were left open": one.left_open > 0 for one in readings}
    over |= {f"the log has {one.wal / MEGABYTE:.0f} MB": one.wal > LOG for one in readings}
    slow = max(NOTICEABLE_SECONDS, SLOWER * first.p99)
    if timed:
        over[f"p99 went from {first.p99:.3f} s to {last.p99:.3f} s"] = last.p99 > slow
    return [said for said, is_over in over.items() if is_over]


def more_statements(before: Mapping[str, int], after: Mapping[str, int]) -> list[str]:
    """Which pages ask the book more often than they did with less in it."""
    return [
        f"{path} took {before[path]} statements and takes {after[path]}"
        for path in before
        if after[path] > before[path] + MORE
    ]


def complaints(log: str) -> list[str]:
    """What a server said that nobody should have to read."""
    return [line for line in log.splitlines() if COMPLAINTS.search(line)]
