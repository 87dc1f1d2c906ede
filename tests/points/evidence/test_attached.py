"""The audit's check of attached files."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ledger import audit
from ledger.findings import Finding
from points.events import attachments
from points.events.records import Attachment
from points.evidence import attached, files
from tests.points.awards.town import Town
from tests.points.awards.town import fresh as fresh_town
from tests.points.events.hands import HEAD, WORKER, filed, staffed
from tests.points.events.photographs import photo

pytestmark = pytest.mark.anyio


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town with one event, of which there is a photo."""
    async with fresh_town(tmp_path) as it:
        await staffed(it)
        event = (await filed(it)).event
        await attachments.add(it.book, tmp_path / "a", event, photo(), name="site", by=WORKER, key="k")
        yield it


async def looked(town: Town, folder: Path) -> tuple[Finding, ...]:
    """What the check finds."""
    report = await audit.run(town.book.reader, [attached.files_stand(folder)], guards={})
    return (*report.findings, *report.known)


async def test_a_missing_or_changed_file_is_found(town: Town, tmp_path: Path) -> None:
    """The photo or its thumbnail, at the entry by which it was attached."""
    (row,) = await Attachment.all().using_db(town.book.reader)
    assert await looked(town, tmp_path / "a") == ()
    whole = files.get(tmp_path / "a", row.digest)
    assert whole is not None
    files.place(tmp_path / "a", row.digest).write_bytes(whole + b"\0")
    (found,) = await looked(town, tmp_path / "a")
    assert (found.what, found.row, found.known) == ("附件的文件被改动", f"events_attachment {row.id}", False)
    assert found.position == await town.head()
    files.put(tmp_path / "a", whole)
    files.drop(tmp_path / "a", str(row.thumbnail))
    (found,) = await looked(town, tmp_path / "a")
    assert found.what == "附件的文件不在了"


async def test_an_erased_one_is_said_and_no_fault(town: Town, tmp_path: Path) -> None:
    """Its file is gone for a reason that the ledger has."""
    (row,) = await Attachment.all().using_db(town.book.reader)
    await attachments.erase(town.book, tmp_path / "a", row.event, row.id, reason="asked", by=HEAD, key="e")
    (found,) = await looked(town, tmp_path / "a")
    assert (found.what, found.known) == ("1 个附件已按登记的原因删除", True)


async def test_a_row_that_was_made_to_name_another_file_is_found(town: Town, tmp_path: Path) -> None:
    """Somebody with the database in hand put another photo in the place of the first."""
    other = files.put(tmp_path / "a", b"another")
    with sqlite3.connect(town.book.path) as book:
        book.execute("DROP TRIGGER events_attachment_no_update")
        book.execute("UPDATE events_attachment SET digest = ?", [other])
    (found,) = await looked(town, tmp_path / "a")
    assert found.what == "附件的记录和登记时不同"
