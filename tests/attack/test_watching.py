"""Those who watch a book notice what they must, and each scenario notices when they would not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests import books
from tests.attack import faults
from tests.attack.faults import Change, Fault
from tests.attack.watching import SCENARIOS, Scenario

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

WITNESS, OPENING = "ledger/witness.py", "ledger/opening.py"
RECOVERIES, COSIGNATURES, BOOK = "ledger/recoveries.py", "ledger/cosignatures.py", "ledger/book.py"


def fault(name: str, attack: str, *changes: Change) -> Fault:
    """A fault that a scenario must notice."""
    return Fault(name, ("watching", attack), changes)


FAULTS = (
    fault(
        "a shorter log is cosigned",
        "a_witness_cosigns_one_history",
        Change(WITNESS, "    if new.size < old.size:\n", "    if new.size < 0:\n"),
    ),
    fault(
        "a fork of the same size is cosigned",
        "a_witness_cosigns_one_history",
        Change(WITNESS, "        if new.root != old.root:\n", "        if not new.root:\n"),
    ),
    fault(
        "a rewritten log is cosigned",
        "a_witness_cosigns_one_history",
        Change(
            WITNESS,
            "    if not merkle.verify_consistency(",
            "    if not proof and merkle.verify_consistency(",
        ),
    ),
    fault(
        "the state moves before the log is checked",
        "a_witness_cosigns_one_history",
        Change(
            WITNESS,
            "        if last is None:\n",
            "        files.appear(state, note.encode())\n        if last is None:\n",
        ),
    ),
    fault(
        "the state is not kept",
        "a_cosignature_holds_its_time_and_text",
        Change(WITNESS, "        files.appear(state, cosigned.encode())\n", ""),
    ),
    fault(
        "the time is not signed",
        "a_cosignature_holds_its_time_and_text",
        Change(COSIGNATURES, 'f"cosignature/v1\\ntime {at}\\n{text}"', 'f"cosignature/v1\\ntime 0\\n{text}"'),
    ),
    fault(
        "opening asks nobody",
        "what_was_lost_is_missed_at_opening",
        Change(BOOK, "journal.read_only = await opening.missing(", "await opening.missing("),
    ),
    fault(
        "what is longer is not looked at",
        "what_was_lost_is_missed_at_opening",
        Change(
            OPENING,
            "    if seen.size > head:\n        return",
            "    if seen.size > head:\n        return None\n        return",
        ),
    ),
    fault(
        "only the size is compared",
        "what_was_lost_is_missed_at_opening",
        Change(RECOVERIES, " and await tree.root_at(db, head.size) == head.root", ""),
    ),
    fault(
        "a witness's file that is gone is no reason",
        "what_was_lost_is_missed_at_opening",
        Change(
            OPENING,
            "    except SightUnreadable as unreadable:\n        return unreadable\n",
            "    except SightUnreadable:\n        return None\n",
        ),
    ),
    fault(
        "any recovery explains any loss",
        "a_recovery_explains_its_own_loss_only",
        Change(RECOVERIES, "any(recovery.lost == head for", "any(recovery.lost.size == head.size for"),
    ),
    fault(
        "a recovery from a head that is not ours counts",
        "a_recovery_explains_its_own_loss_only",
        Change(RECOVERIES, "if one and await stands(db, one.kept)]", "if one]"),
    ),
)


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS.keys())
async def test_those_who_watch_notice(scenario: Scenario, tmp_path: Path) -> None:
    """What each scenario's docstring promises holds on this tree."""
    await books.make(tmp_path)
    await scenario(tmp_path / "book.db")


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(fault: Fault, tmp_path: Path) -> None:
    """The same scenario fails on a tree with the fault, for the reason it is there for."""
    tree = faults.plant(fault, tmp_path / "tree")
    shutil.copy(await books.template(), tmp_path / "book.db")
    ended = faults.run(tree, *fault.attack, str(tmp_path / "book.db"))
    assert ended.returncode != 0, "nobody noticed"
    assert ended.stderr.strip().splitlines()[-1].startswith(("AssertionError", "ledger.errors.")), (
        ended.stderr
    )


def test_every_scenario_has_a_fault_it_notices() -> None:
    """No scenario is without a fault that shows that it can fail."""
    assert {fault.attack[1] for fault in FAULTS} == set(SCENARIOS)
