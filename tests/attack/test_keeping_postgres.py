"""Copies of a book on PostgreSQL survive kill -9, and each attack on them notices what is broken."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres
from tests.attack import faults, keeping_postgres
from tests.attack.faults import Change, Fault
from tests.attack.keeping_faults import NAMED_TOO_SOON, UNDER_ITS_OWN_NAME
from tests.figures import figure

pytestmark = [
    pytest.mark.attack,
    *([] if postgres.ELSEWHERE else [pytest.mark.needs("postgresql")]),
]
KILLS = figure(short=4, full=60)
COPIES = "ledger/postgres_copies.py"
COPIED = ("ledger", "points", "web", "alembic_like_migrations", "tests")
FAULTS = (
    Fault(
        "a restored schema has its name before it is finished",
        ("restore",),
        (
            Change(
                COPIES,
                "            for (function,) in await connection.fetch(_FUNCTIONS, target.schema):\n",
                '            await connection.execute("COMMIT")\n'
                "            await asyncio.sleep(3)\n"
                "            for (function,) in await connection.fetch(_FUNCTIONS, target.schema):\n",
            ),
        ),
    ),
    NAMED_TOO_SOON,
    UNDER_ITS_OWN_NAME,
)


def run(tree: Path, attack: str, folder: Path, kills: int) -> subprocess.CompletedProcess[str]:
    """An attack as a program in a tree, on the server of these tests."""
    command = [sys.executable, "-m", "tests.attack.keeping_postgres", attack, str(folder), str(kills)]
    env = {**os.environ, "JISHAN_TEST_BOOK": postgres.administrator()}
    return subprocess.run(
        ["timeout", "900", *command], cwd=tree, env=env, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("attack", keeping_postgres.ATTACKS)
def test_copies_on_postgres_survive_kill_9(attack: str, tmp_path: Path) -> None:
    """After every kill what has a name is whole, nothing half stands as a whole, and the next process goes on."""
    ended = run(faults.ROOT, attack, tmp_path / "there", KILLS)
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("fault", FAULTS[:: figure(short=3, full=1)], ids=lambda fault: fault.name)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    """The same attack fails on a tree with the fault, because of what it promises."""
    tree = faults.plant(fault, tmp_path / "tree", copied=COPIED)
    ended = run(tree, *fault.attack, tmp_path / "there", 20)
    last = (ended.stderr.strip().splitlines() or ["it passed"])[-1]
    assert ended.returncode not in (0, 124), "nobody noticed"
    assert last.startswith(("AssertionError", "ledger.errors.CopyDamaged", "ledger.errors.BookDamaged")), (
        ended.stderr
    )
