"""A full disk refuses what does not fit, loses nothing, and is forgotten when there is room again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from points.sample.town import STAFF
from tests import books
from tests.attack import consistency, faults, full_disk
from tests.attack.faults import Change, Fault
from tests.web.guests import visiting, words
from tests.web.site import token_in

pytestmark = [pytest.mark.attack, pytest.mark.anyio]
TRANSACTIONS = "ledger/sqlite_transactions.py"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB of its own; only an administrator may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("1 not run: mounting a small disk takes an administrator's rights")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


FAULTS = (
    Fault(
        "a COMMIT without room leaves a doubt",
        ("full_disk",),
        (
            Change(
                TRANSACTIONS,
                """        if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_FULL:
            raise NoSpace from error
        raise OutcomeUnknown""",
                "        raise OutcomeUnknown",
            ),
        ),
    ),
    Fault(
        "a COMMIT without room is taken for one that was done",
        ("full_disk",),
        (Change(TRANSACTIONS, "            raise NoSpace from error\n", "            return\n"),),
    ),
)


async def test_a_full_disk_loses_nothing_and_needs_no_restart(small_disk: Path) -> None:
    """Postings and other rows are refused with NoSpace while it is full, and accepted when there is room: thrice."""
    await books.make(small_disk)
    await full_disk.endure(small_disk)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(fault: Fault, small_disk: Path, tmp_path: Path) -> None:
    """The same attack on a product with the fault in it fails."""
    await books.make(small_disk)
    ended = faults.run(faults.plant(fault, tmp_path / "tree"), "full_disk", str(small_disk))
    assert ended.returncode not in {0, 124}, "nobody noticed"
    assert ended.stderr.splitlines()[-1].startswith(("AssertionError", "ledger.errors.")), ended.stderr


def test_a_full_disk_is_said_on_the_page_and_forgotten_with_room(small_disk: Path) -> None:
    """While it is full, pages are read as before and every form is answered 507 with the reason; then the same form,
    on the same page of the same process, is taken. Nobody meets a 500. Twice."""
    filler = small_disk / "filler"
    with visiting(small_disk) as guests:
        for _ in range(2):
            guest = guests.stranger()
            page = guest.get("/signin/staff")
            full_disk.fill(small_disk, filler, leave=0)
            form = {"csrf": token_in(page), "next": "/", "number": STAFF[4].number, "secret": STAFF[4].secret}
            answer = guest.client.post("/signin/staff", data=form)
            for _again in range(20):  # what was left of the last block may still hold a few rows
                if answer.status_code == 507:
                    break
                answer = guest.client.post("/signin/staff", data=form)
            assert answer.status_code == 507
            assert "磁盘满了，没有记上任何东西。腾出空间后再试，不用重启。" in words(answer.text)
            assert answer.headers["Retry-After"]
            assert "六和" in guest.get("/catalogue")
            filler.unlink()
            assert guest.client.post("/signin/staff", data=form).status_code == 303
            assert guest.get("/audit")
    assert consistency.check(small_disk / "town.db")
