"""The catalogue's items: each name once, each number once, found by either."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from points.market import catalogue_files, items, prices
from points.market.catalogue_files import Entry
from points.market.errors import BadCatalogue, MistakenItem, NameTaken, UnknownItem
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio

TEA = Entry("茶叶", "Tea", "goods", 1800, 18)


async def test_a_new_book_has_the_default_catalogue_once(town: Town) -> None:
    """Installing it again adds nothing and gives the same numbers."""
    before = await items.all_items(town.book)
    again = await items.install(town.book, catalogue_files.default(), by="system", on=ON)
    assert [item.number for item in again] == [item.number for item in before] == list(range(1, 22))


async def test_an_item_gets_the_next_number_and_its_first_price(town: Town) -> None:
    """Adding it again gives the same item."""
    item = await items.add(town.book, TEA, by=town.keeper, on=ON)
    assert (item.number, item.name, item.kind, item.cost_fen) == (22, "茶叶", "goods", 1800)
    assert (await prices.price_on(town.book, item, ON)).points == 18
    assert (await items.add(town.book, TEA, by=town.keeper, on=ON)).number == 22


async def test_twenty_items_added_at_once_get_twenty_numbers(town: Town) -> None:
    """Whoever lost a number to somebody else takes the next."""
    entries = [replace(TEA, name=f"茶叶{n}") for n in range(10)] * 2
    added = await asyncio.gather(*(items.add(town.book, entry, by=town.keeper, on=ON) for entry in entries))
    assert sorted({item.number for item in added}) == list(range(22, 32))
    assert all(item.name == entry.name for item, entry in zip(added, entries, strict=True))


async def test_a_name_belongs_to_one_thing(town: Town) -> None:
    """The same name with another cost, or only spelled with a space, is refused."""
    with pytest.raises(NameTaken, match="第 7 号"):
        await items.add(
            town.book, Entry("洗衣液", "Washing powder", "goods", 1500, 15), by=town.keeper, on=ON
        )
    with pytest.raises(NameTaken, match="第 7 号"):
        await items.add(town.book, Entry("洗 衣液", "Laundry", "goods", 1, 1), by=town.keeper, on=ON)


@pytest.mark.parametrize(
    "entry",
    [
        replace(TEA, name=""),
        replace(TEA, name="茶\n叶"),
        replace(TEA, name="茶" * 61),
        replace(TEA, kind="money"),
        replace(TEA, points=-1),
        replace(TEA, cost_fen=-1),
    ],
)
async def test_an_item_that_makes_no_sense_is_refused(town: Town, entry: Entry) -> None:
    """And nothing is added."""
    with pytest.raises(BadCatalogue):
        await items.add(town.book, entry, by=town.keeper, on=ON)
    assert len(await items.all_items(town.book)) == 21


async def test_only_the_stock_keeper_adds_items(town: Town) -> None:
    """The counter sells, and does not decide what there is."""
    for by in (town.counter, town.wang, town.admin):
        with pytest.raises(NotAllowed):
            await items.add(town.book, TEA, by=by, on=ON)


async def test_an_item_is_found_by_name_or_number(town: Town) -> None:
    """In both languages; a name that is nearly right is answered with the right ones."""
    for text in ("洗衣液", "laundry Liquid", "7", "７"):
        assert (await items.find(town.book, text)).number == 7
    with pytest.raises(MistakenItem, match="大米 5kg"):
        await items.find(town.book, "大米")
    with pytest.raises(UnknownItem):
        await items.find(town.book, "70")
