"""A Saturday on both engines, and two faults in the product that it must notice."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests import postgres
from tests.attack import faults, saturday
from tests.attack.faults import Change, Fault
from tests.figures import FULL, figure

pytestmark = [pytest.mark.attack]
PEOPLE, COUNTERS = figure(short=21, full=2000), figure(short=4, full=20)
NEEDS = () if postgres.ELSEWHERE else pytest.mark.needs("postgresql")
COPIED = ("ledger", "points", "web", "alembic_like_migrations", "tests", "pyproject.toml")
SHORT = ("saturday", "sqlite", "--people", "14", "--counters", "4")


@pytest.mark.anyio
@pytest.mark.parametrize("engine", ["sqlite", pytest.param("postgres", marks=NEEDS)])
async def test_on_a_saturday_everything_adds_up(engine: str, tmp_path: Path) -> None:
    """Every receipt once, stock and points exact, no 5xx, and the audit finds nothing."""
    tally, _seconds = await saturday.run(engine, tmp_path, people=PEOPLE, counters=COUNTERS, real_pins=FULL)
    assert len(tally.kept()) > PEOPLE // 2
    assert len(tally.undone) >= PEOPLE // 14
    assert tally.refused["locked"] >= PEOPLE // 14


FAULTS = (
    Fault(
        "the same key hands over twice",
        SHORT,
        (
            Change(
                "web/views/redemptions.py",
                "by=order.by, key=order.key, on=order.on",
                "by=order.by, key=__import__('secrets').token_hex(8), on=order.on",
            ),
        ),
    ),
    Fault(
        "goods are handed over that are not on the shelf",
        SHORT,
        (Change("ledger/decisions.py", "        _check_floor(source, posting)\n", ""),),
    ),
)


@pytest.mark.parametrize("fault", FAULTS[:: figure(short=2, full=1)], ids=lambda fault: fault.name)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    """In a copy of the product, with servers of its own."""
    tree = faults.plant(fault, tmp_path / "tree", copied=COPIED)
    ended: subprocess.CompletedProcess[str] = faults.run(tree, *fault.attack, minutes=4)
    assert ended.returncode not in {0, 124}, "nobody noticed"
    assert "AssertionError" in ended.stderr, ended.stderr[-3000:]
    assert "while starting" not in ended.stderr, "nobody got as far as the fault"
