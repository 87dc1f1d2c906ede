"""Where a program is missing, its suite is one skipped line that says how to have it back, and the rest runs."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = """
import pytest


@pytest.mark.parametrize("n", range(5))
@pytest.mark.needs("hledger")
def test_with_the_program(n):
    pass


def test_with_the_data(shared_data):
    pass


def test_alone():
    pass
"""


def run(folder: Path, *arguments: str, tests: str = TESTS) -> str:
    """What pytest prints for these tests where neither a program nor the data can be found."""
    conftest = "from pathlib import Path\nfrom tests import needs\nneeds.SHARED_DATA = Path('/nowhere/shared/data')\n"
    (folder / "conftest.py").write_text(conftest)
    (folder / "test_these.py").write_text(tests)
    root = Path(__file__).resolve().parent.parent
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-rs",
        "-ptests.needs",
        f"--rootdir={folder}",
        *arguments,
        str(folder),
    ]
    environment = {**os.environ, "PATH": "", "PYTHONPATH": str(root)}
    answer = subprocess.run(command, cwd=folder, env=environment, check=False, capture_output=True, text=True)
    return answer.stdout + answer.stderr


def test_each_missing_thing_is_one_line_with_its_remedy(tmp_path: Path) -> None:
    """Six tests cannot run: two lines say so, with their number and the command; the seventh runs."""
    said = run(tmp_path)
    assert "5 not run: no hledger" in said
    assert "an administrator runs: apt-get install hledger\n" in said
    assert "1 not run: no municipal data in ../shared/data\n" in said
    assert "1 passed, 2 skipped, 6 deselected" in said


def test_what_was_not_chosen_is_not_missed(tmp_path: Path) -> None:
    """A suite left out by `-k` is not reported as missing."""
    assert "1 passed, 6 deselected" in run(tmp_path, "-k", "alone")


def test_an_unknown_need_is_a_mistake_in_the_test(tmp_path: Path) -> None:
    """A misspelt name must not skip a suite for ever."""
    said = run(tmp_path, tests=TESTS.replace('needs("hledger")', 'needs("hledgre")'))
    assert "needs hledgre, which tools/system.py does not know" in said
