"""Attachments of events: added, cited by the verification, erased, swept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ledger import encoding
from points.events import attachments
from points.events.errors import BadAttachment, TooManyAttachments, UnknownAttachment
from points.events.models import Contribution
from points.events.records import Attachment
from points.evidence import files
from points.people.errors import NotAllowed
from tests.points.awards.town import VERIFIER, Town
from tests.points.events.hands import HEAD, WORKER, filed, key, staffed
from tests.points.events.photographs import paper, photo

pytestmark = pytest.mark.anyio


async def add(
    town: Town, folder: Path, event: str, data: bytes, *, by: str | None = WORKER, said: str = ""
) -> str:
    """Attach a file."""
    return await attachments.add(town.book, folder, event, data, name="site", by=by, key=said or key())


async def test_a_photo_is_on_the_disk_and_in_the_ledger(town: Town, tmp_path: Path) -> None:
    """With its digest; the same key again is the same attachment, the same photo again is kept once."""
    await staffed(town)
    event = (await filed(town)).event
    first = [await add(town, tmp_path / "a", event, photo(), said="k") for _ in range(2)]
    other = await add(town, tmp_path / "a", event, photo())
    assert first[0] == first[1] != other
    shown = await attachments.of(town.book, event)
    assert [each.row.id for each in shown] == [first[0], other]
    row = shown[0].row
    assert (row.kind, row.name, row.added_by, row.looks is None) == ("jpeg", "site", WORKER, False)
    assert set(files.listed(tmp_path / "a")) == {row.digest, row.thumbnail}
    assert row.size == len(files.get(tmp_path / "a", row.digest) or b"")
    (said,) = await town.rows(
        "SELECT text FROM evidence_snapshot_text WHERE snapshot = ?", f"attachment/{row.id}"
    )
    assert encoding.parse(said["text"].encode())["digest"] == row.digest


async def test_who_may_not_and_what_cannot_be_attached(town: Town, tmp_path: Path) -> None:
    """A verifier only looks at proofs; nothing is written or kept of what is refused."""
    await staffed(town)
    event = (await filed(town)).event
    with pytest.raises(NotAllowed):
        await add(town, tmp_path, event, photo(), by=VERIFIER)
    with pytest.raises(BadAttachment):
        await add(town, tmp_path, event, b"MZ")
    assert not await attachments.of(town.book, event)
    assert not list(files.listed(tmp_path))


async def test_an_event_has_so_many_at_most(town: Town, tmp_path: Path) -> None:
    """One more is refused before it is opened."""
    await staffed(town)
    event = (await filed(town)).event
    row = {"event": event, "kind": "pdf", "name": "other", "digest": "sha256:" + "0" * 64, "size": 1}
    at = town.book.now()
    rows = [Attachment(id=town.key(), added_at=at, **row) for _ in range(attachments.AT_MOST)]
    await town.insert(*rows)
    with pytest.raises(TooManyAttachments):
        await add(town, tmp_path, event, photo())


async def test_a_verification_keeps_what_stood_beside_the_claim(town: Town, tmp_path: Path) -> None:
    """Digest and all, of what was not erased by then; an award without proofs says nothing of them."""
    await staffed(town)
    await town.fund(100)
    plain, event = await town.event(("V-2", "reporter")), await town.event(("V-1", "reporter"))
    kept, gone = await add(town, tmp_path, event, paper()), await add(town, tmp_path, event, photo())
    await attachments.erase(town.book, tmp_path, event, gone, reason="wrong", by=HEAD, key="e")
    for each in (plain, event):
        assert (await town.verify_one(each)).accepted == 1
    said = {}
    for each in (plain, event):
        row = await Contribution.get(event=each, using_db=town.book.reader)
        (text,) = await town.rows(
            "SELECT text FROM evidence_snapshot_text WHERE snapshot = ?", f"contribution/{row.id}"
        )
        said[each] = encoding.parse(text["text"].encode())
    (file,) = await Attachment.filter(id=kept).using_db(town.book.reader)
    assert "attachments" not in said[plain]
    assert said[event]["attachments"] == [{"digest": file.digest, "id": kept, "name": "site"}]


async def test_erasing_takes_the_file_and_leaves_the_row(town: Town, tmp_path: Path) -> None:
    """Unless another attachment needs it; twice is once; a verifier may not."""
    await staffed(town)
    event = (await filed(town)).event
    one, two = await add(town, tmp_path, event, photo()), await add(town, tmp_path, event, photo())
    with pytest.raises(NotAllowed):
        await attachments.erase(town.book, tmp_path, event, one, reason="person", by=VERIFIER, key="x")
    for _ in range(2):
        await attachments.erase(town.book, tmp_path, event, one, reason="person", by=HEAD, key="1")
    with pytest.raises(UnknownAttachment):
        await attachments.find(town.book, event, one)
    assert set(files.listed(tmp_path)) == await attachments.cited(town.book) != set()
    await attachments.erase(town.book, tmp_path, event, two, reason="person", by=HEAD, key="2")
    assert not list(files.listed(tmp_path))
    assert [each.removal is not None for each in await attachments.of(town.book, event)] == [True, True]


async def test_what_may_show_somebody_is_listed_for_who_erases_them(town: Town, tmp_path: Path) -> None:
    """The photos beside events they took part in, the newest first; not those of others, nor what is erased already."""
    await staffed(town)
    theirs, other = (await filed(town)).event, (await filed(town)).event
    await town.insert(Contribution(id=key(), event=theirs, member="V-000001", role="participant"))
    one, two = await add(town, tmp_path, theirs, photo()), await add(town, tmp_path, theirs, paper())
    await add(town, tmp_path, other, photo())
    found = await attachments.of_people(town.book, ["V-000001", "V-000009"])
    assert [(each.event, each.id) for each in found] == [(theirs, two), (theirs, one)]
    await attachments.erase(town.book, tmp_path, theirs, one, reason="asked", by=HEAD, key="1")
    assert [each.id for each in await attachments.of_people(town.book, ["V-000001"])] == [two]
    assert not await attachments.of_people(town.book, [])


async def test_a_file_without_a_row_is_swept_and_no_other(town: Town, tmp_path: Path) -> None:
    """Somebody was interrupted between the file and its row."""
    await staffed(town)
    await add(town, tmp_path, (await filed(town)).event, photo())
    orphan = files.put(tmp_path, b"orphan")
    assert await attachments.sweep(town.book, tmp_path) == 0
    for digest in files.listed(tmp_path):
        os.utime(files.place(tmp_path, digest), (0, 0))
    assert await attachments.sweep(town.book, tmp_path) == 1
    assert files.standing(tmp_path, orphan) == "missing"
    assert await attachments.cited(town.book) == set(files.listed(tmp_path))
