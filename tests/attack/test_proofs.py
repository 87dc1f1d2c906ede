"""The tests of recovery and of the public log can fail: each is run on a tree in which its promise is broken."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.attack.faults import ROOT, Change
from tests.figures import figure

pytestmark = pytest.mark.attack

COPIED = (
    "ledger",
    "points",
    "web",
    "alembic_like_migrations",
    "tests",
    "tools",
    "pyproject.toml",
    "Makefile",
)
RECOVERY, LOG = "points/recovery.py", "web/views/log.py"
RECOVERY_TESTS, LOG_TESTS = "tests/points/test_recovery.py", "tests/web/views/test_log.py"


@dataclass(frozen=True)
class Broken:
    """A change to the product, and the test that must fail on it."""

    name: str
    change: Change
    test: str


BROKEN = (
    Broken(
        "one person is enough",
        Change(
            RECOVERY,
            "    if await sides.shares(book, by, [approved_by]):",
            "    if not by:",
        ),
        f"{RECOVERY_TESTS}::test_nobody_does_it_alone_or_without_the_role",
    ),
    Broken(
        "a household counts as two people",
        Change(RECOVERY, "await sides.shares(book, by, [approved_by])", "by == approved_by"),
        f"{RECOVERY_TESTS}::test_a_second_admin_may_approve_but_not_from_the_same_household",
    ),
    Broken(
        "anybody may ask",
        Change(RECOVERY, '    await roles.require(book, by, "admin", None, on)\n', ""),
        f"{RECOVERY_TESTS}::test_nobody_does_it_alone_or_without_the_role",
    ),
    Broken(
        "the witness accepts any statement",
        Change(
            "ledger/witness.py",
            "    if said.lost != Head(last.size, last.root):",
            "    if not said.lost.size:",
        ),
        f"{RECOVERY_TESTS}::test_a_statement_that_was_touched_or_is_anothers_is_refused",
    ),
    Broken(
        "a tile may be named in two ways",
        Change(LOG, "if path == f\"{found['level']}/{canonical}\" else None", "if canonical else None"),
        f"{LOG_TESTS}::test_what_is_not_there_is_404",
    ),
    Broken(
        "a text is cut to what two bytes can measure",
        Change(LOG, " or any(len(body) > TEXT_AT_MOST for body in bodies)", ""),
        f"{LOG_TESTS}::test_a_text_that_two_bytes_cannot_measure_is_not_made_up",
    ),
    Broken(
        "a computed tile is short of its last hash",
        Change("ledger/tree.py", "size, {}))[level, index]", "size, {}))[level, index][:-32]"),
        f"{LOG_TESTS}::test_any_head_is_proved_to_extend_any_earlier_one_from_tiles_alone",
    ),
)

CHOSEN = BROKEN[: figure(short=2, full=len(BROKEN))]

Runs = dict[str, Future[subprocess.CompletedProcess[str]]]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Runs:
    """Every broken tree's test, under way two at a time."""
    with ThreadPoolExecutor(2) as pool:
        return {one.name: pool.submit(run, one, tmp_path_factory.mktemp("broken")) for one in CHOSEN}


def run(broken: Broken, folder: Path) -> subprocess.CompletedProcess[str]:
    """Copy the tree with the change in it, and run the one test there."""
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    file = folder / broken.change.file
    text = file.read_text(encoding="utf-8")
    assert text.count(broken.change.right) == 1, broken.change.right
    file.write_text(text.replace(broken.change.right, broken.change.wrong), encoding="utf-8")
    command = ["timeout", "120", sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider"]
    return subprocess.run(
        [*command, f"--basetemp={folder / 'tmp'}", broken.test],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("broken", CHOSEN, ids=lambda broken: broken.name)
def test_a_broken_promise_fails_its_test(broken: Broken, runs: Runs) -> None:
    """One test failed, by what it asserts, and none could not run."""
    ended = runs[broken.name].result()
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "1 failed" in ended.stdout
    assert "error" not in ended.stdout.splitlines()[-1]
