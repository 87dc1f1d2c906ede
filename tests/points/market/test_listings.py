"""What a shop carries: what came, what is on its list before it comes, and not what was struck off."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.market import (
    catalogue,
    item_acts,
    items,
    listings,
    low_stock,
)
from points.market.errors import UnknownItem
from points.people.errors import NotAllowed
from tests.points.market.conftest import ON, Town

pytestmark = pytest.mark.anyio


async def test_what_is_on_the_list_is_in_sight_before_it_comes(town: Town) -> None:
    """With the day of the next delivery; struck off, or taken out of the catalogue, it is out of sight."""
    soap, day = await town.item("香皂"), town.book.today() + timedelta(days=2)
    await listings.carry(town.book, town.shop, {soap.number: True}, by=town.keeper, on=ON, key="a")
    await low_stock.expect(town.book, town.shop, soap.number, day, by=town.keeper, key="e")
    (offer,) = await catalogue.of_shop(town.book, town.shop, ON)
    assert (offer.left, offer.next_on, offer.can_be_had) == (0, day, False)
    for _ in range(2):
        await listings.carry(town.book, town.shop, {soap.number: False}, by=town.keeper, on=ON, key="b")
    assert await catalogue.of_shop(town.book, town.shop, ON) == []
    await listings.carry(town.book, town.shop, {soap.number: True}, by=town.admin, on=ON, key="c")
    await item_acts.take_out(
        town.book, (await items.numbered(town.book, 1))[0], by=town.keeper, on=ON, key="o"
    )
    assert await catalogue.of_shop(town.book, town.shop, ON) == []
    with pytest.raises(UnknownItem):
        await listings.carry(town.book, town.shop, {99: True}, by=town.keeper, on=ON, key="d")
    with pytest.raises(NotAllowed):
        await listings.carry(town.book, town.shop, {1: True}, by=town.counter, on=ON, key="d")


def test_what_came_is_carried_until_it_is_struck_off() -> None:
    """What is on the list stands there with none; what was struck off is not carried, though it stands there."""
    assert listings.carried({1: 5, 2: 0, 3: 4}, {3: False, 4: True, 5: False}) == {1: 5, 2: 0, 4: 0}
