"""Copies survive kill -9 and a full disk, and each attack on them notices what is broken."""

from __future__ import annotations

import asyncio
import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from ledger import shipping
from ledger.errors import NoSpace
from tests import books
from tests.attack import consistency, faults, keeping
from tests.attack.faults import Change, Fault
from tests.attack.keeping_faults import BACKUPS, NAMED_TOO_SOON, UNDER_ITS_OWN_NAME
from tests.figures import figure
from tests.ledger import copies
from tests.ledger.drafts import opened

pytestmark = [pytest.mark.attack, pytest.mark.anyio]

COPIES = "ledger/sqlite_copies.py"

FAULTS = (
    Fault(
        "the file is copied as it lies there",
        ("backup",),
        (
            Change(
                BACKUPS,
                "using.copy(url, draft, progress)",
                '__import__("shutil").copyfile(url.removeprefix("sqlite://"), draft)',
            ),
        ),
    ),
    NAMED_TOO_SOON,
    UNDER_ITS_OWN_NAME,
    Fault(
        "a restored book is copied into its place",
        ("restore",),
        (
            Change(
                COPIES,
                "path.hardlink_to(source)",
                "path.write_bytes(source.read_bytes()[:9000]); import time; time.sleep(1); "
                "path.write_bytes(source.read_bytes())",
            ),
        ),
    ),
    Fault("every step looks anew", ("steady",), (Change(COPIES, 'source.execute("BEGIN")', "pass"),)),
)


@pytest.mark.parametrize("attack", keeping.ATTACKS)
async def test_copies_survive_kill_9(attack: str, tmp_path: Path) -> None:
    """After every kill the copies that have a name are whole, nothing is half there, and the next process goes on."""
    await books.make(tmp_path)
    ended = faults.run(
        faults.ROOT, "keeping", attack, str(tmp_path / "book.db"), str(figure(short=8, full=200))
    )
    assert ended.returncode == 0, ended.stderr


@pytest.fixture(scope="module")
async def runs(
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, Future[subprocess.CompletedProcess[str]]]:
    """Every fault's attack, under way: two at a time, because they wait more than they work."""
    template = await books.template()
    with ThreadPoolExecutor(2) as pool:
        return {
            fault.name: pool.submit(_run, fault, template, tmp_path_factory.mktemp("fault"))
            for fault in FAULTS
        }


def _run(fault: Fault, template: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    tree = faults.plant(fault, folder / "tree")
    shutil.copy(template, folder / "book.db")
    return faults.run(tree, "keeping", *fault.attack, str(folder / "book.db"), "20", minutes=4)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
async def test_a_planted_fault_is_noticed(
    fault: Fault, runs: dict[str, Future[subprocess.CompletedProcess[str]]]
) -> None:
    """The same attack fails on a tree with the fault, because of what it promises."""
    ended = runs[fault.name].result()
    last = (ended.stderr.strip().splitlines() or ["it passed"])[-1]
    assert ended.returncode != 0, "nobody noticed"
    assert last.startswith(("AssertionError", "ledger.errors.CopyDamaged", "sqlite3.")), ended.stderr


def test_every_attack_has_a_fault_it_notices() -> None:
    """No attack is without a fault that shows that it can fail."""
    assert {fault.attack[0] for fault in FAULTS} == set(keeping.ATTACKS)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 8 MB of its own; only an administrator may mount one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(folder)]
    if os.geteuid() or not shutil.which("mount") or subprocess.run(command, check=False).returncode:
        pytest.skip("1 not run: mounting a small disk takes an administrator's rights")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


async def test_a_full_disk_leaves_no_half_copy(small_disk: Path, tmp_path: Path) -> None:
    """A backup, a delivery and a restore that do not fit are refused with NoSpace and leave nothing; with room again,
    each is done."""
    await books.make(tmp_path)
    path = tmp_path / "book.db"
    async with opened(path) as book:
        await copies.fill(book, 1500)
        backup = await asyncio.to_thread(copies.take, path, tmp_path / "copies")
        await copies.fill(book, 500, first=1501)
        for free in (20_000, 500_000):
            leave(small_disk, free)
            with pytest.raises(NoSpace):
                await asyncio.to_thread(copies.take, path, small_disk / "copies")
            with pytest.raises(NoSpace):
                await shipping.ship(book.reader, small_disk / "there", progress=copies.quiet)
            assert keeping.same_as_book(small_disk / "there", path) % 100 == 0
            assert list((small_disk / "copies").iterdir()) == []
        room(small_disk)
        assert (await shipping.ship(book.reader, small_disk / "there", progress=copies.quiet)).last == 2000
        assert keeping.same_as_book(small_disk / "there", path) == 2000
        shutil.rmtree(small_disk / "there")
        shutil.rmtree(small_disk / "copies")
        await shipping.ship(book.reader, tmp_path / "there", progress=copies.quiet)
    target = small_disk / "new.db"
    for beyond in (-100_000, 100_000):
        leave(small_disk, backup.path.stat().st_size + beyond)
        with pytest.raises(NoSpace):
            await keeping.restore_once(path, target)
        assert [one.name for one in small_disk.iterdir()] == ["filler"]
    room(small_disk)
    await keeping.restore_once(path, target)
    assert consistency.check(target) == 2000


def leave(disk: Path, free: int) -> None:
    """Fill the disk but for so many bytes."""
    room(disk)
    with (disk / "filler").open("wb") as file:
        file.write(b"\0" * (shutil.disk_usage(disk).free - free))


def room(disk: Path) -> None:
    """Empty it again."""
    (disk / "filler").unlink(missing_ok=True)
