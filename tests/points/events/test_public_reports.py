"""Reports of residents without an account."""

from __future__ import annotations

import pytest

from points.events import events, public_reports
from points.events.errors import BadCategory, UnknownReport
from points.events.public_reports import Told
from points.events.records import EventText, PublicReport
from points.people import posters
from points.people.errors import UnknownPoster
from tests.points.awards.town import LIUHE, Town
from tests.points.events.hands import HEAD, key, staffed

pytestmark = pytest.mark.anyio
SAID = Told("F", "三楼张三家门口堵了", "3 栋东侧", "13800000001")


async def poster(town: Town) -> str:
    """A poster that hangs in 六和社区."""
    await staffed(town)
    return await posters.make(town.book, "report", LIUHE, by=HEAD, key=key())


async def test_a_report_becomes_an_event_of_nobody(town: Town) -> None:
    """Where the poster hangs, with its words apart from it; once for each key; followed by its number alone."""
    code = await poster(town)
    first, again = [await public_reports.file(town.book, code, SAID, key="k") for _ in range(2)]
    assert first == again
    whole = await events.find(town.book, first.event)
    assert (whole.event.area, whole.event.category, whole.event.subtype_name) == (LIUHE, "F", "消防隐患")
    assert ([step.actor for step in whole.steps], list(whole.contributions)) == ([None], [])
    text = await EventText.get(event=first.event, using_db=town.book.reader)
    assert (text.text, text.place, text.contact) == (SAID.text, SAID.place, SAID.contact)
    for typed in (first.number, first.number.lower(), f" {first.number.replace('-', ' ')} "):
        assert await public_reports.follow(town.book, typed) == first.event


async def test_the_ledger_keeps_none_of_the_words(town: Town) -> None:
    """Neither they nor the number by which it is followed stand in the evidence."""
    received = await public_reports.file(town.book, await poster(town), SAID, key="k")
    (row,) = await town.rows(
        "SELECT text FROM evidence_snapshot_text WHERE snapshot = ?", f"event/{received.event}"
    )
    for secret in ("张三", "13800000001", "3 栋", received.number):
        assert secret not in row["text"]


async def test_what_leads_nowhere(town: Town) -> None:
    """A poster that was taken down, a category nobody offers, and numbers that were never given."""
    code = await poster(town)
    for category in ("M", "FS", ""):
        with pytest.raises(BadCategory):
            await public_reports.file(town.book, code, Told(category, "x"), key=key())
    await public_reports.file(town.book, code, SAID, key=key())
    for number in ("", "-", "AAAAA-AAAAA", "E-2026-000001", "%' OR 1=1", "张" * 5000):
        with pytest.raises(UnknownReport):
            await public_reports.follow(town.book, number)
    await posters.take_down(town.book, code, by=HEAD, key=key())
    with pytest.raises(UnknownPoster):
        await public_reports.file(town.book, code, SAID, key=key())
    assert await PublicReport.all().using_db(town.book.reader).count() == 1
