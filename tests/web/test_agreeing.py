"""What is agreed to is said as it will be done: the points that end first are spent first."""

from __future__ import annotations

from datetime import date

import pytest

from tests.points.market import conftest as market
from tests.points.market.conftest import NEXT_YEAR, ON, THIS_YEAR, Town
from web import agreeing
from web.orders import Order

pytestmark = pytest.mark.anyio
town = market.town


async def test_what_ends_first_is_spent_first(town: Town) -> None:
    """Of two days all that ends this year, and the rest of next year's; never more than there is."""
    await town.give(town.wang, 40, NEXT_YEAR)
    await town.give(town.wang, 30, THIS_YEAR)
    assert await agreeing.spends(town.book, town.wang, 10, ON) == [(THIS_YEAR, 10)]
    assert await agreeing.spends(town.book, town.wang, 45, ON) == [(THIS_YEAR, 30), (NEXT_YEAR, 15)]
    assert await agreeing.spends(town.book, town.wang, 99, ON) == [(THIS_YEAR, 30), (NEXT_YEAR, 40)]
    assert await agreeing.spends(town.book, town.wang, 45, date(2020, 1, 1)) == [(NEXT_YEAR, 40)]
    assert await agreeing.spends(town.book, town.wang, 0, ON) == []


async def test_before_and_after_are_the_members_own(town: Town) -> None:
    """What a household gives besides is said beside it, by masked name."""
    today = town.book.today()
    await town.give(town.wang, 20, today.replace(year=today.year + 1))
    soap = (await town.item("香皂")).number
    parts = ((f"member/{town.wang}", 20), (f"member/{town.zhao}", 10))
    order = Order(1, town.counter, town.wang, "card", today, "k", ((soap, 10),), 30, 0, parts)
    asked = await agreeing.asked(town.book, order)
    assert (asked.before, asked.cost, asked.after, asked.points) == (20, 20, 0, 30)
    assert [(name, quantity) for name, _english, quantity in asked.lines] == [("香皂", 10)]
    assert [(part.name, part.points) for part in asked.parts] == [("王*兰", 20), ("赵*", 10)]
