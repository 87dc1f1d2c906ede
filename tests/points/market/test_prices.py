"""Prices by the day: the latest that has begun counts, and what has begun never changes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.errors import ReferenceConflict
from points.market import prices
from points.market.errors import BadFigure, BadKey, NoPrice, PriceTooSoon, TwoForCut
from points.market.models import Price
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


@pytest.mark.parametrize(("days", "before"), [(0, 0), (1, 15), (6, 20), (10, 20), (36, 20), (41, 4)])
async def test_a_price_is_compared_with_the_dearest_of_thirty_days(
    town: Town, days: int, before: int
) -> None:
    """15, then 20 from the fifth day, then 4 from the tenth: a slip of the pen put right on its day does not count."""
    prices_set = ((99, 5), (20, 5), (4, 10))
    async with town.book.write() as db:
        for key, (points, after) in enumerate(prices_set):
            day = (ON + timedelta(days=after)).isoformat()
            await Price.create(using_db=db, id=str(key), item=7, points=points, from_on=day, set_by="S-0001")
    assert await prices.dearest(town.book, 7, ON + timedelta(days=days)) == before


async def test_a_cut_by_more_than_half_takes_two_and_half_does_not(town: Town) -> None:
    """60 to 30 is one person's to say; 29 is not, nor 29 in two steps within a month."""
    item = await town.item("食用油 5L")
    said = {"by": town.keeper, "on": ON}
    with pytest.raises(TwoForCut) as refusal:
        await prices.set_price(town.book, item, 29, from_on=LATER, key="a", **said)  # type: ignore[arg-type]
    assert refusal.value.facts == {"item": "食用油 5L", "before": 60, "points": 29}
    await prices.set_price(town.book, item, 30, from_on=LATER, key="b", **said)  # type: ignore[arg-type]
    with pytest.raises(TwoForCut):
        await prices.set_price(
            town.book, item, 29, from_on=LATER + timedelta(days=2), key="c", **said  # type: ignore[arg-type]
        )  # fmt: skip


async def test_the_history_tells_every_price(town: Town) -> None:
    """The latest first, those to come as well."""
    item = await town.item("洗衣液")
    await prices.set_price(town.book, item, 20, from_on=LATER, by=town.keeper, on=ON, key="a")
    told = await prices.history(town.book, 7)
    assert [(row.points, row.from_on) for row in told] == [(20, LATER.isoformat()), (15, ON.isoformat())]
