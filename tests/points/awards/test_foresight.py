"""Looking ahead says what a verification then gives, and writes nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from points.awards import foresight, verifications
from points.awards.errors import NoArea, NotAssigned, OwnHousehold
from points.awards.models import Repeat, Verification
from tests.points.awards.town import ON, VERIFIER, Town


@pytest.mark.anyio
async def test_what_is_foreseen_is_what_is_given(town: Town) -> None:
    """Reports, a repeat, hours, a mediation and one too many for the day's cap, one event after the other."""
    await town.fund(100)
    rubbish: dict[str, Any] = {"subtype_name": "暴露垃圾"}
    events = [
        await town.event(("V-000001", "reporter"), ("V-000002", "participant", 90), **rubbish),
        await town.event(("V-000003", "reporter"), after=timedelta(hours=3), **rubbish),
        await town.event(
            ("V-000001", "mediator", None, "ordinary"), ("V-000002", "mediator", None, "ordinary")
        ),
        *[await town.event(("V-000001", "reporter"), category="F") for _ in range(3)],
    ]
    for event in events:
        ahead = await foresight.foresee(town.book, [event], by=VERIFIER, on=ON)
        expected = {key: planned.worth.points for key, planned in ahead.worths.items()}
        assert ahead.points(event) == sum(expected.values())
        await verifications.accept(town.book, event, by=VERIFIER, on=ON)
        given = await Verification.filter(event=event).using_db(town.book.reader)
        assert {row.contribution: row.points for row in given} == expected


@pytest.mark.anyio
async def test_looking_writes_nothing(town: Town) -> None:
    """No judgement of a repeat is kept, and the ledger does not grow: a page may look ahead as often as it is drawn."""
    await town.fund(100)
    events = [
        await town.event(("V-000001", "reporter"), after=timedelta(hours=hour), subtype_name="暴露垃圾")
        for hour in (0, 2)
    ]
    head = await town.head()
    ahead = await foresight.foresee(town.book, events, by=VERIFIER, on=ON)
    assert [ahead.points(event) for event in events] == [2, 1]
    assert await Repeat.all().using_db(town.book.reader).count() == 0
    assert await town.head() == head


@pytest.mark.anyio
async def test_who_may_not_is_told_why_and_an_empty_fund_is_seen(town: Town) -> None:
    """Household, no area and somebody else's are named; what no fund pays is marked."""
    await town.household("HS02", VERIFIER, "V-000002")
    home = await town.event(("V-000002", "reporter"))
    nowhere = await town.event(("V-000001", "reporter"), area=None)
    other = await town.event(("V-000001", "reporter"), assigned="S-0004")
    poor = await town.event(("V-000001", "reporter"))
    ahead = await foresight.foresee(town.book, [home, nowhere, other, poor], by=VERIFIER, on=ON)
    assert {key: type(why) for key, why in ahead.refusals.items()} == {
        home: OwnHousehold,
        nowhere: NoArea,
        other: NotAssigned,
    }
    assert {doing.id for doing in ahead.bench.doings[poor]} <= ahead.unfunded
    assert ahead.points(poor) == 0
