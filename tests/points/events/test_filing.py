"""Filing: numbers people can say, and words that can be erased."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from points.awards import verifications
from points.events import decisions, events, filing, taking
from points.events.errors import BadCategory, BadPlace, BadTime, NotGathering, StepNotOpen, UnknownEvent
from points.events.filing import Held
from points.events.models import Contribution, Event
from points.events.records import EventText, Gathering
from points.people.errors import NotAllowed, UnknownArea, UnknownMember
from tests.points.awards.town import ADMIN, FAR, MORNING, STREET, VERIFIER, Town
from tests.points.events.hands import HEAD, WORKER, filed, key, said, staffed

pytestmark = pytest.mark.anyio
EVENING = MORNING.replace(hour=11)


async def test_numbers_follow_one_another_for_any_number_of_writers(town: Town) -> None:
    """Ten at once get ten numbers; people find an event by its number, however they type it."""
    await staffed(town)
    found = await asyncio.gather(*(filed(town) for _ in range(10)))
    year = town.book.today().year
    assert sorted(each.number for each in found) == [f"E-{year}-{n:06d}" for n in range(1, 11)]
    assert await filing.numbered(town.book, f" e-{year}-000003 ") in {each.event for each in found}
    with pytest.raises(UnknownEvent):
        await filing.numbered(town.book, "E-2000-000001")


async def test_who_reported_contributes_and_the_words_are_kept_apart(town: Town) -> None:
    """The ledger and the event's row hold nothing of what was written in one's own words."""
    await staffed(town)
    one = await filed(town, reporter=await town.member("V-000001"), text="王秀兰家门口", place="3 栋")
    (doing,) = await Contribution.filter(event=one.event).using_db(town.book.reader)
    assert (doing.member, doing.role) == ("V-000001", "reporter")
    text = await EventText.get(event=one.event, using_db=town.book.reader)
    assert (text.text, text.place) == ("王秀兰家门口", "3 栋")
    assert not [
        row for row in await town.rows("SELECT text FROM evidence_snapshot_text") if "王秀兰" in row["text"]
    ]
    event = (await events.find(town.book, one.event)).event
    assert (event.source, event.type_name, event.subtype_name) == ("jishan", "消防隐患", "消防通道堵塞")


async def test_what_cannot_be_is_refused(town: Town) -> None:
    """Elsewhere, unknown, in the future, or without the role: nothing is filed."""
    await staffed(town)
    later = town.book.now().replace(year=town.book.now().year + 1)
    for refusal, facts in (
        (NotAllowed, {"area": FAR}),
        (UnknownArea, {"area": "1"}),
        (BadCategory, {"category": "Q"}),
        (BadTime, {"occurred_at": later}),
        (UnknownMember, {"reporter": "V-999999"}),
    ):
        with pytest.raises(refusal):
            await filed(town, **facts)
    for by in (VERIFIER, ADMIN, "V-000001"):
        with pytest.raises(NotAllowed):
            await filing.report(town.book, said(), by=by, key=key())
    assert await Event.all().using_db(town.book.reader).count() == 0


async def test_a_meetings_adopted_suggestion_is_worth_ten(town: Town) -> None:
    """It has the meeting's number and one of its own, and is verified like any event; other kinds have none."""
    await staffed(town)
    await town.fund(100)
    meeting = said(kind="meeting", category="M", what="七月议事会", type_name="议事会")
    one = await filing.hold(town.book, meeting, Held(EVENING), by=WORKER, key=key())
    who = await town.member("V-000001")
    first = await decisions.adopt(town.book, one.event, "楼道装灯", member=who, by=WORKER, key="k")
    assert (await decisions.adopt(town.book, one.event, "楼道装灯", member=who, by=WORKER, key="k")) == first
    second = await decisions.adopt(town.book, one.event, "设充电棚", member=who, by=HEAD, key=key())
    assert [first.number, second.number] == [f"{one.number}-1", f"{one.number}-2"]
    event = (await events.find(town.book, one.event)).event
    assert [each.subtype_name for each in await decisions.adopted(town.book, event)] == [
        "楼道装灯",
        "设充电棚",
    ]
    outcome = await verifications.accept(town.book, first.event, by=VERIFIER, on=town.book.today())
    assert (outcome.accepted, outcome.points) == (1, 10)
    following = await filing.hold(town.book, meeting, Held(EVENING), by=WORKER, key=key())
    assert following.number.endswith("-000002")
    with pytest.raises(NotGathering):
        await decisions.adopt(town.book, first.event, "又一条", member=who, by=WORKER, key=key())


async def test_a_gathering_has_its_hours(town: Town) -> None:
    """It ends after it began, on the day."""
    await staffed(town)
    activity = said(kind="activity", category="V", what="清理楼道", type_name="志愿服务")
    one = await filing.hold(town.book, activity, Held(EVENING), by=WORKER, key=key())
    row = await Gathering.get(event=one.event, using_db=town.book.reader)
    assert (row.title, row.held_by, row.ends_at - row.starts_at) == ("清理楼道", WORKER, EVENING - MORNING)
    with pytest.raises(BadTime):
        await filing.hold(town.book, activity, Held(MORNING), by=WORKER, key=key())
    with pytest.raises(NotGathering):
        await filing.hold(town.book, said(), Held(EVENING), by=WORKER, key=key())


async def test_nothing_is_filed_for_a_street_or_a_year_nobody_meant(town: Town) -> None:
    """A street has no fund of its own; year 1 has no instant in UTC, and a party in 9999 is a slip of the pen."""
    await staffed(town)
    with pytest.raises(BadPlace):
        await filing.report(town.book, said(area=STREET), by=HEAD, key=key())
    for year in (1, 1999, 9999):
        begins = datetime(year, 1, 1, tzinfo=town.book.zone)
        party = said(kind="activity", category="V", type_name="志愿服务", occurred_at=begins)
        with pytest.raises(BadTime):
            await filing.hold(town.book, party, Held(begins + timedelta(hours=1)), by=WORKER, key=key())
    assert await town.rows("SELECT id FROM events_event") == []


async def test_nothing_is_adopted_before_a_meeting_or_at_one_that_never_was(town: Town) -> None:
    """What nobody could have said yet, or said nowhere, is worth nothing."""
    await staffed(town)
    who = await town.member("V-000001")
    soon = town.book.now() + timedelta(days=1)
    for begins, refusal in ((soon, BadTime), (MORNING, StepNotOpen)):
        meeting = said(kind="meeting", category="M", type_name="议事会", occurred_at=begins)
        one = await filing.hold(town.book, meeting, Held(begins + timedelta(hours=1)), by=WORKER, key=key())
        await taking.take(town.book, one.event, "found_false", by=HEAD, key=key())
        with pytest.raises(refusal):
            await decisions.adopt(town.book, one.event, "装灯", member=who, by=WORKER, key=key())
    assert await town.rows("SELECT id FROM events_event WHERE kind = 'decision'") == []
