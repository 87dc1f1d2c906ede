"""A merchant undoes at its own till: alone for a quarter of an hour, then the community is the second person."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.keys import new_key
from points.market import merchants, settlements
from points.market.undoing import requests, undone
from points.market.undoing.errors import UndoNeedsSecond, UndoNotSecond
from points.market.undoing.requests import Wanted
from points.people.errors import NotAllowed
from tests.points.market.allied import Allied, Watch
from tests.points.market.settling import approve, draw, till

pytestmark = pytest.mark.anyio


async def undo(allied: Allied, reference: str, *, by: str = "") -> undone.Undone:
    """老周 undoes what he handed over, unless the test says otherwise."""
    return await undone.undo(allied.book, reference, "输错人", by=by or allied.zhou, key=new_key())


async def ask(allied: Allied, reference: str) -> Wanted:
    """老周 asks the community."""
    return await requests.ask(allied.book, reference, "输错人", by=allied.zhou, key=new_key())


async def decide(allied: Allied, wanted: Wanted, *, by: str) -> Wanted:
    """Somebody approves what they see."""
    return await requests.decide(allied.book, wanted.id, approved=True, digest=wanted.digest, by=by)


async def test_within_a_quarter_of_an_hour_one_is_enough(allied: Allied, watch: Watch) -> None:
    """Points and haircut are back; what was undone is in no statement."""
    month = allied.month
    gone, _ = await allied.cut(), await allied.cut()
    watch.at += timedelta(minutes=14)
    assert not (await undo(allied, gone.receipt.reference)).repeated
    assert await till(allied) == (10, 0)
    watch.next_month()
    assert (await settlements.preview(allied.book, allied.barber, month)).points == 10


@pytest.mark.parametrize("later", [timedelta(minutes=16), timedelta(hours=12)])
async def test_later_it_takes_somebody_of_the_community(
    allied: Allied, watch: Watch, later: timedelta
) -> None:
    """Whoever approves what is paid to merchants is the second: not himself, and not a counter nearby."""
    done = await allied.cut()
    watch.at += later
    with pytest.raises(UndoNeedsSecond):
        await undo(allied, done.receipt.reference)
    wanted = await ask(allied, done.receipt.reference)
    for no in (allied.zhou, allied.town.counter):
        with pytest.raises(UndoNotSecond):
            await decide(allied, wanted, by=no)
    assert (await decide(allied, wanted, by=allied.keeper)).state == "approved"
    assert await till(allied) == (0, 0)


async def test_before_midnight_is_another_day(allied: Allied, watch: Watch) -> None:
    """What was handed over yesterday is not undone alone, however few minutes ago."""
    watch.at = watch.at.replace(hour=15, minute=55)
    done = await allied.cut()
    watch.at += timedelta(minutes=10)
    with pytest.raises(UndoNeedsSecond):
        await undo(allied, done.receipt.reference)


async def test_what_was_settled_is_taken_off_the_next_statement(allied: Allied, watch: Watch) -> None:
    """It takes two, and the month that was drawn up stays as it is."""
    month = allied.month
    done = await allied.cut()
    watch.next_month()
    drawn = await approve(allied, await draw(allied, month))
    await decide(allied, await ask(allied, done.receipt.reference), by=allied.second)
    month = allied.month
    await allied.cut()
    watch.next_month()
    said = await settlements.preview(allied.book, allied.barber, month)
    assert [line.points for line in said.lines] == [10, -10]
    assert said.fen == 0
    assert (await settlements.find(allied.book, drawn.id)).statement == drawn.statement


async def test_nobody_undoes_at_a_till_where_they_do_not_work(allied: Allied) -> None:
    """Another merchant's, or a neighbour's: what 老周 handed over is his and the community's."""
    done = await allied.cut()
    with pytest.raises(NotAllowed):
        await undo(allied, done.receipt.reference, by=allied.liu)


async def test_who_works_for_a_merchant_is_nobodys_second(allied: Allied, watch: Watch) -> None:
    """Even one who keeps a fund: nobody approves for the trade they are in."""
    done = await allied.cut()
    watch.at += timedelta(minutes=16)
    wanted = await ask(allied, done.receipt.reference)
    await merchants.appoint(allied.book, allied.barber, allied.second, by=allied.town.admin, on=allied.today)
    with pytest.raises(UndoNotSecond):
        await decide(allied, wanted, by=allied.second)
