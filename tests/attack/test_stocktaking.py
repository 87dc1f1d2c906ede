"""A shelf withstands what is tried on it, and does not when something is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import books
from tests.attack import noticing, stocktaking
from tests.attack.faults import Change, Fault

pytestmark = pytest.mark.attack
FAULTS = (
    Fault(
        "a count is written whatever has moved since it was planned",
        ("stocktaking", "nothing_is_put_right_twice"),
        (Change("points/market/stocktaking.py", "postings, rows, seen=seen)", "postings, rows)"),),
    ),
    Fault(
        "what somebody wrote off before is forgotten",
        ("stocktaking", "many_small_losses_are_one_large_one"),
        (Change("points/market/losses.py", "    if fen:\n", "    if fen > ALONE_AT_MOST:\n"),),
    ),
)


@pytest.mark.anyio
@pytest.mark.parametrize("name", stocktaking.ATTACKS)
async def test_a_shelf_withstands(name: str, tmp_path: Path) -> None:
    """On this tree every attack ends as it must."""
    await books.make(tmp_path)
    await stocktaking.main(name, tmp_path / "book.db")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    """The attack fails, by its own assertion."""
    noticing.assert_noticed(fault, tmp_path)


def test_every_attack_has_a_fault_that_it_notices() -> None:
    """None is there for show."""
    assert {fault.attack[1] for fault in FAULTS} == stocktaking.ATTACKS.keys()
