"""Whichever call to a book's files fails, nothing acknowledged is lost or there twice, and the answer is plain."""

from __future__ import annotations

import json
import shutil
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import books
from tests.attack import faults
from tests.attack.bad_disk import FAILURES, KINDS
from tests.attack.faults import Change, Fault
from tests.figures import FULL

pytestmark = [pytest.mark.attack, pytest.mark.anyio, pytest.mark.needs("strace")]

TRANSACTIONS, TURNSTILE = "ledger/sqlite_transactions.py", "ledger/turnstile.py"
FAULTS = (
    Fault(
        "a doubt does not stop the book",
        ("bad_disk",),
        (Change(TRANSACTIONS, "            turnstile.read_only = IN_DOUBT\n", ""),),
    ),
    Fault(
        "a COMMIT that failed is taken for one that was done",
        ("bad_disk",),
        (
            Change(
                TRANSACTIONS,
                "        raise OutcomeUnknown from error\n\n\ndef _roll_back",
                "        return\n\n\ndef _roll_back",
            ),
        ),
    ),
    Fault(
        "what the disk says is passed on as it is",
        ("bad_disk",),
        (Change(TURNSTILE, "            raise _refused(error) from error\n", "            raise\n"),),
    ),
)


async def test_a_failing_disk_costs_nobody_anything(tmp_path: Path) -> None:
    """Reads, writes, syncs, cuts and opens fail in turn; what was refused can be asked for again, and is there once."""
    await books.make(tmp_path)
    ended = faults.run(
        faults.ROOT, "bad_disk", str(tmp_path / "book.db"), "all" if FULL else "some", minutes=2
    )
    assert ended.returncode == 0, ended.stderr
    said = json.loads(ended.stdout)
    assert said["lives"] >= len(FAILURES)
    assert said.keys() & KINDS >= {"ReadOnly", "OutcomeUnknown", "BookDamaged"}, said


@pytest.fixture(scope="module")
async def runs(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Future[subprocess.CompletedProcess[str]]]:
    """Every fault's attack, under way, one after another, for each lives in two processes."""
    template = await books.template()
    with ThreadPoolExecutor(1) as pool:
        return {
            fault.name: pool.submit(_run, fault, template, tmp_path_factory.mktemp("fault"))
            for fault in FAULTS
        }


def _run(fault: Fault, template: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    tree = faults.plant(fault, folder / "tree")
    shutil.copy(template, folder / "book.db")
    return faults.run(tree, "bad_disk", str(folder / "book.db"), "few")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(
    fault: Fault, runs: dict[str, Future[subprocess.CompletedProcess[str]]]
) -> None:
    """The same attack fails on a tree with the fault, naming the call that failed."""
    ended = runs[fault.name].result()
    last = (ended.stderr.strip().splitlines() or ["it passed"])[-1]
    assert ended.returncode != 0, "nobody noticed"
    assert last.startswith("AssertionError: E"), ended.stderr
