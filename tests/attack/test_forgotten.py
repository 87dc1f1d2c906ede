"""Somebody is forgotten: every column of every table, every byte beside the book, its backup and log are searched."""

from __future__ import annotations

import asyncio
import json
import logging
import subprocess
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ledger import audit, backups
from ledger.book import Book
from ledger.postgres_dumps import program
from points import auditing
from points.awards import corrections
from points.awards.errors import UnknownReason
from points.events import public_reports, taking
from points.events.campaign_records import Campaign
from points.events.models import Batch
from points.events.public_reports import Told
from points.events.records import BatchName
from points.keys import new_key
from points.people import enrolment, erasing, mending, posters, roles
from points.people.enrolment import Asked
from points.progress import quiet
from tests import books, postgres
from tests.attack.meanwhile import awarded
from tests.points.awards.town import ADMIN, LAID_OUT, LIUHE, PUBLISHER, Town
from tests.points.awards.town import fresh as fresh_town
from tests.points.events.hands import HEAD, filed, staffed
from web import erasing as site
from web import keeping, limits, sessions, uploads
from web.models import Job
from web.settings import Settings, load

pytestmark = [pytest.mark.attack, pytest.mark.anyio]
both = pytest.mark.parametrize("engine", postgres.ENGINES, indirect=True)
NAME, GUARDIAN, PHONE, OTHER_PHONE = "卡那利欧阳", "卡那利监护", "10000987001", "10000987002"
FORMER, FORMER_PHONE = "卡那利旧名", "10000987003"
NAMES = (NAME, GUARDIAN, FORMER)
WORDS = (*NAMES, PHONE, OTHER_PHONE, FORMER_PHONE, *(json.dumps(name)[1:-1] for name in NAMES))
COUNTER = "S-0011"


@pytest.fixture
async def town(engine: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town with its staff, on each engine."""
    (tmp_path / "home").mkdir()
    async with fresh_town(tmp_path / "home") as it:
        await staffed(it)
        await it.member(COUNTER)
        await roles.grant(it.book, member=COUNTER, role="counter", area=LIUHE, by=ADMIN, on=LAID_OUT)
        yield it


def settings_of(town: Town, home: Path) -> Settings:
    """The settings of a site of this town, with its secrets."""
    files = {f"{name}_file": home / f"book.{name}" for name in ("key", "pepper", "seal")}
    keeping.make_pepper(files["pepper_file"])
    keeping.make_seal(files["seal_file"])
    return load(book=books.url_of(town.book), **files)


async def planted(town: Town, settings: Settings) -> str:
    """A child with a guardian, known to every place that people write in; their number."""
    book = town.book
    born = book.today().replace(year=book.today().year - 10, day=1)
    child = Asked(
        FORMER, "resident", LIUHE, FORMER_PHONE, born, "zh", ("named",), GUARDIAN, OTHER_PHONE, "739164"
    )
    number = (await enrolment.enrol(book, child, by=COUNTER, key="k1", pepper=settings.pepper())).number
    await filed(town, text=f"{FORMER}说路灯不亮，电话 {FORMER_PHONE}", reporter=number)
    for field, value in (("name", NAME), ("phone", PHONE)):
        await mending.mend(book, number, field, value, by=COUNTER, key=f"m{field}")
    event = await filed(town, text=f"{NAME}说门口堵了", place=f"{GUARDIAN}家门口", reporter=number)
    await taking.take(book, event.event, "found_false", by=HEAD, key="f", note=f"打了 {PHONE}，{NAME}没接")
    poster = await posters.make(book, "report", LIUHE, by=ADMIN, key="p1")
    await public_reports.file(book, poster, Told("F", f"{NAME}堵路", GUARDIAN, OTHER_PHONE), key="r1")
    await _at_the_door(book, settings, number)
    return number


async def _at_the_door(book: Book, settings: Settings, number: str) -> None:
    """Work that was asked for, files that were brought, a session, and wrong tries."""
    for n, ascii_only in enumerate((True, False)):
        text = json.dumps({"file": f"{NAME}.csv", "phone": PHONE}, ensure_ascii=ascii_only)
        facts: dict[str, Any] = {"id": new_key(), "kind": "import.look", "asked_by": ADMIN, "state": "done"}
        async with book.write() as db:
            await Job.create(
                using_db=db,
                **facts,
                arguments="{}" if n else text,
                result=text if n else None,
                created_at=book.now(),
            )
    spooled = uploads.folder(settings) / ("0" * 24)
    spooled.mkdir(parents=True)
    for name in ("file.xlsx", "errors.csv", "found.json", "about.json"):
        (spooled / name).write_text(f"{NAME},{PHONE}\n")
    for spelled in (number, PHONE):
        await limits.attempt(book, f"{sessions.RESIDENT} {spelled}", now=datetime.now(UTC))


async def columns_with(book: Book) -> set[str]:
    """`table.column` of every table of the book in which one of the words stands."""
    listing = "SELECT name FROM sqlite_master WHERE type = 'table'"
    if book.engine.dialect == "postgres":
        listing = "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()"
    found = set()
    for table in await book.reader.execute_query_dict(listing):
        name = table["name"]
        for row in await book.reader.execute_query_dict(f'SELECT * FROM "{name}"'):
            found |= {f"{name}.{column}" for column, value in row.items() if _knows(value)}
    return found


def _knows(value: object) -> bool:
    data = bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
    return any(word.encode() in data for word in WORDS)


def files_with(folder: Path) -> set[str]:
    """The files below a folder with one of the words in any byte; a dump is unpacked first."""
    found = set()
    for path in folder.rglob("*"):
        if path.is_file() and (_knows(path.read_bytes()) or _knows(_unpacked(path))):
            found.add(path.name)
    return found


def _unpacked(path: Path) -> bytes:
    if path.read_bytes()[:5] != b"PGDMP":
        return b""
    told = [program("pg_restore"), "--file=-", str(path)]
    return subprocess.run(told, check=True, capture_output=True).stdout


@both
async def test_nothing_knows_somebody_who_was_erased(
    engine: str, town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Before, the search finds them everywhere; afterwards nowhere, and the audit has nothing to say."""
    caplog.set_level(logging.INFO)  # what a site writes down
    home, book = tmp_path / "home", town.book
    settings = settings_of(town, home)
    number = await planted(town, settings)
    before = await columns_with(book)
    assert {
        "people_person.name",
        "people_person.guardian_phone",
        "people_former_word.word",
        "events_event_text.text",
        "events_event_text.place",
        "events_event_text.contact",
        "events_step_note.text",
        "web_job.arguments",
        "web_job.result",
    } <= before
    assert files_with(home) >= {"file.xlsx", "errors.csv", "found.json", "about.json"}
    await erasing.ask(book, number, "asked", by=COUNTER, key="a1")
    traces = await site.approve(book, settings, number, by=ADMIN, key="a2")
    assert traces.kept == ()
    assert await columns_with(book) == set()
    report = await audit.run(book.reader, guards=book.guards, checks=auditing.checks(book, witness=None))
    assert report.findings == ()
    at = datetime.now(UTC)
    await asyncio.to_thread(
        backups.take, settings.book, tmp_path / "copies", at=at, progress=quiet, verifying=quiet
    )
    assert (files_with(home), files_with(tmp_path / "copies")) == (set(), set())
    assert not _knows(caplog.text)


@both
async def test_a_name_where_nothing_is_ever_deleted_is_told(engine: str, town: Town, tmp_path: Path) -> None:
    """What a batch's file was called goes; of a campaign's name who approves is told. A correction's reason is a code,
    and its note goes."""
    settings = settings_of(town, tmp_path / "home")
    number = await planted(town, settings)
    campaign = Campaign(
        id="c1", name=f"{NAME}周", area=LIUHE, starts_on="2018-07-01", ends_on="2018-07-31", made_by=COUNTER
    )
    today = Batch(id="b2", kind="members", file_name=".csv", file_digest="x", started_at=town.book.now())
    await town.insert(campaign, today, BatchName(batch="b2", name=f"{NAME}.csv"))
    town.members.add(number)
    await town.fund(100)
    await town.insert()
    event = await town.event((number, "reporter"))
    await town.verify_one(event)
    assert await awarded(town, event)
    (row,) = await town.rows("SELECT reference FROM awards_verification WHERE event = ?", event)
    for reason in (f"{NAME}没有来", f"问 {PHONE}", f"{GUARDIAN}代报"):
        with pytest.raises(UnknownReason):
            await corrections.correct(town.book, row["reference"], reason, by=PUBLISHER, on=town.book.today())
    await corrections.correct(
        town.book, row["reference"], "not_true", by=PUBLISHER, on=town.book.today(), note=f"{NAME}没有来"
    )
    await erasing.ask(town.book, number, "asked", by=COUNTER, key="a1")
    traces = await site.approve(town.book, settings, number, by=ADMIN, key="a2")
    assert traces.kept == ("events_campaign.name",)
    assert await columns_with(town.book) == {"events_campaign.name"}


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_the_search_catches_planted_faults(
    engine: str, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A place that is not cleaned, and pages that are not written anew, are both found."""
    settings = settings_of(town, tmp_path / "home")
    number = await planted(town, settings)
    monkeypatch.setattr(erasing, "_NOTES", ())
    monkeypatch.setattr(site, "rewrite", lambda _path: None)
    await erasing.ask(town.book, number, "asked", by=COUNTER, key="a1")
    await site.approve(town.book, settings, number, by=ADMIN, key="a2")
    assert {"events_event_text.text", "events_step_note.text"} <= await columns_with(town.book)
    assert any(name.startswith("book.db") for name in files_with(tmp_path / "home"))
