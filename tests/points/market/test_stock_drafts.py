"""What entries about stock have in common."""

from __future__ import annotations

import pytest

from ledger.errors import BelowFloor
from points.market import stock_drafts
from points.market.errors import BadFigure, UnknownItem
from tests.points.market.conftest import Town

pytestmark = pytest.mark.anyio


async def test_too_few_is_said_by_the_name_of_the_thing(town: Town) -> None:
    """With how many are there and how many were to go."""
    refused = BelowFloor(address="shop/1/stock", unit="item:1", available=3, amount=4)
    said = await stock_drafts.too_few(town.book, refused)
    assert str(said).startswith("没有办成，库存没有动。香皂现在只有 3 份，不够 4 份。")


async def test_goods_are_known_items_in_numbers_that_make_sense(town: Town) -> None:
    """From `least` on; some and not too many."""
    await stock_drafts.check_goods(town.book, {1: 1})
    await stock_drafts.check_goods(town.book, {1: 0}, least=0)
    for goods in ({}, {1: 0}, {1: 1_000_001}, dict.fromkeys(range(1, 102), 1)):
        with pytest.raises(BadFigure):
            await stock_drafts.check_goods(town.book, goods)
    with pytest.raises(UnknownItem, match="98、99"):
        await stock_drafts.check_goods(town.book, {99: 1, 98: 1})


async def test_what_goods_cost(town: Town) -> None:
    """The sum of what each costs."""
    soap, cooker = await town.item("香皂"), await town.item("电饭煲")
    goods = {soap.number: 3, cooker.number: 2}
    assert await stock_drafts.cost(town.book, goods) == 3 * soap.cost_fen + 2 * cooker.cost_fen
