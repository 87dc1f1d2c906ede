"""Nothing grows while a site is used but its book; and what would grow is seen growing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests import postgres
from tests.attack import faults
from tests.attack.faults import Change, Fault
from tests.figures import FULL
from tests.soak import bounds, soak
from tests.soak.gauges import Reading
from tests.soak.soak import Length

pytestmark = [pytest.mark.soak, pytest.mark.timeout(0)]

NEEDS = () if postgres.ELSEWHERE else pytest.mark.needs("postgresql")
SHORT = Length(windows=1, seconds=240, visits=12, people=14, inside=True)
LONG = Length(windows=20, seconds=60, visits=10**9, people=1400, real_pins=True, timed=True)
"""Twenty minutes after a first one to warm up."""
ENGINES = ["sqlite", *([pytest.param("postgres", marks=NEEDS)] if FULL else [])]


@pytest.mark.anyio
@pytest.mark.usefixtures("one_in_twenty_is_drawn")
@pytest.mark.parametrize("engine", ENGINES)
async def test_a_day_leaves_nothing_behind(
    engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Memory, files, threads, lines, log, jobs and sessions stay; points and goods add up; the log is silent."""
    outcome = await soak.run(engine, tmp_path, LONG if FULL else SHORT)
    if FULL:
        with capsys.disabled():
            sys.stdout.write("\n".join([f"\n{engine}", *soak.table(outcome), ""]))
    assert outcome.passed == []


AT_FIRST = Reading(
    seconds=60, answers=900, p50=0.02, p99=0.2, resident=90 * 2**20, descriptors=20, threads=4,
    wal=4 * 2**20, connections=3, left_open=0, entries=100, open_jobs=0, jobs=3, sessions=6,
)  # fmt: skip


@pytest.mark.parametrize(
    ("grown", "said"),
    [
        ({"resident": 110 * 2**20}, "memory grew by 20.0 MB"),
        ({"descriptors": 40}, "open files grew from 20 to 40"),
        ({"threads": 20}, "threads grew from 4 to 20"),
        ({"connections": 9}, "lines to the server grew from 3 to 9"),
        ({"sessions": 8}, "8 sessions, 5 at their desks, 2 walked off"),
        ({"open_jobs": 1}, "1 jobs were left"),
        ({"left_open": 1}, "1 transactions were left open"),
        ({"wal": 64 * 2**20}, "the log has 64 MB"),
        ({"p99": 0.7}, "p99 went from 0.200 s to 0.700 s"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_each_limit_is_told_when_it_is_passed(grown: dict[str, int], said: str) -> None:
    """That one and no other; at rest none is."""
    facts = {"timed": True, "staying": 5, "walked_off": 2}
    assert bounds.passed([AT_FIRST] * 3, **facts) == []  # type: ignore[arg-type]
    readings = [AT_FIRST, replace(AT_FIRST, **grown), replace(AT_FIRST, **grown)]
    (told,) = bounds.passed(readings, **facts)  # type: ignore[arg-type]
    assert told.startswith(said)


def test_a_complaint_in_the_log_is_told() -> None:
    """What asyncio and the interpreter say when something was forgotten; what a site says by itself is not."""
    log = "Task was destroyed but it is pending!\nx.py:3: ResourceWarning: unclosed file\n积善簿开着\n"
    assert len(bounds.complaints(log)) == 2
    assert bounds.more_statements({"/": 3, "/a": 4}, {"/": 6, "/a": 6}) == ["/ took 3 statements and takes 6"]


SESSIONS = "            await _recognise(Request(scope))\n"
FAULTS = (
    Fault(
        "every request is kept in a list",
        ("memory grew",),
        (
            Change(
                "web/sessions.py",
                SESSIONS,
                SESSIONS + "            globals().setdefault('KEPT', []).append((scope, bytes(2**15)))\n",
            ),
        ),
    ),
    Fault(
        "a reader is never closed",
        ("open files grew",),
        (
            Change(
                "web/sessions.py",
                SESSIONS,
                SESSIONS + "            globals().setdefault('KEPT', []).append(\n"
                "                __import__('sqlite3').connect(scope['app'].state.book.path))\n",
            ),
        ),
    ),
    Fault(
        "the log is never written back",
        ("the log has",),
        (Change("ledger/sqlite.py", '"wal_autocheckpoint": "4000"', '"wal_autocheckpoint": "0"'),),
    ),
)
COPIED = ("ledger", "points", "web", "alembic_like_migrations", "tests", "pyproject.toml")

if FULL:

    @pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
    def test_what_grows_is_seen(fault: Fault, tmp_path: Path) -> None:
        """In a copy of the product with the fault in it, five minutes are enough."""
        tree = faults.plant(fault, tmp_path / "tree", copied=COPIED)
        command = ["-m", "tests.soak.soak", "sqlite", "--minutes", "5", "--windows", "4", "--people", "300"]
        ended = subprocess.run(
            [sys.executable, *command], cwd=tree, capture_output=True, text=True, check=False
        )
        assert ended.returncode == 1, ended.stderr
        assert fault.attack[0] in ended.stdout
