"""Reservations: points and goods are set aside at the price of the day, for as long as was said, and for one time."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from ledger.models import LedgerTransaction
from points import chart
from points.district import open_district
from points.keys import new_key
from points.market import (
    baskets,
    counter,
    items,
    pick_up_days,
    reservations,
)
from points.market.errors import MarketError, NotEnough, OutOfStock, ShopNotOpen, SoldOut
from points.market.reservation_errors import PriceChanged, TooManyOpen
from points.market.reservation_records import Reservation
from tests import books
from tests.points.market.conftest import Town, enrol
from tests.points.market.reserving import LATER, Watch, reserve, standing, watched

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


async def test_points_and_goods_are_set_aside_in_one_entry(town: Town) -> None:
    """Neither can be had by anybody else, and neither has gone: both stand where they are held, with their day."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=3)
    row = await reserve(town, "洗衣液x2")
    assert (row.points, row.member, row.shop) == (30, town.wang, town.shop.number)
    assert await standing(town) == {"purse": 20, "held": 30, "shelf": 1, "aside": 2, "open": -1}
    entry = await LedgerTransaction.get(reference=row.reference, using_db=town.book.reader)
    assert (entry.kind, entry.evidence_kind, entry.evidence_id) == ("hold", "reservation", row.id)


async def test_the_points_that_end_first_are_set_aside_first(town: Town) -> None:
    """And what is kept is never kept for longer than they live."""
    soon = town.book.today()
    await town.give(town.wang, 10, LATER)
    await town.give(town.wang, 5, soon)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    assert await statements.balance(town.book.reader, chart.held(town.wang, soon)) == 5
    assert await statements.balance(town.book.reader, chart.held(town.wang, LATER)) == 10
    assert row.until_at == pick_up_days.end_of(soon, town.book.zone)


async def test_what_costs_nothing_is_kept_all_the_same(town: Town) -> None:
    """Honours cost no points: goods alone move."""
    await town.stock(小红花=1)
    row = await reserve(town, "小红花")
    assert (row.points, (await standing(town, "小红花"))["aside"]) == (0, 1)


@pytest.mark.parametrize(
    ("points", "stocked", "refusal"),
    [(14, 1, NotEnough), (15, 0, SoldOut), (30, 1, OutOfStock)],
)
async def test_what_cannot_be_had_is_not_set_aside(
    town: Town, points: int, stocked: int, refusal: type[MarketError]
) -> None:
    """Too few points, none left, too few left: nothing has moved."""
    await town.give(town.wang, points, LATER)
    await town.stock(洗衣液=2)
    for neighbour in range(2 - stocked):
        await reserve_for_another(town, neighbour)
    before = await standing(town)
    with pytest.raises(refusal):
        await reserve(town, "洗衣液x2" if refusal is OutOfStock else "洗衣液")
    assert await standing(town) == before


async def reserve_for_another(town: Town, number: int) -> None:
    """A neighbour takes one."""
    other = await enrol(town.book, f"邻居{number}")
    await town.give(other, 15, LATER)
    await reserve(town, "洗衣液", member=other)


async def test_the_price_that_was_shown_is_the_price(town: Town) -> None:
    """Another price than the one on the page is refused, with nothing moved."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    with pytest.raises(PriceChanged):
        await reserve(town, "洗衣液", points=14)
    assert (await standing(town))["held"] == 0


async def test_three_may_be_open_and_no_fourth(town: Town) -> None:
    """Ten presses at once, from two openings of the book: three are kept."""
    await town.give(town.wang, 100, LATER)
    await town.stock(香皂=20)
    async with open_district(books.url_of(town.book)) as second:
        beside = replace(town, book=second)
        answers = await asyncio.gather(
            *(reserve(one, "香皂") for one in (town, beside) for _ in range(5)), return_exceptions=True
        )
    assert Counter(type(answer) for answer in answers) == {Reservation: 3, TooManyOpen: 7}
    assert (await standing(town, "香皂"))["open"] == -3


async def test_the_same_key_again_gives_the_first(town: Town) -> None:
    """A press twice is a press once, at whatever price now; another basket under that key is refused."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=3)
    rows = await asyncio.gather(*(reserve(town, "洗衣液", key="k") for _ in range(10)))
    assert len({row.id for row in rows}) == 1
    assert (await standing(town))["held"] == 15
    with pytest.raises(ReferenceConflict):
        await reserve(town, "洗衣液x2", key="k", points=30)


async def test_the_last_one_is_reserved_or_handed_over_never_both(town: Town) -> None:
    """王秀兰 at home and 赵敏 at the counter want the last one: one has it."""
    for member in (town.wang, town.zhao):
        await town.give(member, 100, LATER)
    await town.stock(洗衣液=1)
    basket = baskets.parse(["洗衣液"], await items.all_items(town.book))
    today = town.book.today()
    answers = await asyncio.gather(
        *(reserve(town, "洗衣液") for _ in range(5)),
        *(
            counter.redeem(
                town.book, town.shop, town.zhao, basket, by=town.counter, key=new_key(), on=today, found_by="card"
            )
            for _ in range(5)
        ),
        return_exceptions=True,
    )  # fmt: skip
    assert sum(not isinstance(answer, Exception) for answer in answers) == 1
    assert {type(answer) for answer in answers if isinstance(answer, Exception)} == {SoldOut}


async def test_a_shop_that_is_not_open_yet_keeps_nothing(town: Town) -> None:
    """Its first day is said."""
    await town.give(town.wang, 50, LATER)
    later = replace_opened(town, town.book.today() + timedelta(days=3))
    with pytest.raises(ShopNotOpen):
        await reserve(later, "洗衣液")


def replace_opened(town: Town, on: date) -> Town:
    """The same town, with a shop that opens later."""
    shop = town.shop.clone(pk=town.shop.number)
    shop.opened_on = on.isoformat()
    return replace(town, shop=shop)


async def test_a_plan_writes_nothing(town: Town) -> None:
    """It says what it would cost and until when it would be kept."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    basket = baskets.parse(["洗衣液"], await items.all_items(town.book))
    planned = await reservations.plan(town.book, town.shop, town.wang, basket)
    assert planned.points == 15
    assert planned.until_at > town.book.now() + timedelta(hours=23)
    assert await standing(town) == {"purse": 50, "held": 0, "shelf": 1, "aside": 0, "open": 0}
