"""An order: what was asked has one digest, whoever serves it; and what else it stands on is part of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from points.market import baskets, orders
from points.market.errors import NoPrice, UnknownItem
from points.market.orders import Order
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio


async def one(town: Town) -> Order:
    """洗衣液 for 王秀兰."""
    basket = baskets.of({(await town.item("洗衣液")).number: 2})
    lines, ids = await orders.priced(town.book, basket, ON)
    return Order(town.shop, town.wang, lines, ids, town.counter, "a1", ON, "card")


async def test_what_was_asked_does_not_depend_on_who_serves(town: Town) -> None:
    """A lost answer may be asked for again by another clerk, on another day: same member, goods and prices."""
    order = await one(town)
    assert order.points == 30
    assert replace(order, by=town.admin, found_by="manual").request == order.request
    assert replace(order, member=town.zhao).request != order.request


async def test_what_it_stands_on_is_part_of_what_was_asked(town: Town) -> None:
    """A reservation's number is in the evidence and in the request: one key cannot stand for two reservations."""
    order = await one(town)
    reserved = replace(order, also=(("reservation", "r1"),))
    assert reserved.snapshot == order.snapshot | {"reservation": "r1"}
    assert len({order.request, reserved.request, replace(order, also=(("reservation", "r2"),)).request}) == 3


async def test_an_order_has_a_price_for_everything(town: Town) -> None:
    """What the catalogue does not know, or what has no price on that day, makes no order."""
    soap = (await town.item("香皂")).number
    with pytest.raises(UnknownItem):
        await orders.priced(town.book, baskets.of({9_999: 1}), ON)
    with pytest.raises(NoPrice):
        await orders.priced(town.book, baskets.of({soap: 1}), ON.replace(year=1990))
