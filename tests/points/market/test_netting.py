"""Netting: a district's month is drawn up by one, closed by another, and closes once."""

from __future__ import annotations

import asyncio

import pytest

from points.keys import new_key
from points.market import netting
from points.market.allied_errors import (
    MonthNotOver,
    MonthSettled,
    NotADistrict,
    NothingToSettle,
    NotSettlementSecond,
)
from points.market.netting import Drawn
from points.people.errors import NotAllowed
from tests.points.market.allied import Allied, Watch
from tests.points.market.conftest import DISTRICT, STREET

pytestmark = pytest.mark.anyio


async def draw(allied: Allied, month: str, *, by: str = "") -> Drawn:
    """孙丽 draws up the district's month."""
    return await netting.draw(allied.book, DISTRICT, month, by=by or allied.keeper, key=new_key())


async def close(allied: Allied, drawn: Drawn) -> Drawn:
    """郑义 closes what he sees."""
    return await netting.decide(allied.book, drawn.id, approved=True, digest=drawn.digest, by=allied.second)


async def test_a_month_is_closed_once_by_two_people(allied: Allied, watch: Watch) -> None:
    """Two drawn up and closed in the same moment close one; who drew it up closes none."""
    month = allied.month
    with pytest.raises(MonthNotOver):
        await draw(allied, month)
    await allied.cut()
    watch.next_month()
    with pytest.raises(NotAllowed):
        await draw(allied, month, by=allied.second)
    drawn = [await draw(allied, month) for _ in range(2)]
    with pytest.raises(NotSettlementSecond):
        await netting.decide(
            allied.book, drawn[0].id, approved=True, digest=drawn[0].digest, by=allied.keeper
        )
    answers = await asyncio.gather(*(close(allied, one) for one in drawn), return_exceptions=True)
    assert sorted(type(answer).__name__ for answer in answers) == ["Drawn", "MonthSettled"]
    done = next(answer for answer in answers if isinstance(answer, Drawn))
    assert await close(allied, done) == done
    with pytest.raises(MonthSettled):
        await draw(allied, month)


async def test_only_a_district_is_netted_and_only_what_there_is(allied: Allied, watch: Watch) -> None:
    """A street's month would be in the district's too; a month without anything needs nothing."""
    month = allied.month
    watch.next_month()
    with pytest.raises(NothingToSettle):
        await draw(allied, month)
    with pytest.raises(NotADistrict):
        await netting.draw(allied.book, STREET, month, by=allied.keeper, key="k")
