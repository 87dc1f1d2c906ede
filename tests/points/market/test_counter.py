"""The counter: one winner for the last item and the last point, one effect for one key, nobody serves their own."""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.district import open_district
from points.keys import new_key
from points.market import baskets, counter, items, prices, shops
from points.market.errors import (
    BadBasket,
    BadKey,
    HouseholdRedemption,
    LimitReached,
    MarketError,
    NoPrice,
    NotEnough,
    NotForThem,
    OutOfStock,
    OwnRedemption,
    PartsChanged,
    ShopClosed,
    ShopNotOpen,
    SoldOut,
    UnknownCustomer,
    UnknownItem,
)
from points.market.models import Redemption, RedemptionLine
from points.market.redemptions import Redeemed
from points.people import households, roles
from points.people.errors import NotAllowed
from tests import books
from tests.points.market.conftest import COMMUNITY, ELSEWHERE, NEXT_YEAR, ON, THIS_YEAR, Town, enrol

pytestmark = pytest.mark.anyio


async def redeem(
    town: Town, *entries: str, member: str = "", by: str = "", key: str = "", on: date = ON
) -> Redeemed:
    """张强 hands over to 王秀兰, unless the test says otherwise."""
    basket = baskets.parse(entries, await items.all_items(town.book))
    return await counter.redeem(
        town.book,
        town.shop,
        member or town.wang,
        basket,
        by=by or town.counter,
        key=key or new_key(),
        on=on,
        found_by="card",
    )


async def points_of(town: Town, member: str, until: date) -> int:
    """What stands in one until account."""
    return await statements.balance(town.book.reader, chart.until(member, until))


async def left(town: Town, name: str) -> int:
    """What stands on the shelf."""
    return (await shops.stock(town.book, town.shop))[(await town.item(name)).number]


async def test_points_and_goods_change_hands_in_one_transaction(town: Town) -> None:
    """The answer says what, for how much, before and after; the shelf, the purse and the till agree with it."""
    await town.give(town.wang, 50)
    await town.stock(洗衣液=3, 香皂=5)
    done = await redeem(town, "洗衣液x2", "香皂")
    assert (done.points, done.before, done.after, done.repeated) == (33, 50, 17, False)
    assert [(line.name, line.quantity, line.price, line.points) for line in done.lines] == [
        ("香皂", 1, 3, 3),
        ("洗衣液", 2, 15, 30),
    ]
    assert await points_of(town, town.wang, NEXT_YEAR) == 17
    assert await statements.balance(town.book.reader, chart.taken(town.shop.number)) == 33
    assert (await left(town, "洗衣液"), await left(town, "香皂")) == (1, 4)
    row = await Redemption.get(reference=done.receipt.reference, using_db=town.book.reader)
    assert (row.served_by, row.found_by, row.member, row.points) == (town.counter, "card", town.wang, 33)
    assert await RedemptionLine.filter(redemption=row.reference).using_db(town.book.reader).count() == 2


async def test_the_last_item_goes_to_exactly_one_of_fifty(town: Town) -> None:
    """Fifty members want it at once: one has it, forty-nine are told that it ran out, and keep their points."""
    await town.stock(洗衣液=1)
    neighbours = [await enrol(town.book, f"邻居{n}") for n in range(50)]
    for neighbour in neighbours:
        await town.give(neighbour, 20)
    answers = await asyncio.gather(
        *(redeem(town, "洗衣液", member=neighbour) for neighbour in neighbours), return_exceptions=True
    )
    assert Counter(type(answer) for answer in answers) == {Redeemed: 1, SoldOut: 49}
    told = next(answer for answer in answers if isinstance(answer, SoldOut))
    assert str(told) == "没有换成，积分没有扣。洗衣液刚被换完了。"
    assert await left(town, "洗衣液") == 0
    kept = sorted([await points_of(town, neighbour, NEXT_YEAR) for neighbour in neighbours])
    assert kept == [5] + [20] * 49


async def test_the_last_item_goes_to_one_of_two_counters_on_the_same_book(town: Town) -> None:
    """The book is opened twice, each with a journal of its own, as two server processes have it: still one winner."""
    await town.stock(洗衣液=1)
    for member in (town.wang, town.zhao):
        await town.give(member, 100)
    async with open_district(books.url_of(town.book)) as second:
        beside = replace(town, book=second)
        answers = await asyncio.gather(
            *(redeem(town, "洗衣液") for _ in range(10)),
            *(redeem(beside, "洗衣液", member=town.zhao) for _ in range(10)),
            return_exceptions=True,
        )
    assert Counter(type(answer) for answer in answers) == {Redeemed: 1, SoldOut: 19}
    assert await left(town, "洗衣液") == 0


async def test_the_last_point_is_spent_by_exactly_one_of_fifty(town: Town) -> None:
    """One purse of 15 points, fifty clerks at once: one redemption; the others are told how much is missing."""
    await town.stock(洗衣液=50)
    await town.give(town.wang, 15)
    answers = await asyncio.gather(*(redeem(town, "洗衣液") for _ in range(50)), return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {Redeemed: 1, NotEnough: 49}
    told = next(answer for answer in answers if isinstance(answer, NotEnough))
    assert str(told) == "换不了，积分没有扣。还差 15 分。"
    assert await points_of(town, town.wang, NEXT_YEAR) == 0
    assert await left(town, "洗衣液") == 49


async def test_concurrent_spends_over_several_expiries_use_every_point_and_no_more(town: Town) -> None:
    """When the earliest account is emptied by somebody else, the plan is made again from what is left."""
    await town.stock(香皂=50)
    for days in range(4):
        await town.give(town.wang, 10, NEXT_YEAR - timedelta(days=days))
    answers = await asyncio.gather(*(redeem(town, "香皂") for _ in range(20)), return_exceptions=True)
    assert Counter(type(answer) for answer in answers) == {Redeemed: 13, NotEnough: 7}
    assert await left(town, "香皂") == 37
    assert {answer.facts["missing"] for answer in answers if isinstance(answer, NotEnough)} == {2}


async def test_the_same_key_twice_has_one_effect_and_one_answer(town: Town) -> None:
    """A double click, or a retry after the network: the second gets the first answer, though the purse is empty now."""
    await town.stock(洗衣液=1)
    await town.give(town.wang, 15)
    first = await redeem(town, "洗衣液", key="k1")
    await town.give(town.wang, 100)
    second = await redeem(town, "洗衣液", key="k1")
    assert second.repeated
    assert second.receipt.position == first.receipt.position
    assert (second.lines, second.points, second.before, second.after) == (first.lines, 15, 15, 0)
    assert await points_of(town, town.wang, NEXT_YEAR) == 100


async def test_the_same_key_from_fifty_tasks_at_once_has_one_effect(town: Town) -> None:
    """Everybody gets the answer of the one that was first, even when it took the last points and the last item."""
    await town.stock(洗衣液=1)
    await town.give(town.wang, 15)
    answers = await asyncio.gather(*(redeem(town, "洗衣液", key="k1") for _ in range(50)))
    assert len({answer.receipt.position for answer in answers}) == 1
    assert sum(not answer.repeated for answer in answers) == 1
    assert await Redemption.all().using_db(town.book.reader).count() == 1


@pytest.mark.parametrize("change", [{"entries": ["洗衣液x2"]}, {"entries": ["洗衣液"], "member": "other"}])
async def test_the_same_key_for_something_else_is_refused(town: Town, change: dict[str, object]) -> None:
    """A key belongs to one basket of one member."""
    await town.stock(洗衣液=5)
    await town.give(town.wang, 100)
    await redeem(town, "洗衣液", key="k1")
    member = town.zhao if "member" in change else town.wang
    with pytest.raises(ReferenceConflict):
        await redeem(town, *change["entries"], member=member, key="k1")  # type: ignore[misc]
    assert await left(town, "洗衣液") == 4


async def test_nobody_serves_themselves(town: Town) -> None:
    """张强 has points too, but somebody else must hand the goods over."""
    await town.stock(洗衣液=1)
    await town.give(town.counter, 100)
    with pytest.raises(OwnRedemption):
        await redeem(town, "洗衣液", member=town.counter)
    assert await left(town, "洗衣液") == 1


async def test_nobody_serves_their_household(town: Town) -> None:
    """Who lives with the clerk is served by another clerk; who lives in another household is served."""
    await town.stock(洗衣液=2)
    await town.give(town.wang, 100)
    await town.give(town.zhao, 100)
    await households.join(town.book, "H0001", town.counter, on=ON)
    await households.join(town.book, "H0001", town.wang, on=ON)
    await households.join(town.book, "H0002", town.zhao, on=ON)
    with pytest.raises(HouseholdRedemption):
        await redeem(town, "洗衣液")
    assert (await redeem(town, "洗衣液", member=town.zhao)).after == 85


async def test_only_counter_staff_of_the_shops_area_may_hand_over(town: Town) -> None:
    """Neither a neighbour, nor the stock keeper, nor a clerk of another community, nor one whose role has ended."""
    await town.stock(洗衣液=1)
    await town.give(town.wang, 100)
    stranger = await enrol(town.book, "李想", "staff")
    await roles.grant(town.book, member=stranger, role="counter", area=ELSEWHERE, by=town.admin, on=ON)
    for by in (town.zhao, town.keeper, stranger):
        with pytest.raises(NotAllowed):
            await redeem(town, "洗衣液", by=by)
    given = (await roles.grants_of(town.book, town.counter, ON))[0]
    await roles.revoke(town.book, grant=given.id, by=town.admin, on=ON)
    with pytest.raises(NotAllowed):
        await redeem(town, "洗衣液")
    assert await left(town, "洗衣液") == 1


async def test_a_thing_costs_what_it_costs_on_the_day(town: Town) -> None:
    """A new price counts from its day on; who asks again for an earlier day gets the earlier answer."""
    await town.stock(洗衣液=9)
    await town.give(town.wang, 100)
    tomorrow = ON + timedelta(days=1)
    item = await town.item("洗衣液")
    first = await redeem(town, "洗衣液", key="k1")
    await prices.set_price(town.book, item, 20, from_on=tomorrow, by=town.keeper, on=ON, key="p1")
    assert (await redeem(town, "洗衣液")).points == 15
    assert (await redeem(town, "洗衣液", on=tomorrow)).points == 20
    again = await redeem(town, "洗衣液", key="k1")
    assert (again.repeated, again.points, again.lines) == (True, 15, first.lines)


async def test_the_earliest_expiry_is_spent_first(town: Town) -> None:
    """30 points: the 12 that end this year go first, then 3 of the others."""
    await town.stock(洗衣液=1)
    await town.give(town.wang, 18, NEXT_YEAR)
    await town.give(town.wang, 12, THIS_YEAR)
    done = await redeem(town, "洗衣液")
    assert (done.before, done.after) == (30, 15)
    assert await points_of(town, town.wang, THIS_YEAR) == 0
    assert await points_of(town, town.wang, NEXT_YEAR) == 15


async def test_expired_points_are_not_spendable(town: Town) -> None:
    """On their last day they are; the day after they are not, whether or not a sweep has run."""
    await town.stock(洗衣液=2)
    await town.give(town.wang, 30, THIS_YEAR)
    assert (await redeem(town, "洗衣液", on=THIS_YEAR)).after == 15
    with pytest.raises(NotEnough) as refused:
        await redeem(town, "洗衣液", on=THIS_YEAR + timedelta(days=1))
    assert refused.value.facts == {"missing": 15}
    assert await points_of(town, town.wang, THIS_YEAR) == 15


@pytest.mark.parametrize("seed", range(4))
async def test_a_balance_is_what_is_left_in_unexpired_points_for_any_order(town: Town, seed: int) -> None:
    """Gifts, spending and passing days in any order, against a list of single points that shares no code with us."""
    chance = random.Random(seed)
    await town.stock(香皂=99)
    soap = 3
    model: list[date] = []
    today = ON
    for _ in range(25):
        today += timedelta(days=chance.randint(0, 40))
        if chance.random() < 0.5:
            until = today + timedelta(days=chance.randint(0, 90))
            points = chance.randint(1, 7)
            await town.give(town.wang, points, until)
            model += [until] * points
        alive = sorted(day for day in model if day >= today)
        quantity = chance.randint(1, 4)
        if len(alive) >= quantity * soap:
            done = await redeem(town, f"香皂x{quantity}", on=today)
            assert (done.before, done.after) == (len(alive), len(alive) - quantity * soap)
            model = alive[quantity * soap :]
        else:
            with pytest.raises(NotEnough) as refused:
                await redeem(town, f"香皂x{quantity}", on=today)
            assert refused.value.facts["missing"] == quantity * soap - len(alive)


async def test_an_honour_costs_nothing_and_is_counted_all_the_same(town: Town) -> None:
    """A flower moves no points, for a member who has none, and leaves the shelf."""
    await town.stock(小红花=2)
    done = await redeem(town, "小红花")
    assert (done.points, done.before, done.after) == (0, 0, 0)
    assert await left(town, "小红花") == 1
    with pytest.raises(OutOfStock, match="小红花只剩 1 份了，不够 2 份"):
        await redeem(town, "小红花x2")


async def test_what_was_never_delivered_is_not_there(town: Town) -> None:
    """Neither goods nor services are handed out of nothing."""
    await town.give(town.wang, 100)
    with pytest.raises(SoldOut):
        await redeem(town, "理发一次")
    assert await points_of(town, town.wang, NEXT_YEAR) == 100


async def test_a_refused_basket_leaves_nothing_behind(town: Town) -> None:
    """One thing of it is missing: no line of it happens, and no row, snapshot or reference remains; the key is free."""
    await town.stock(洗衣液=1)
    await town.give(town.wang, 100)
    with pytest.raises(SoldOut, match="香皂"):
        await redeem(town, "洗衣液", "香皂", key="k1")
    assert await left(town, "洗衣液") == 1
    assert await Redemption.all().using_db(town.book.reader).count() == 0
    assert (await redeem(town, "洗衣液", key="k1")).after == 85


@pytest.mark.parametrize("key", ["", "a/b", "k" * 41, "键", "a b", "k\n"])
async def test_a_key_from_outside_cannot_bend_the_reference(town: Town, key: str) -> None:
    """Only letters, digits, - and _ are a key."""
    with pytest.raises(BadKey):
        await counter.redeem(
            town.book,
            town.shop,
            town.wang,
            baskets.of({1: 1}),
            by=town.counter,
            key=key,
            on=ON,
            found_by="card",
        )


async def test_what_does_not_exist_is_said(town: Town) -> None:
    """An unknown member or item, a day before there were prices, a shop not open yet: each has its sentence."""
    await town.stock(洗衣液=1)
    with pytest.raises(UnknownCustomer, match="V-999999"):
        await redeem(town, "洗衣液", member="V-999999")
    with pytest.raises(UnknownItem):
        await counter.redeem(
            town.book,
            town.shop,
            town.wang,
            baskets.of({99: 1}),
            by=town.counter,
            key="k1",
            on=ON,
            found_by="card",
        )
    with pytest.raises(NoPrice, match="2019-01-04"):
        await redeem(town, "洗衣液", on=ON - timedelta(days=1))
    later = await shops.open_shop(
        town.book, "二号驿站", area=COMMUNITY, hours="", by=town.admin, on=ON + timedelta(days=9)
    )
    with pytest.raises(ShopNotOpen, match="2019-01-14"):
        await counter.redeem(
            town.book,
            later,
            town.wang,
            baskets.of({7: 1}),
            by=town.counter,
            key="k1",
            on=ON,
            found_by="card",
        )


REFUSED_AT_THE_COUNTER = (
    *(MarketError, NoPrice, OutOfStock, SoldOut, NotEnough, PartsChanged, OwnRedemption, HouseholdRedemption),
    *(ShopNotOpen, ShopClosed, UnknownCustomer, LimitReached, NotForThem, BadKey),
    *(BadBasket, *BadBasket.__subclasses__()),
)


def test_every_refusal_of_the_counter_says_that_no_points_were_taken() -> None:
    """Whoever stands at the counter first wants to know that."""
    silent = [
        kind.__name__
        for kind in REFUSED_AT_THE_COUNTER
        if "没有扣" not in kind().template and "什么都没有记" not in kind().template
    ]
    assert silent == []


def test_every_refusal_of_the_market_says_what_is_safe() -> None:
    """That nothing was done, what did not happen, or what can no longer be done: nobody is left to guess."""
    kinds = [MarketError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    assert len(kinds) > 60
    assert [kind.__name__ for kind in kinds if not re.search("没有|不能|退回", kind().template)] == []
