"""A full disk refuses what does not fit, loses nothing, and is forgotten when there is room again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger.book import Book
from ledger.errors import NoSpace
from ledger.models import LedgerCheckpoint
from points.sample.town import STAFF
from tests import books
from tests.attack import consistency
from tests.ledger.drafts import draft, move, opened
from tests.web.guests import visiting, words
from tests.web.site import token_in

pytestmark = [pytest.mark.attack, pytest.mark.anyio]


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


async def test_a_full_disk_loses_nothing_and_needs_no_restart(small_disk: Path) -> None:
    """Postings and other rows are refused with NoSpace while it is full, and accepted when there is room: thrice."""
    await books.make(small_disk)
    path, filler = small_disk / "book.db", small_disk / "filler"
    acknowledged: list[str] = []
    async with opened(path) as book:
        for turn in range(3):
            fill(small_disk, filler)
            with pytest.raises(NoSpace):
                await post_until_refused(book, turn, acknowledged)
            with pytest.raises(NoSpace):
                await write_a_million(book, turn)
            filler.unlink()
            assert book.journal.read_only is None
            acknowledged.append(f"{turn}/again")
            await book.journal.post(draft(f"{turn}/again", move("bank", "a", 1)))
        assert await LedgerCheckpoint.all().using_db(book.reader).count() == 0
    consistency.check(path)
    assert consistency.references(path) == acknowledged


def test_a_full_disk_is_said_on_the_page_and_forgotten_with_room(small_disk: Path) -> None:
    """While it is full, pages are read as before and every form is answered 507 with the reason; then the same form,
    on the same page of the same process, is taken. Nobody meets a 500. Twice."""
    filler = small_disk / "filler"
    with visiting(small_disk) as guests:
        for _ in range(2):
            guest = guests.stranger()
            page = guest.get("/signin/staff")
            fill(small_disk, filler, leave=0)
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


async def post_until_refused(book: Book, turn: int, acknowledged: list[str]) -> None:
    """Post one after another, and write down what was acknowledged."""
    for n in range(100_000):
        receipt = await book.journal.post(draft(f"{turn}/{n}", move("bank", f"b{turn}-{n}", 1)))
        acknowledged.append(receipt.reference.removeprefix("t/"))


async def write_a_million(book: Book, turn: int) -> None:
    """A row of a megabyte."""
    async with book.write() as client:
        row = LedgerCheckpoint(size=turn, root=b"\0" * 32, note="x" * 1_000_000, signed_at="now")
        await row.save(using_db=client, force_create=True)


def fill(disk: Path, filler: Path, *, leave: int = 20_000) -> None:
    """Leave so many bytes free."""
    with filler.open("wb") as file:
        file.write(b"\0" * max(0, shutil.disk_usage(disk).free - leave))
