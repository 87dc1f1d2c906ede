"""Sheets and months: what one of the staff did, how much of it was undone, and that a page costs the same."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.keys import new_key
from points.market import baskets, counter, shift_sheets
from tests.points.market.conftest import ON, Town
from tests.points.market.counting import statements_during
from tests.points.market.test_counter import redeem
from tests.points.market.test_hand_overs import worked
from tests.points.market.undoing.test_undone import undo

pytestmark = pytest.mark.anyio


async def test_a_month_of_staff_counts_what_was_undone_and_looked_up_by_hand(town: Town) -> None:
    """Of the shops asked for and the days of the month; what stays after a partial return is no new redemption."""
    await worked(town)
    basket = baskets.of({(await town.item("香皂")).number: 2})
    done = await counter.redeem(
        town.book, town.shop, town.wang, basket, by=town.counter, key=new_key(), on=ON, found_by="manual"
    )
    await undo(town, done.receipt.reference, stays=[(basket.items[0], 1)])
    (one,) = await shift_sheets.month(town.book, [town.shop.number], ON)
    assert (one.member, one.redemptions, one.undone, one.manual) == (town.counter, 4, 2, 1)
    assert (one.undo_rate, one.manual_rate) == (50.0, 25.0)
    assert await shift_sheets.month(town.book, [town.shop.number + 1], ON) == []
    assert await shift_sheets.month(town.book, [], ON) == []
    assert await shift_sheets.month(town.book, [town.shop.number], ON - timedelta(days=40)) == []


async def test_a_list_and_a_sheet_cost_the_same_however_much_there_is(town: Town) -> None:
    """A constant number of statements."""
    shift = await worked(town)
    costs = []
    for _ in range(2):
        async with statements_during(town.book) as seen:
            await shift_sheets.recent(town.book, town.shop)
            await shift_sheets.sheet(town.book, shift)
        costs.append(len(seen))
        await redeem(town, "香皂")
    assert costs[0] == costs[1] <= 16
