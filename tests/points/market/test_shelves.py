"""A shelf on one page: left, set aside, on the way, handed out this month, low, and the next delivery."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.keys import new_key
from points.market import baskets, counter, low_stock, shelves, transfers
from points.market.shelves import Place
from tests.points.market.conftest import Town
from tests.points.market.counting import statements_during
from tests.points.market.stocked import lay

pytestmark = pytest.mark.anyio


async def test_what_a_shop_keeps_and_what_is_to_come(town: Town) -> None:
    """This month's redemptions and no older ones; what is only under way or expected stands there too."""
    there, today = await lay(town), town.book.today()
    await town.stock(香皂=9, 食盐=4)
    await town.give(town.wang, 100, until=today + timedelta(days=400))
    old = today.replace(day=1) - timedelta(days=1)
    for on, quantity in ((old, 1), (today, 2)):
        await counter.redeem(
            town.book, town.shop, town.wang, baskets.of({1: quantity}), by=town.counter, key=new_key(), on=on,
            found_by="card",
        )  # fmt: skip
    await transfers.send(town.book, town.shop, there.other, {2: 3}, by=town.keeper, key="t")
    await low_stock.watch(town.book, town.shop, 2, 1, by=town.keeper, key="w")
    await low_stock.expect(town.book, town.shop, 3, today, by=town.keeper, key="e")
    assert await shelves.read(town.book, town.shop) == [
        Place(1, left=6, held=0, coming=0, sold=2, least=None, next_on=None),
        Place(2, left=1, held=0, coming=0, sold=0, least=1, next_on=None),
        Place(3, left=0, held=0, coming=0, sold=0, least=None, next_on=today),
    ]
    (salt,) = await shelves.read(town.book, there.other)
    assert (salt.item, salt.left, salt.coming) == (2, 0, 3)
    assert [row.is_low for row in await shelves.read(town.book, town.shop)] == [False, True, True]


async def test_it_costs_the_same_for_one_thing_or_ten(town: Town) -> None:
    """A constant number of statements."""
    counts = []
    for goods in ({"香皂": 1}, {"食盐": 1, "毛巾": 1, "牙膏": 1}):
        await town.stock(**goods)
        async with statements_during(town.book) as seen:
            await shelves.read(town.book, town.shop)
        counts.append(len(seen))
    assert counts[0] == counts[1] < 12
