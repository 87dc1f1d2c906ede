"""`python -m ledger` does what its one command says and tells others how to say it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ledger.stories import GOLDEN, VKEY


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["verify", str(GOLDEN), "--key", VKEY], 0),
        (["verify", str(GOLDEN)], 3),
        (["verify", str(GOLDEN / "checkpoint")], 1),
        (["verify"], 2),
        (["audit"], 2),
        ([], 2),
    ],
)
def test_the_command_answers_by_its_exit_status(arguments: list[str], status: int) -> None:
    """0 well, 1 a fault, 2 wrong usage, 3 signer not checked."""
    command = [sys.executable, "-m", "ledger", *arguments]
    done = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert ("verify" in done.stderr) is (status == 2)
