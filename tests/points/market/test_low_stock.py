"""What is nearly gone is said, and when more will come."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.market import deliveries, low_stock
from points.market.errors import BadFigure, StockDayPast, UnknownItem
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio


async def test_what_falls_to_its_threshold_is_low(town: Town) -> None:
    """At the threshold and below, and what is gone without any; the latest threshold counts, for that shop alone."""
    soap, salt = (await town.item("香皂")).number, (await town.item("食盐")).number
    await town.stock(香皂=5, 食盐=9)
    assert await low_stock.low(town.book, [town.shop]) == []
    await low_stock.watch(town.book, town.shop, soap, 9, by=town.keeper, key="a")
    await low_stock.watch(town.book, town.shop, soap, 5, by=town.keeper, key="b")
    await low_stock.watch(town.book, town.shop, salt, 8, by=town.keeper, key="c")
    assert await low_stock.low(town.book, [town.shop]) == [low_stock.Low(1, soap, 5, 5, None)]
    await low_stock.watch(town.book, town.shop, soap, 4, by=town.keeper, key="d")
    assert await low_stock.low(town.book, [town.shop]) == []
    await low_stock.watch(town.book, town.shop, soap, 9, by=town.keeper, key="a")
    assert await low_stock.low(town.book, [town.shop]) == [], "pressing the first again changes nothing"


async def test_the_next_delivery_is_promised_until_it_came_or_its_day_is_over(town: Town) -> None:
    """The latest word counts; taken back, delivered or late, it is not promised."""
    soap, today = (await town.item("香皂")).number, town.book.today()
    later, shop = today + timedelta(days=3), [town.shop]
    await low_stock.expect(town.book, town.shop, soap, today, by=town.keeper, key="a")
    await low_stock.expect(town.book, town.shop, soap, later, by=town.keeper, key="b")
    assert await low_stock.next_deliveries(town.book, shop) == {(1, soap): later}
    await town.stock(食盐=1)
    assert await low_stock.next_deliveries(town.book, shop) == {(1, soap): later}, "something else came"
    await town.stock(香皂=1)
    assert await low_stock.next_deliveries(town.book, shop) == {}
    await low_stock.expect(town.book, town.shop, soap, later, by=town.keeper, key="c")
    assert await low_stock.next_deliveries(town.book, shop) == {(1, soap): later}
    await low_stock.expect(town.book, town.shop, soap, None, by=town.keeper, key="d")
    assert await low_stock.next_deliveries(town.book, shop) == {}


async def test_a_promise_lapses_with_its_day(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """The day itself still counts, the day after does not."""
    soap, today = (await town.item("香皂")).number, town.book.today()
    await low_stock.expect(town.book, town.shop, soap, today, by=town.keeper, key="a")
    assert await low_stock.next_deliveries(town.book, [town.shop]) == {(1, soap): today}
    monkeypatch.setattr(type(town.book), "today", lambda _self: today + timedelta(days=1))
    assert await low_stock.next_deliveries(town.book, [town.shop]) == {}


async def test_only_who_keeps_the_stock_says_so_and_about_what_there_is(town: Town) -> None:
    """No other person, no unknown item, no threshold below zero, no day that is over."""
    yesterday = town.book.today() - timedelta(days=1)
    for by in (town.counter, town.admin, town.wang):
        with pytest.raises(NotAllowed):
            await low_stock.watch(town.book, town.shop, 1, 1, by=by, key="a")
        with pytest.raises(NotAllowed):
            await low_stock.expect(town.book, town.shop, 1, town.book.today(), by=by, key="a")
    with pytest.raises(UnknownItem):
        await low_stock.watch(town.book, town.shop, 99, 1, by=town.keeper, key="a")
    with pytest.raises(BadFigure):
        await low_stock.watch(town.book, town.shop, 1, -1, by=town.keeper, key="a")
    with pytest.raises(StockDayPast):
        await low_stock.expect(town.book, town.shop, 1, yesterday, by=town.keeper, key="a")


async def test_what_is_low_costs_as_many_statements_whatever_is_there(town: Town) -> None:
    """Four, for one item or twenty."""
    await deliveries.receive(
        town.book,
        town.shop,
        dict.fromkeys(range(1, 15), 1),
        document="1",
        by=town.keeper,
        on=ON,
        key="k",
    )
    async with statements_during(town.book) as seen:
        await low_stock.low(town.book, [town.shop])
    assert len(seen) == 4
