"""A settlement withstands what is tried on it, and does not when something is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import books
from tests.attack import noticing, settling
from tests.attack.faults import Change, Fault

pytestmark = pytest.mark.attack
SETTLEMENTS, STATEMENTS = "points/market/settlements.py", "points/market/settlement_statements.py"
FAULTS = (
    Fault(
        "a redemption is looked for whether it was settled or not",
        ("settling", "nothing_is_settled_twice"),
        (
            Change(STATEMENTS, "u.position IS NULL AND l.entry IS NULL", "u.position IS NULL"),
            Change(STATEMENTS, "SLACK = timedelta(days=1)", "SLACK = timedelta(days=400)"),
        ),
    ),
    Fault(
        "a statement is approved whatever has moved since it was drawn up",
        ("settling", "what_is_undone_meanwhile_is_not_settled"),
        (Change(SETTLEMENTS, "        seen=seen,\n", ""),),
    ),
)


@pytest.mark.anyio
@pytest.mark.parametrize("name", settling.ATTACKS)
async def test_a_settlement_withstands(name: str, tmp_path: Path) -> None:
    """On this tree every attack ends as it must."""
    await books.make(tmp_path)
    await settling.main(name, tmp_path / "book.db")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    """The attack fails, by its own assertion."""
    noticing.assert_noticed(fault, tmp_path)


def test_every_attack_has_a_fault_that_it_notices() -> None:
    """None is there for show."""
    assert {fault.attack[1] for fault in FAULTS} == settling.ATTACKS.keys()
