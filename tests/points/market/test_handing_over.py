"""Handing over: one draft whatever pays for it and wherever the goods stand."""

from __future__ import annotations

import pytest

from ledger import statements
from ledger.errors import BelowFloor
from ledger.transactions import Posting
from points import chart
from points.market import handing_over
from points.market.errors import OutOfStock, SoldOut
from points.market.handing_over import Given
from points.market.limits import Uses
from tests.points.market.conftest import NEXT_YEAR, Town
from tests.points.market.test_orders import one

pytestmark = pytest.mark.anyio


async def test_what_was_set_aside_is_handed_over_from_there(town: Town) -> None:
    """Points and goods that are held go to the till and out of the house; purse and shelf are not touched."""
    order = await one(town)
    held, goods = chart.held(town.wang, NEXT_YEAR), f"shop/{town.shop.number}/held"
    draft = handing_over.draft(town.book, order, [Given(held, 30)], shelf=goods)
    item = chart.item(order.lines[0].item)
    assert draft.postings == (
        Posting(goods, chart.HANDED_OUT, 2, item),
        Posting(held, chart.taken(town.shop.number), 30, chart.POINTS),
    )


async def test_a_limit_is_used_up_in_the_same_entry(town: Town) -> None:
    """Goods, limits, points, in this order: what is refused first is what people are told."""
    order = await one(town)
    await town.stock(洗衣液=2)
    await town.give(town.wang, 30)
    cap = chart.cap(town.wang, "item-7", 2, "2019-01")
    draft = handing_over.draft(
        town.book, order, [Given(chart.until(town.wang, NEXT_YEAR), 30)],
        limits=Uses((Posting(cap, chart.CAPS, 2, chart.CAP),)),
    )  # fmt: skip
    await town.book.journal.post(draft)
    assert await statements.balance(town.book.reader, cap, chart.CAP) == -2


async def test_less_than_it_costs_is_no_draft(town: Town) -> None:
    """Nothing is handed over for less, or more, than it costs, whoever plans it."""
    with pytest.raises(AssertionError):
        handing_over.draft(town.book, await one(town), [Given(chart.until(town.wang, NEXT_YEAR), 29)])


async def test_what_ran_out_is_said(town: Town) -> None:
    """None left, too few left; and a purse that moved is no answer for people: plan again."""
    order = await one(town)
    unit = chart.item(order.lines[0].item)
    said = [
        handing_over.refused(order, BelowFloor(address="shop/1/stock", unit=unit, available=left, amount=2))
        for left in (0, 1)
    ]
    assert [type(each) for each in said] == [SoldOut, OutOfStock]
    purse = BelowFloor(address="member/V-1/until/2019-12-31", unit=chart.POINTS, available=0, amount=2)
    assert handing_over.refused(order, purse) is None
