"""Who keeps stock enters; who approves is another side."""

from __future__ import annotations

import pytest

from points.market import stock_rights
from points.market.errors import StockNeedsOther
from points.people import household_changes
from points.people.errors import NotAllowed
from tests.points.market.conftest import Town
from tests.points.market.stocked import lay

pytestmark = pytest.mark.anyio


async def test_who_keeps_the_stock_of_a_shop_and_nobody_else(town: Town) -> None:
    """Not the counter, not the administrator."""
    await stock_rights.require_keeper(town.book, town.shop, town.keeper)
    for other in (town.counter, town.admin, town.wang):
        with pytest.raises(NotAllowed):
            await stock_rights.require_keeper(town.book, town.shop, other)


async def test_the_second_is_neither_the_first_nor_lives_with_them(town: Town) -> None:
    """The administrator may, and another keeper, until they move in with who asked."""
    there = await lay(town)
    for may in (town.admin, there.second):
        await stock_rights.require_second(town.book, town.shop, by=may, hands=[town.keeper])
    for may_not in (town.keeper, town.counter, town.wang):
        with pytest.raises(StockNeedsOther):
            await stock_rights.require_second(town.book, town.shop, by=may_not, hands=[town.keeper])
    home = await household_changes.join(town.book, town.keeper, None, by=town.admin, key="h1")
    await household_changes.join(town.book, there.second, home, by=town.admin, key="h2")
    with pytest.raises(StockNeedsOther):
        await stock_rights.require_second(town.book, town.shop, by=there.second, hands=[town.keeper])
