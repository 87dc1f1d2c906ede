"""A book survives the loss of power at any moment, whatever its disk had not yet written."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from random import Random

import pytest

from tests import books
from tests.attack import faults
from tests.attack.disks import DROPPED, KEPT, TORN, Disk
from tests.attack.faults import Change, Fault
from tests.attack.planted import ANSWER_FIRST
from tests.attack.systemcalls import Call
from tests.figures import figure

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

SQLITE, FILES = "ledger/sqlite.py", "ledger/files.py"
STATES = figure(short=300, full=10_000)
TO_SEE_A_FAULT = 100
ROOM = 2**30
"""Bytes that must be free in memory before states of a disk are laid out there."""


def synchronous(setting: str, number: int) -> tuple[Change, ...]:
    """SQLite is told to sync less, and the assertion that would notice is changed with it."""
    return (
        Change(SQLITE, '"synchronous": "FULL"', f'"synchronous": "{setting}"'),
        Change(SQLITE, '"synchronous": 2', f'"synchronous": {number}'),
    )


FAULTS = (
    Fault("synchronous is NORMAL", ("powerloss",), synchronous("NORMAL", 1)),
    Fault("synchronous is OFF", ("powerloss",), synchronous("OFF", 0)),
    Fault("the answer comes before the COMMIT", ("powerloss",), (ANSWER_FIRST,)),
    Fault(
        "a key is written in its place",
        ("powerloss",),
        (Change(FILES, "path.hardlink_to(draft)", "_write(path, data, os.O_EXCL)"),),
    ),
    Fault(
        "a file has its name before its bytes are on the disk",
        ("powerloss",),
        (Change(FILES, "        os.fsync(file.fileno())\n", ""),),
    ),
    Fault(
        "the name of a file is not brought to the disk",
        ("powerloss",),
        (Change(FILES, "            raise\n        sync(path.parent)\n", "            raise\n"),),
    ),
)


@contextmanager
def place() -> Iterator[Path]:
    """A folder in memory, where there is such a place; gone at the end, however the attack ended."""
    memory = Path("/dev/shm")
    roomy = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    with tempfile.TemporaryDirectory(prefix="jishan-power-", dir=memory if roomy else None) as name:
        yield Path(name)


@pytest.mark.needs("strace")
async def test_a_book_survives_the_loss_of_power() -> None:
    """Every state opens writable, audits clean, holds once what was acknowledged, and goes on."""
    with place() as folder:
        await books.make(folder)
        ended = faults.run(faults.ROOT, "powerloss", str(folder), str(STATES), minutes=4)
    assert ended.returncode == 0, ended.stderr
    kinds = json.loads(ended.stdout)
    assert sum(kinds[how] for how in (DROPPED, KEPT, TORN)) >= STATES, kinds


@pytest.fixture(scope="module")
async def runs(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Future[subprocess.CompletedProcess[str]]]:
    """Every fault's attack, under way, two at a time."""
    template = await books.template()
    with ThreadPoolExecutor(2) as pool:
        return {
            fault.name: pool.submit(_run, fault, template, tmp_path_factory.mktemp("fault"))
            for fault in FAULTS
        }


def _run(fault: Fault, template: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    tree = faults.plant(fault, folder / "tree")
    with place() as power:
        shutil.copy(template, power / "book.db")
        return faults.run(tree, "powerloss", str(power), str(TO_SEE_A_FAULT), minutes=2)


@pytest.mark.needs("strace")
@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(
    fault: Fault, runs: dict[str, Future[subprocess.CompletedProcess[str]]]
) -> None:
    """The same attack fails on a tree with the fault, naming the state and what is wrong with it."""
    ended = runs[fault.name].result()
    last = (ended.stderr.strip().splitlines() or ["it passed"])[-1]
    assert ended.returncode != 0, "nobody noticed"
    assert " at call " in ended.stderr, last


FOLDER, TOLD = Path("/folder"), Path("/told")


def disk(*calls: Call, **holds: bytes) -> Disk:
    """A disk on which something was done."""
    made = Disk(FOLDER, holds, TOLD)
    for call in calls:
        made.apply(call)
    return made


def write(name: str, data: bytes, offset: int | None = None) -> Call:
    """Write to a file."""
    return Call("write", FOLDER / name, data=data, offset=offset)


def test_a_disk_keeps_what_was_synced_and_perhaps_the_rest() -> None:
    """Before the sync it may be there or not; after it, it is, whatever is torn."""
    before = disk(write("a", b"new", 0), a=b"old")
    assert before.after(DROPPED, Random(0))["a"] == b"old"
    assert before.after(KEPT, Random(0))["a"] == b"new"
    assert {before.after(TORN, Random(n))["a"] for n in range(40)} == {b"old", b"new"}
    before.apply(Call("sync", FOLDER / "a"))
    assert {before.after(TORN, Random(n))["a"] for n in range(40)} == {b"new"}


def test_a_disk_tears_between_sectors_and_in_any_order() -> None:
    """The second half of a write may be there without the first, and an earlier write over a later one."""
    torn = disk(write("a", b"1" * 1024, 0), write("a", b"2" * 1024, 0), a=b"0" * 1024)
    seen = {torn.after(TORN, Random(n))["a"] for n in range(400)}
    assert seen == {left * 512 + right * 512 for left in (b"0", b"1", b"2") for right in (b"0", b"1", b"2")}


def test_a_name_is_there_when_its_folder_was_synced() -> None:
    """A renamed file stands under its old name, its new one, or is not there yet; then under its new one."""
    calls = [Call("open", FOLDER / "b"), write("b", b"x"), Call("sync", FOLDER / "b")]
    calls.append(Call("rename", FOLDER / "b", to=FOLDER / "a"))
    renamed = disk(*calls, a=b"old")
    seen = {tuple(renamed.after(TORN, Random(n)).items()) for n in range(100)}
    assert seen == {(("a", b"old"),), (("a", b"old"), ("b", b"x")), (("a", b"x"),)}
    renamed.apply(Call("sync", FOLDER))
    assert renamed.after(DROPPED, Random(0)) == {"a": b"x"}


def test_a_file_that_was_cut_is_long_or_short() -> None:
    """Until it is synced."""
    cut = disk(Call("cut", FOLDER / "a", size=1), a=b"abc")
    assert {cut.after(TORN, Random(n))["a"] for n in range(40)} == {b"a", b"abc"}
    cut.apply(Call("sync", FOLDER / "a"))
    assert cut.after(DROPPED, Random(0))["a"] == b"a"
