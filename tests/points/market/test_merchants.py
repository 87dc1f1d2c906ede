"""Merchants and alliances: who may spend where, who works there, and under which contract."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from ledger.errors import ReferenceConflict
from points.keys import new_key
from points.market import alliances, catalogue, contracts, counter, merchants, shops
from points.market.allied_errors import (
    BadAlliance,
    BadContract,
    NotMerchant,
    OutsideAlliance,
    UnknownAlliance,
)
from points.market.errors import NameTaken, NoContract, OwnRedemption, UnknownShop, WrongShop
from points.people import roles
from points.people.errors import NotAllowed
from tests.points.market.allied import HAIRCUT, Allied, live
from tests.points.market.conftest import COMMUNITY, ELSEWHERE, STREET, Town

pytestmark = pytest.mark.anyio


@pytest.fixture
async def allied(town: Town) -> Allied:
    """The town with its barber."""
    return await live(town)


async def leave(allied: Allied, who: str) -> None:
    """Somebody leaves the alliance."""
    for each in await alliances.members(allied.book, allied.alliance):
        if each.who == who and each.left_on is None:
            await alliances.leave(allied.book, each.id, by=allied.town.admin, on=allied.today)


async def test_people_of_an_alliance_find_its_shops(allied: Allied) -> None:
    """王秀兰 sees the barber of the other community, until her community leaves; and again once it is back."""

    async def seen() -> list[str]:
        return [shop.name for shop in await shops.near(allied.book, COMMUNITY)]

    assert await seen() == ["桃园道德积分超市", "老周理发"]
    mine = await catalogue.for_member(allied.book, allied.town.wang, allied.today)
    assert HAIRCUT in [offer.name for offer in mine.now]
    await leave(allied, COMMUNITY)
    assert await seen() == ["桃园道德积分超市"]
    back = {"kind": "community", "who": COMMUNITY, "by": allied.town.admin, "on": allied.today}
    again = await alliances.join(allied.book, allied.alliance, **back)
    assert await alliances.join(allied.book, allied.alliance, **back) == again
    assert await seen() == ["桃园道德积分超市", "老周理发"]


async def test_a_merchant_serves_its_neighbours_and_its_alliance_alone(allied: Allied) -> None:
    """Whoever lives there stays welcome; who is in no alliance with it is told so, and nothing moves."""
    await allied.cut(member=allied.liu)
    await allied.cut()
    await leave(allied, COMMUNITY)
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


async def test_without_a_contract_nothing_is_handed_over_or_shown(allied: Allied) -> None:
    """Ended today, it hands over nothing from today on; ended twice is once."""
    (agreed,) = await contracts.of_shop(allied.book, allied.barber)
    for _ in range(2):
        await contracts.end(allied.book, agreed.id, by=allied.town.admin, on=allied.today)
    with pytest.raises(NoContract):
        await allied.cut()
    assert allied.barber.number not in [s.number for s in await shops.near(allied.book, COMMUNITY)]


async def test_contracts_do_not_overlap_and_say_what_they_must(allied: Allied) -> None:
    """The same form again is the same contract; another under its key, or in its time, is refused."""
    book, admin, later = allied.book, allied.town.admin, allied.today + timedelta(days=366)
    asked = {"from_on": later, "until_on": later, "sponsor": "unit", "by": admin, "key": "k"}
    first = await contracts.sign(book, allied.barber, **asked)
    assert await contracts.sign(book, allied.barber, **asked) == first
    with pytest.raises(ReferenceConflict):
        await contracts.sign(book, allied.barber, **asked | {"sponsor": "street"})
    wrong = (
        {},
        {"from_on": later + timedelta(days=2), "until_on": later + timedelta(days=1)},
        {"sponsor": "nobody"},
        {"fen": {999: 1}},
        {"fen": {1: -1}},
    )
    for change in wrong:
        with pytest.raises(BadContract):
            await contracts.sign(book, allied.barber, **asked | change | {"key": new_key()})
    with pytest.raises(NotMerchant):
        await contracts.sign(book, allied.town.shop, **asked)
    with pytest.raises(NotAllowed):
        await contracts.sign(book, allied.barber, **asked | {"by": allied.keeper, "key": "x"})


async def test_two_contracts_for_one_time_signed_at_once_are_one(allied: Allied) -> None:
    """Whoever comes second sees the first."""
    later = allied.today + timedelta(days=500)
    asked = {"from_on": later, "until_on": later, "sponsor": "unit", "by": allied.town.admin}
    answers = await asyncio.gather(
        *(contracts.sign(allied.book, allied.barber, **asked, key=key) for key in ("one", "two")),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Agreed", "ContractOverlaps"]


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
