"""Shops: opened by an act under the next number, found near an area."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from points.market import shops
from points.market.errors import BadName, NameTaken, UnknownShop
from points.people.errors import NotAllowed
from tests.points.market.conftest import COMMUNITY, DISTRICT, ELSEWHERE, ON, STREET, Town
from tests.points.market.restored import restored

pytestmark = pytest.mark.anyio


async def test_a_shop_is_opened_by_an_act_that_the_ledger_knows(town: Town) -> None:
    """Its number is in the reference; opening it again is the same shop."""
    rows = await town.book.reader.execute_query_dict(
        "SELECT kind FROM ledger_transaction WHERE reference = ?", ["shop/1"]
    )
    assert rows == [{"kind": "act"}]
    again = await shops.open_shop(
        town.book, town.shop.name, area=COMMUNITY, hours=town.shop.hours, by=town.admin, on=ON
    )
    assert again.number == town.shop.number == 1
    assert len(await shops.all_shops(town.book)) == 1


async def test_ten_shops_opened_at_once_get_ten_numbers(town: Town) -> None:
    """Nobody's number is given twice."""
    opened = await asyncio.gather(
        *(
            shops.open_shop(town.book, f"驿站{n}", area=COMMUNITY, hours="", by=town.admin, on=ON)
            for n in range(10)
        )
    )
    assert sorted(shop.number for shop in opened) == list(range(2, 12))
    assert {shop.number: shop.name for shop in opened} == {
        shop.number: shop.name for shop in (await shops.all_shops(town.book))[1:]
    }


async def test_a_name_belongs_to_one_shop(town: Town) -> None:
    """The same name elsewhere is refused, and so is no name."""
    with pytest.raises(NameTaken):
        await shops.open_shop(town.book, town.shop.name, area=ELSEWHERE, hours="", by=town.admin, on=ON)
    for name in ("", " 驿站", "驿\n站"):
        with pytest.raises(BadName):
            await shops.open_shop(town.book, name, area=COMMUNITY, hours="", by=town.admin, on=ON)


async def test_only_an_admin_of_the_area_opens_a_shop(town: Town) -> None:
    """Not the counter, not the stock keeper."""
    for by in (town.counter, town.keeper, town.zhao):
        with pytest.raises(NotAllowed):
            await shops.open_shop(town.book, "驿站", area=COMMUNITY, hours="", by=by, on=ON)


async def test_people_find_the_shops_in_below_and_above_their_area(town: Town) -> None:
    """A community sees its own and its street's, the street sees all below it, a neighbour's shop is not near."""
    for name, area in (("街道驿站", STREET), ("和平超市", ELSEWHERE)):
        await shops.open_shop(town.book, name, area=area, hours="", by=town.admin, on=ON)
    found = {
        area: [shop.number for shop in await shops.near(town.book, area)]
        for area in (COMMUNITY, ELSEWHERE, STREET, DISTRICT, "999999999999")
    }
    assert found == {
        COMMUNITY: [1, 2],
        ELSEWHERE: [2, 3],
        STREET: [1, 2, 3],
        DISTRICT: [1, 2, 3],
        "999999999999": [],
    }


async def test_the_shelf_is_what_the_ledger_says(town: Town) -> None:
    """Deliveries add up; an item that never came is not on it; another shop's shelf is its own."""
    other = await shops.open_shop(town.book, "二号驿站", area=COMMUNITY, hours="", by=town.admin, on=ON)
    await town.stock(洗衣液=2, 香皂=1)
    await town.stock(洗衣液=3)
    soap, liquid = (await town.item("香皂")).number, (await town.item("洗衣液")).number
    assert await shops.stock(town.book, town.shop) == {soap: 1, liquid: 5}
    assert await shops.stocks(town.book, [town.shop, other]) == {1: {soap: 1, liquid: 5}, 2: {}}


async def test_an_unknown_shop_is_said(town: Town) -> None:
    """By its number."""
    assert (await shops.find(town.book, 1)).name == town.shop.name
    with pytest.raises(UnknownShop, match="第 9 号"):
        await shops.find(town.book, 9)


async def test_a_shop_whose_row_is_lost_has_its_number_again(town: Town, tmp_path: Path) -> None:
    """Restored from its texts, a book has what stood in shop 1 and no shop. Opened in the same words it is shop 1 again
    with its shelf; another is opened under the next number; one that was lost comes back by paper, under its own."""
    second = await shops.open_shop(town.book, "二号驿站", area=COMMUNITY, hours="", by=town.admin, on=ON)
    await town.stock(香皂=5)
    async with restored(town, tmp_path) as book:
        asked = {"area": COMMUNITY, "hours": town.shop.hours, "by": town.admin, "on": ON}
        other = await shops.open_shop(book, "三号驿站", **asked)  # type: ignore[arg-type]
        first = await shops.open_shop(book, town.shop.name, **asked)  # type: ignore[arg-type]
        assert (first.number, other.number) == (1, 3)
        assert await shops.stock(book, first) == {1: 5}
        with pytest.raises(UnknownShop):
            await shops.put_back(book, 4, "四号", **asked)  # type: ignore[arg-type]
        for _ in range(2):
            back = await shops.put_back(book, 2, "二号驿站", **asked)  # type: ignore[arg-type]
            assert (back.number, back.name) == (second.number, second.name)
