"""After an erasure no byte beside the book, in it or in the next backup knows the person; the ledger verifies."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger import audit, backups
from ledger.book import Book
from points import auditing
from points.district import open_district
from points.events import mediations
from points.events.mediations import Quarrel
from points.events.records import EventText, SealedText, StepNote
from points.events.sealing import Parties
from points.evidence.models import Erasure
from points.keys import new_key
from points.people import acts, enrolment, erasing, mending, signin
from points.people.enrolment import Asked
from points.people.errors import ErasureNeedsOther, ErasureNotAsked, StillWorks
from points.progress import quiet
from tests import town
from web import erasing as site
from web import uploads
from web.models import Job
from web.settings import Settings

pytestmark = pytest.mark.anyio
NAMES = ("卡那利欧阳", "卡那利旧名", "卡那利监护")
PHONES = ("10000987001", "10000987002", "10000987003")
CANARIES = [word.encode() for word in (*NAMES, *PHONES)] + [
    json.dumps(name).strip('"').encode() for name in NAMES
]
COUNTER, ADMIN = "S-0004", "S-0001"


async def planted(book: Book, settings: Settings) -> str:
    """A child with a guardian, renamed once, with notes, a job and files that name them; their number."""
    born = book.today().replace(year=book.today().year - 10, day=1)
    asked = Asked(
        NAMES[1], "resident", "440310001002", PHONES[0], born, "zh", ("named",), NAMES[2], PHONES[1], "739164"
    )
    enrolled = await enrolment.enrol(book, asked, by=COUNTER, key="k1", pepper=settings.pepper())
    await mending.mend(book, enrolled.number, "name", NAMES[0], by=COUNTER, key="m1")
    quarrel = Quarrel("family", "440310001002", book.now(), Parties(f"{NAMES[0]} {PHONES[0]}", "吵架"))
    filed = await mediations.file(book, quarrel, secret=settings.seal(), by="S-0012", key="q1")
    assert (await mediations.find(book, filed.event)).sealed
    await acts.post(book, "note", enrolled.number, {}, [], by=COUNTER, key="n1")
    async with book.write() as db:
        await EventText.create(
            using_db=db, event="e1", text=f"{NAMES[0]}说的", place="某处", contact=PHONES[0]
        )
        await StepNote.create(using_db=db, step="s1", text=f"打了 {PHONES[0]}")
        await Job.create(
            using_db=db, id=new_key(), kind="import.look", arguments=json.dumps({"who": NAMES[0]}, ensure_ascii=False),
            state="done", asked_by=ADMIN, created_at=book.now(),
        )  # fmt: skip
    spooled = uploads.folder(settings) / ("0" * 24)
    spooled.mkdir(parents=True)
    for name in ("file.csv", "errors.csv", "found.json", "about.json"):
        (spooled / name).write_text(f"{NAMES[0]},{PHONES[0]}\n")
    return enrolled.number


def seen(folder: Path) -> set[str]:
    """The files below a folder with a canary in any byte."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and any(word in path.read_bytes() for word in CANARIES)
    }


async def test_no_byte_is_left_and_the_ledger_verifies(tmp_path: Path) -> None:
    """Every file beside the book and a fresh backup are searched, open and closed; the audit finds nothing."""
    home, copies = tmp_path / "home", tmp_path / "copies"
    home.mkdir()
    settings = town.copied(home)
    async with open_district(settings.book) as book:
        number = await planted(book, settings)
        assert len(seen(home)) >= 2, "the canaries were not planted"
        await erasing.ask(book, number, "asked", by=COUNTER, key="a1")
        await site.approve(book, settings, number, by=ADMIN, key="a2")
        assert seen(home) == set()
        left = await SealedText.all().using_db(book.reader)
        assert len(left) == 1, "the sealed case that names them goes, that of others stays"
        assert await signin.check_pin(book, number, "739164", pepper=settings.pepper()) is None
        rules = {row.rule for row in await Erasure.all().using_db(book.reader)}
        assert rules == {"erasure/asked"}
        report = await audit.run(book.reader, guards=book.guards, checks=auditing.checks(book, witness=None))
        assert report.findings == ()
    backups.take(settings.book, copies, at=datetime.now(UTC), progress=quiet, verifying=quiet)
    assert (seen(home), seen(copies)) == (set(), set())


async def test_asked_by_one_and_approved_by_another(tmp_path: Path) -> None:
    """Not unasked, not by who asked, not somebody at work; and again does no harm."""
    settings = town.copied(tmp_path)
    async with open_district(settings.book) as book:
        with pytest.raises(ErasureNotAsked):
            await erasing.approve(book, "V-000003", by=ADMIN, key="a0")
        await erasing.ask(book, "V-000003", "died", by=ADMIN, key="a1")
        with pytest.raises(ErasureNeedsOther):
            await erasing.approve(book, "V-000003", by=ADMIN, key="a2")
        await erasing.ask(book, "S-0003", "asked", by=COUNTER, key="a3")
        with pytest.raises(StillWorks):
            await erasing.approve(book, "S-0003", by=ADMIN, key="a4")
        await erasing.ask(book, "V-000003", "died", by=COUNTER, key="a5")
        first = await erasing.approve(book, "V-000003", by=ADMIN, key="a6")
        again = await erasing.approve(book, "V-000003", by=ADMIN, key="a7")
        assert (first.names, again.names) == (("王军",), ())
