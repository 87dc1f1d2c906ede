"""The ledger survives every scenario, and every scenario notices what is broken."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests import books
from tests.attack import faults
from tests.attack.faults import Change, Fault
from tests.attack.planted import FAULTS
from tests.attack.scenarios import SCENARIOS
from tests.figures import figure

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

NOTICED = (
    "AssertionError",
    "asyncio.exceptions.InvalidStateError",
    "TimeoutError",
    "BlockingIOError",
    "ledger.errors.",
    "sqlite3.",
)
"""How an attack fails when it is the promise that is broken, not the attack."""

Runs = dict[str, Future[subprocess.CompletedProcess[str]]]


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
async def test_the_ledger_survives(
    scenario: Callable[[Path], Coroutine[Any, Any, None]], tmp_path: Path
) -> None:
    """What each scenario's docstring promises holds on this tree."""
    await books.make(tmp_path)
    await scenario(tmp_path / "book.db")


async def test_nothing_acknowledged_is_lost_to_kill_9(tmp_path: Path) -> None:
    """After every kill what was acknowledged is there once, nothing is half there, and the next process goes on."""
    await books.make(tmp_path)
    ended = faults.run(faults.ROOT, "kill9", str(tmp_path / "book.db"), str(figure(short=20, full=200)))
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="module")
async def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Every fault's attack, under way: two at a time, because they wait more than they work."""
    template = await books.template()
    with ThreadPoolExecutor(3) as pool:
        return {
            fault.name: pool.submit(run, fault, template, tmp_path_factory.mktemp("fault"))
            for fault in FAULTS
        }


TRIES = 5
"""An attack that cancels or kills at random moments may miss a fault once on a busy machine, but not so often."""


def run(fault: Fault, template: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the attack on a copy of the tree with the fault in it, until it notices."""
    tree = faults.plant(fault, folder / "tree")
    module, *names = fault.attack
    kills = ["20"] if module == "kill9" else []
    for number in range(TRIES):
        book = folder / f"book{number}.db"
        shutil.copy(template, book)
        ended = faults.run(tree, module, *names, str(book), *kills)
        if ended.returncode != 0:
            break
    return ended


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(fault: Fault, runs: Runs) -> None:
    """The same attack fails on a tree with the fault, for the reason it is there for."""
    ended = runs[fault.name].result()
    last = (ended.stderr.strip().splitlines() or ["it passed"])[-1]
    assert ended.returncode != 0, "nobody noticed"
    assert last.startswith(NOTICED), ended.stderr


def test_every_attack_has_a_fault_it_notices() -> None:
    """No scenario is without a fault that shows that it can fail."""
    assert {fault.attack for fault in FAULTS} == {*(("scenarios", name) for name in SCENARIOS), ("kill9",)}


def test_a_fault_that_fits_nowhere_is_refused(tmp_path: Path) -> None:
    """When the product changes under a fault, its test says so instead of testing nothing."""
    fault = Fault("gone", ("kill9",), (Change("ledger/clock.py", "no such text", ""),))
    with pytest.raises(AssertionError, match="holds 0 times"):
        faults.plant(fault, tmp_path / "tree")
