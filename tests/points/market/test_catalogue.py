"""What a member can have now, what is a few points away, and what ran out."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.keys import new_key
from points.market import (
    baskets,
    catalogue,
    counter,
    deliveries,
    shops,
    terms,
)
from points.market.catalogue import Offer
from points.market.errors import UnknownCustomer
from points.market.limits import Left
from points.market.terms import Audience, Limit
from tests.points.market.conftest import COMMUNITY, ELSEWHERE, ON, THIS_YEAR, Town
from tests.points.market.counting import statements_during

pytestmark = pytest.mark.anyio


async def test_a_member_sees_what_they_can_have_and_what_is_missing(town: Town) -> None:
    """王秀兰 has 18 points: soap and the last laundry liquid are hers to choose, an umbrella is 2 points away."""
    await town.give(town.wang, 18)
    await town.stock(香皂=5, 洗衣液=1, 雨伞=2, 电饭煲=1)
    seen = await catalogue.for_member(town.book, town.wang, ON)
    assert seen.spendable == 18
    assert [(offer.name, offer.points, offer.left, offer.missing) for offer in seen.offers] == [
        ("香皂", 3, 5, 0),
        ("洗衣液", 15, 1, 0),
        ("雨伞", 20, 2, 2),
        ("电饭煲", 120, 1, 102),
    ]
    assert [offer.name for offer in seen.now] == ["香皂", "洗衣液"]
    assert seen.next is not None
    assert (seen.next.name, seen.next.missing) == ("雨伞", 2)


async def test_what_ran_out_stays_in_sight_and_cannot_be_had(town: Town) -> None:
    """With 0 left; what the shop never kept is not shown."""
    await town.give(town.wang, 100)
    await town.stock(洗衣液=1)
    await counter.redeem(
        town.book, town.shop, town.wang, baskets.of({7: 1}), by=town.counter, key="k", on=ON, found_by="card"
    )
    seen = await catalogue.for_member(town.book, town.wang, ON)
    assert [(offer.name, offer.left, offer.can_be_had) for offer in seen.offers] == [("洗衣液", 0, False)]
    assert (seen.now, seen.next) == ([], None)


async def test_only_shops_near_the_member_count(town: Town) -> None:
    """Both shops of the community, each with its own stock, and not the shop of another."""
    await town.stock(洗衣液=1)
    for name, area, quantity in (("二号驿站", COMMUNITY, 4), ("和平超市", ELSEWHERE, 9)):
        shop = await shops.open_shop(town.book, name, area=area, hours="", by=town.admin, on=ON)
        await deliveries.receive(
            town.book, shop, {7: quantity}, document="1", by=town.keeper, on=ON, key=new_key()
        )
    (offer,) = (await catalogue.for_member(town.book, town.wang, ON)).offers
    assert [(stand.name, stand.left) for stand in offer.stands] == [("桃园道德积分超市", 1), ("二号驿站", 4)]
    assert offer.left == 5


async def test_points_that_expired_do_not_count(town: Town) -> None:
    """The day after their last day the same soap is out of reach."""
    await town.give(town.wang, 18, THIS_YEAR)
    await town.stock(香皂=1)
    assert (await catalogue.for_member(town.book, town.wang, THIS_YEAR)).spendable == 18
    seen = await catalogue.for_member(town.book, town.wang, THIS_YEAR + timedelta(days=1))
    assert (seen.spendable, seen.offers[0].missing) == (0, 3)


async def test_the_counter_sees_its_own_shelf(town: Town) -> None:
    """For the points of the person in front of it."""
    await town.stock(香皂=1, 雨伞=1)
    offers = await catalogue.of_shop(town.book, town.shop, ON, spendable=10)
    assert [(offer.name, offer.missing) for offer in offers] == [("香皂", 0), ("雨伞", 10)]


async def test_the_catalogue_takes_the_same_number_of_statements_however_much_there_is(town: Town) -> None:
    """One shop with one item, or five shops with the whole catalogue."""
    await town.stock(香皂=1)
    async with statements_during(town.book) as few:
        await catalogue.for_member(town.book, town.wang, ON)
    for n in range(4):
        shop = await shops.open_shop(town.book, f"驿站{n}", area=COMMUNITY, hours="", by=town.admin, on=ON)
        goods = dict.fromkeys(range(1, 22), 3)
        await deliveries.receive(town.book, shop, goods, document="1", by=town.keeper, on=ON, key=new_key())
    async with statements_during(town.book) as many:
        seen = await catalogue.for_member(town.book, town.wang, ON)
    assert len(seen.offers) == 21
    assert len(many) == len(few) <= 20


async def test_an_unknown_member_is_said(town: Town) -> None:
    """Not an empty catalogue."""
    with pytest.raises(UnknownCustomer):
        await catalogue.for_member(town.book, "V-999999", ON)


async def test_a_stranger_sees_prices_and_shelves(town: Town) -> None:
    """Without points of their own everything is its whole price away; one shop can be chosen."""
    await town.stock(香皂=2)
    shop = await shops.open_shop(town.book, "二号驿站", area=COMMUNITY, hours="", by=town.admin, on=ON)
    (offer,) = (await catalogue.for_visitor(town.book, ON)).offers
    assert (offer.name, offer.points, offer.missing, offer.left) == ("香皂", 3, 3, 2)
    assert (await catalogue.for_visitor(town.book, ON, shop=shop)).offers == ()


async def test_a_limit_is_said_with_what_is_left_of_it(town: Town) -> None:
    """Two a month: two are left, then one, then none, and then it cannot be had though the points are there."""
    await terms.set_limit(
        town.book, await town.item("香皂"), of="member", per="month", most=2, by=town.keeper, on=ON, key="l"
    )
    day = ON + timedelta(days=1)
    await town.stock(香皂=5)
    await town.give(town.wang, 20)
    told = []
    for key in ("a", "b", "c"):
        (offer,) = (await catalogue.for_member(town.book, town.wang, day)).offers
        told.append((offer.limits[0].left, offer.can_be_had, offer.spent is not None))
        if key != "c":
            await counter.redeem(
                town.book,
                town.shop,
                town.wang,
                baskets.of({1: 1}),
                by=town.counter,
                key=key,
                on=day,
                found_by="card",
            )
    assert told == [(2, True, False), (1, True, False), (0, False, True)]
    (stranger,) = (await catalogue.for_visitor(town.book, day)).offers
    assert stranger.limits[0].left == 2


async def test_what_is_not_for_somebody_says_why_and_is_no_goal(town: Town) -> None:
    """It stays in sight; the nearest reward is another."""
    who = Audience(kinds=("resident",))
    await terms.set_audience(town.book, await town.item("洗衣液"), who, by=town.keeper, on=ON, key="a")
    await town.stock(洗衣液=1, 雨伞=1)
    seen = await catalogue.for_member(town.book, town.wang, ON)
    assert [(offer.name, offer.why) for offer in seen.offers] == [
        ("洗衣液", "只给定好的几类成员换"),
        ("雨伞", ""),
    ]
    assert seen.next is not None
    assert seen.next.name == "雨伞"


def test_of_two_limits_the_longer_says_when_there_is_more() -> None:
    """Used up for the day and for the month: tomorrow would not help."""
    used = tuple(Left(Limit(1, "member", per, 2), 0) for per in ("month", "day"))
    offer = Offer(1, "香皂", "Soap", "goods", 3, 0, (), limits=used)
    assert offer.spent == used[0]
