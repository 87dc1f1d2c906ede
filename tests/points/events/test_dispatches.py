"""Lanes, units and the clock."""

from __future__ import annotations

import pytest

from points.events import dispatches, events, taking, units, workdays
from points.events.errors import NeedsUnit, UnknownDispatch, UnknownUnit
from points.events.records import ReportIn
from points.people.errors import NotAllowed
from tests.points.awards.town import ADMIN, OTHER_STREET, STREET, Town
from tests.points.events.hands import HEAD, LIAISON, WORKER, filed, key, staffed

pytestmark = pytest.mark.anyio


@pytest.fixture
async def sent(town: Town) -> str:
    """An event that two units were whistled for."""
    await staffed(town)
    for code, name in (("zj", "住建局"), ("xf", "消防大队")):
        await units.add(town.book, code, name, area=STREET, kind="sponsor", by=HEAD)
    one = await filed(town)
    await dispatches.send(
        town.book, one.event, "whistle", by=HEAD, key="k", to=["zj", "xf", "zj"], note="请到现场"
    )
    return one.event


async def test_a_whistle_calls_units_within_two_working_days(town: Town, sent: str) -> None:
    """One dispatch for each, one step with its note."""
    found = await dispatches.of(town.book, sent)
    assert {each.unit_name for each in found} == {"住建局", "消防大队"}
    assert {each.dispatch.due_on for each in found} == {workdays.due_on(town.book.today()).isoformat()}
    whole = await events.find(town.book, sent)
    assert [step.name for step in whole.steps] == ["reported", "assigned"]
    assert list((await taking.notes_of(town.book, whole)).values()) == ["请到现场"]


async def test_a_unit_reports_in_once(town: Town, sent: str) -> None:
    """Recorded by a liaison or grid head of the place, and by nobody else."""
    one, other = await dispatches.of(town.book, sent)
    with pytest.raises(NotAllowed):
        await dispatches.report_in(town.book, one.dispatch.id, by=WORKER)
    for by in (LIAISON, HEAD):
        await dispatches.report_in(town.book, one.dispatch.id, by=by)
    assert await ReportIn.all().using_db(town.book.reader).count() == 1
    found = {each.dispatch.id: each.reported_in for each in await dispatches.of(town.book, sent)}
    row = found[one.dispatch.id]
    assert row is not None
    assert row.recorded_by == LIAISON
    assert found[other.dispatch.id] is None
    with pytest.raises(UnknownDispatch):
        await dispatches.report_in(town.book, "0" * 32, by=HEAD)


@pytest.mark.parametrize("lane", ["direct", "joint", "whistle"])
async def test_other_lanes_need_a_unit(town: Town, sent: str, lane: str) -> None:
    """A known one."""
    with pytest.raises(NeedsUnit):
        await dispatches.send(town.book, sent, lane, by=HEAD, key=key())
    with pytest.raises(UnknownUnit):
        await dispatches.send(town.book, sent, lane, by=HEAD, key=key(), to=["nobody"])
    assert await _lanes(town, sent) == ["whistle", "whistle"]


async def _lanes(town: Town, event: str) -> list[str]:
    return [each.dispatch.lane for each in await dispatches.of(town.book, event)]


async def test_its_own_lane_is_the_senders_unless_somebody_is_named(town: Town) -> None:
    """自办自结."""
    await staffed(town)
    one = await filed(town)
    await dispatches.send(town.book, one.event, "own", by=HEAD, key=key())
    await dispatches.send(town.book, one.event, "own", by=HEAD, key=key(), handler=LIAISON)
    assert [each.dispatch.handler for each in await dispatches.of(town.book, one.event)] == [HEAD, LIAISON]


async def test_a_unit_of_another_place_is_not_there(town: Town, sent: str) -> None:
    """Nothing is sent to who does not serve it, whatever code a form names."""
    await units.add(town.book, "far", "外街城管", area=OTHER_STREET, kind="department", by=ADMIN)
    with pytest.raises(UnknownUnit):
        await dispatches.send(town.book, sent, "direct", by=HEAD, key=key(), to=["far"])
    assert await _lanes(town, sent) == ["whistle", "whistle"]
