"""Alliances: who belongs together, who says so, and what their people find."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from points.market import alliances, catalogue, shops
from points.market.alliances import Membership
from points.market.allied_errors import BadAlliance, OutsideAlliance, UnknownAlliance
from points.market.errors import NameTaken, UnknownShop
from points.people import areas
from points.people.errors import NotAllowed
from tests.points.market.allied import HAIRCUT, Allied
from tests.points.market.conftest import COMMUNITY, ELSEWHERE, STREET


@pytest.mark.anyio
async def test_people_of_an_alliance_find_its_shops(allied: Allied) -> None:
    """王秀兰 sees the barber of the other community, until her community leaves; and again once it is back."""

    async def seen() -> list[str]:
        return [shop.name for shop in await shops.near(allied.book, COMMUNITY)]

    assert await seen() == ["桃园道德积分超市", "老周理发"]
    mine = await catalogue.for_member(allied.book, allied.town.wang, allied.today)
    assert HAIRCUT in [offer.name for offer in mine.now]
    await allied.leave(COMMUNITY)
    assert await seen() == ["桃园道德积分超市"]
    back = {"kind": "community", "who": COMMUNITY, "by": allied.town.admin, "on": allied.today}
    again = await alliances.join(allied.book, allied.alliance, **back)
    assert await alliances.join(allied.book, allied.alliance, **back) == again
    assert await seen() == ["桃园道德积分超市", "老周理发"]


@pytest.mark.anyio
async def test_an_alliance_is_founded_once_and_takes_in_what_lies_in_its_area(allied: Allied) -> None:
    """Only its admins say who belongs to it, and nobody brings in what others answer for."""
    book, town, today = allied.book, allied.town, allied.today
    asked = {"kind": "demonstration", "area": COMMUNITY, "by": town.admin, "on": today}
    one = await alliances.found(book, "桃园示范点", **asked)
    assert (await alliances.found(book, "桃园示范点", **asked)).number == one.number
    with pytest.raises(NameTaken):
        await alliances.found(book, "桃园示范点", **asked | {"area": STREET})
    with pytest.raises(BadAlliance):
        await alliances.found(book, "别的", **asked | {"kind": "club"})
    with pytest.raises(NotAllowed):
        await alliances.found(book, "别的", **asked | {"by": town.keeper})
    joins = {"by": town.admin, "on": today}
    for kind, who, error in (
        ("community", ELSEWHERE, OutsideAlliance),
        ("shop", str(allied.barber.number), OutsideAlliance),
        ("shop", "99", UnknownShop),
    ):
        with pytest.raises(error):
            await alliances.join(book, one.number, kind=kind, who=who, **joins)
    with pytest.raises(OutsideAlliance):
        await alliances.join(book, allied.alliance, kind="community", who=STREET, **joins)
    with pytest.raises(UnknownAlliance):
        await alliances.join(book, 99, kind="community", who=COMMUNITY, **joins)
    with pytest.raises(NotAllowed):
        await alliances.join(book, one.number, kind="community", who=COMMUNITY, by=town.keeper, on=today)


@pytest.mark.parametrize(
    ("on", "left_on", "holds"),
    [
        (date(2019, 1, 4), None, False),
        (date(2019, 1, 5), None, True),
        (date(2019, 1, 31), "2019-02-01", True),
        (date(2019, 2, 1), "2019-02-01", False),
        (date(2019, 1, 5), "2019-01-05", False),
    ],
)
def test_it_belongs_from_the_day_it_joined_until_the_day_it_left(
    on: date, left_on: str | None, holds: bool
) -> None:
    """The first day is in, the day it left is out; who leaves on the day of joining never belonged."""
    assert Membership("m", 1, "shop", "3", "2019-01-05", left_on).holds(on) is holds


@pytest.mark.anyio
async def test_a_shop_and_its_people_find_each_other_until_one_leaves(allied: Allied) -> None:
    """Asked from either side, on any day; who has left is left out from that day on and not before."""
    book, number = allied.book, allied.barber.number
    home, around = [await areas.path(book, code) for code in (COMMUNITY, ELSEWHERE)]
    tomorrow, later = [allied.today + timedelta(days=days) for days in (1, 2)]
    keys = {each.who: each.id for each in await alliances.members(book, allied.alliance)}
    for who, on in ((COMMUNITY, tomorrow), (str(number), later)):
        await alliances.leave(book, keys[who], by=allied.town.admin, on=on)
    assert await alliances.shops_for(book, home, allied.today) == {number}
    assert await alliances.communities_for(book, number, allied.today) == {COMMUNITY, ELSEWHERE}
    assert await alliances.shops_for(book, home, tomorrow) == set()
    assert await alliances.communities_for(book, number, tomorrow) == {ELSEWHERE}
    assert await alliances.shops_for(book, around, tomorrow) == {number}
    assert await alliances.shops_for(book, around, later) == set()
    assert await alliances.communities_for(book, number, later) == set()
    assert await alliances.communities_for(book, allied.town.shop.number, allied.today) == set()


@pytest.mark.anyio
async def test_only_its_admins_let_leave_and_the_first_day_stays(allied: Allied) -> None:
    """Leaving twice is once; a membership that is none is said."""
    book = allied.book
    (mine,) = [each for each in await alliances.members(book, allied.alliance) if each.who == COMMUNITY]
    with pytest.raises(NotAllowed):
        await alliances.leave(book, mine.id, by=allied.town.keeper, on=allied.today)
    for days in (0, 9):
        on = allied.today + timedelta(days=days)
        await alliances.leave(book, mine.id, by=allied.town.admin, on=on)
    left = {each.who: each.left_on for each in await alliances.members(book, allied.alliance)}
    assert left[COMMUNITY] == allied.today.isoformat()
    for key in ("nobody", "x" * 40):
        with pytest.raises(UnknownAlliance):
            await alliances.leave(book, key, by=allied.town.admin, on=allied.today)
