"""Merchants: whom they serve, and who works at their tills."""

from __future__ import annotations

import pytest

from points.market import counter, merchants, shops
from points.market.allied_errors import (
    NotMerchant,
)
from points.market.errors import OwnRedemption, WrongShop
from points.people import roles
from points.people.errors import NotAllowed
from tests.points.market.allied import Allied
from tests.points.market.conftest import COMMUNITY, ELSEWHERE

pytestmark = pytest.mark.anyio


async def test_a_merchant_serves_its_neighbours_and_its_alliance_alone(allied: Allied) -> None:
    """Whoever lives there stays welcome; who is in no alliance with it is told so, and nothing moves."""
    await allied.cut(member=allied.liu)
    await allied.cut()
    await allied.leave(COMMUNITY)
    with pytest.raises(WrongShop):
        await allied.cut()
    await allied.cut(member=allied.liu)


async def test_a_communitys_own_shop_serves_everybody_of_the_district(allied: Allied) -> None:
    """Points are worth the same everywhere: what was spent away from home is netted, not refused."""
    await allied.town.stock(香皂=1)
    await counter.require_served(
        allied.book, allied.town.shop, allied.liu, by=allied.town.counter, on=allied.today
    )
    assert [s.name for s in await shops.near(allied.book, ELSEWHERE)] == ["老周理发"]


async def test_a_merchants_till_is_its_own_peoples(allied: Allied) -> None:
    """Neither the counter staff of the area nor an admin serves there; and who works there serves nowhere else."""
    book, town = allied.book, allied.town
    for by in (town.counter, town.admin):
        with pytest.raises(NotAllowed):
            await allied.cut(by=by)
    with pytest.raises(NotAllowed):
        await counter.require_served(book, town.shop, town.wang, by=allied.zhou, on=allied.today)
    await town.give(allied.zhou, 20, until=allied.today)
    with pytest.raises(OwnRedemption):
        await allied.cut(member=allied.zhou)


async def test_who_is_appointed_once_works_there_until_the_role_is_taken(allied: Allied) -> None:
    """One grant, whoever asks again; the role taken back closes the till; the bare role opens none."""
    book, admin, today = allied.book, allied.town.admin, allied.today
    first = await merchants.appoint(book, allied.barber, allied.zhou, by=admin, on=today)
    assert await merchants.appoint(book, allied.barber, allied.zhou, by=admin, on=today) == first
    assert [one.member for one in await merchants.staff(book, allied.barber, today)] == [allied.zhou]
    await roles.revoke(book, grant=first.id, by=admin, on=today)
    with pytest.raises(NotAllowed):
        await allied.cut()
    await roles.grant(book, member=allied.zhou, role="merchant", area=ELSEWHERE, by=admin, on=today)
    with pytest.raises(NotAllowed):
        await allied.cut()
    with pytest.raises(NotMerchant):
        await merchants.appoint(book, allied.town.shop, allied.zhou, by=admin, on=today)
    with pytest.raises(NotAllowed):
        await merchants.appoint(book, allied.barber, allied.liu, by=allied.keeper, on=today)
