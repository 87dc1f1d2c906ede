"""Prices by the day: the latest that has begun counts, and what has begun never changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.errors import ReferenceConflict
from points.market import prices
from points.market.errors import BadFigure, BadKey, NoPrice, PriceTooSoon
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio

LATER = ON + timedelta(days=10)


async def test_the_latest_price_that_has_begun_counts(town: Town) -> None:
    """Set in any order, each price rules from its day until the next begins."""
    item = await town.item("洗衣液")
    for points, days, key in ((20, 10, "a"), (18, 5, "b"), (22, 10, "c")):
        day = ON + timedelta(days=days)
        await prices.set_price(town.book, item, points, from_on=day, by=town.keeper, on=ON, key=key)
    seen = {
        days: await prices.price_on(town.book, item, ON + timedelta(days=days))
        for days in (0, 4, 5, 9, 10, 99)
    }
    assert {days: price.points for days, price in seen.items()} == {
        0: 15,
        4: 15,
        5: 18,
        9: 18,
        10: 22,
        99: 22,
    }


async def test_before_its_first_price_a_thing_has_none(town: Town) -> None:
    """It is not free, it is not for sale."""
    with pytest.raises(NoPrice):
        await prices.price_on(town.book, await town.item("洗衣液"), ON - timedelta(days=1))
    assert await prices.on_day(town.book, ON - timedelta(days=1)) == {}


async def test_todays_price_cannot_be_changed(town: Town) -> None:
    """Nor one of the past: a new price begins tomorrow at the earliest."""
    item = await town.item("洗衣液")
    for day in (ON, ON - timedelta(days=1)):
        with pytest.raises(PriceTooSoon, match="2019-01-06"):
            await prices.set_price(town.book, item, 1, from_on=day, by=town.keeper, on=ON, key="a")


async def test_the_same_key_sets_a_price_once(town: Town) -> None:
    """Another price under the same key is refused."""
    item = await town.item("洗衣液")
    first = await prices.set_price(town.book, item, 20, from_on=LATER, by=town.keeper, on=ON, key="a")
    again = await prices.set_price(town.book, item, 20, from_on=LATER, by=town.keeper, on=ON, key="a")
    assert (again.position, again.repeated) == (first.position, True)
    with pytest.raises(ReferenceConflict):
        await prices.set_price(town.book, item, 21, from_on=LATER, by=town.keeper, on=ON, key="a")
    with pytest.raises(BadKey):
        await prices.set_price(town.book, item, 21, from_on=LATER, by=town.keeper, on=ON, key="a/b")
    tomorrow = ON + timedelta(days=1)
    await prices.set_price(town.book, item, 21, from_on=LATER, by=town.keeper, on=tomorrow, key="a")
    assert (await prices.price_on(town.book, item, LATER)).points == 21


@pytest.mark.parametrize("points", [-1, 1_000_001])
async def test_a_price_is_a_whole_number_that_makes_sense(town: Town, points: int) -> None:
    """0 is one: an honour."""
    with pytest.raises(BadFigure):
        await prices.set_price(
            town.book, await town.item("洗衣液"), points, from_on=LATER, by=town.keeper, on=ON, key="a"
        )


async def test_only_the_stock_keeper_sets_prices(town: Town) -> None:
    """The counter does not."""
    with pytest.raises(NotAllowed):
        await prices.set_price(
            town.book, await town.item("洗衣液"), 1, from_on=LATER, by=town.counter, on=ON, key="a"
        )
