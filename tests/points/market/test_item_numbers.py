"""Numbers of items in a book that lost the rows of some: nobody waits for ever, and no number is given twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from points.market import catalogue_files, item_numbers, items, prices
from points.market.catalogue_files import Entry
from tests.points.market.conftest import ON, Town
from tests.points.market.restored import restored

pytestmark = pytest.mark.anyio
KITE = Entry("风筝", "Kite", "goods", 900, 9)
TOP = Entry("陀螺", "Spinning top", "goods", 300, 3)


async def test_items_whose_rows_are_lost_have_their_numbers_again(town: Town, tmp_path: Path) -> None:
    """Restored from its texts, a book knows 22 items and has a row of none. The default catalogue in the same words is
    items 1 to 21 again, an item of its own is 22 again, with its price; a new one is 23. It used to be Busy for ever.
    """
    kite = await items.add(town.book, KITE, by=town.keeper, on=ON)
    async with restored(town, tmp_path) as book:
        top = await items.add(book, TOP, by=town.keeper, on=ON)
        again = await items.add(book, KITE, by=town.keeper, on=ON)
        assert (kite.number, again.number, again.name, top.number) == (22, 22, "风筝", 23)
        assert (await prices.price_on(book, again, ON)).points == 9
        back = await items.install(book, catalogue_files.default(), by="system", on=ON)
        assert [item.number for item in back] == list(range(1, 22))
        assert await item_numbers.free(book, range(1, 24)) == [24]


async def test_a_number_that_stands_on_a_shelf_is_not_given_to_another_thing(
    town: Town, tmp_path: Path
) -> None:
    """Of an entry that gave 21 numbers nothing is left but its first; what came in of the last one says that it was
    given."""
    (last,) = [item for item in await items.all_items(town.book) if item.number == 21]
    await town.stock(**{last.name: 1})
    async with restored(town, tmp_path) as book:
        assert await item_numbers.free(book, []) == [1, 22]
        assert (await items.add(book, TOP, by=town.keeper, on=ON)).number == 22
