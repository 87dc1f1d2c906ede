"""What becomes of shops: each word is a row, the latest counts, and readers ask one place."""

from __future__ import annotations

import pytest

from points.market import opening_hours, shop_acts, shop_changes, shops
from points.market.errors import BadShop, NameTaken
from tests.points.market.conftest import COMMUNITY, ON, Town

pytestmark = pytest.mark.anyio
WEEK = opening_hours.of_days(["9:00-16:00"] * 5 + ["", ""])


async def test_a_shop_is_found_as_it_is_today(town: Town) -> None:
    """Another name, another kind, other hours: found so by everybody who asks, and the old name is not given away."""
    await shop_acts.rename(town.book, town.shop, "桃园驿站", by=town.admin, on=ON, key="a")
    await shop_acts.turn_into(town.book, town.shop, "unmanned", by=town.admin, on=ON, key="b")
    await shop_acts.set_hours(town.book, town.shop, WEEK, by=town.counter, on=ON, key="c")
    for found in (
        await shops.find(town.book, 1),
        *await shops.all_shops(town.book),
        *await shops.near(town.book, COMMUNITY),
    ):
        assert (found.name, found.hours) == ("桃园驿站", "周一至周五 9:00–16:00")
        standing = await shops.standing(town.book, found)
        assert (standing.kind, standing.week) == ("unmanned", WEEK)
    with pytest.raises(NameTaken):
        await shops.open_shop(town.book, "桃园道德积分超市", area=COMMUNITY, hours="", by=town.admin, on=ON)
    await shop_acts.rename(town.book, town.shop, "桃园道德积分超市", by=town.admin, on=ON, key="d")
    assert (await shops.find(town.book, 1)).name == "桃园道德积分超市"
    assert [row.what for row in await shop_changes.history(town.book, 1)] == ["name", "hours", "kind", "name"]


async def test_a_shop_is_opened_as_what_it_is(town: Town) -> None:
    """An unmanned station from its first day; asked for as something else it is another shop's name."""
    asked = {"area": COMMUNITY, "hours": "每天 0:00–24:00", "by": town.admin, "on": ON}
    there = await shops.open_shop(town.book, "南门无人站", kind="unmanned", **asked)  # type: ignore[arg-type]
    again = await shops.open_shop(town.book, "南门无人站", kind="unmanned", **asked)  # type: ignore[arg-type]
    assert (await shops.standing(town.book, there)).kind == "unmanned"
    assert again.number == there.number
    with pytest.raises(NameTaken):
        await shops.open_shop(town.book, "南门无人站", **asked)  # type: ignore[arg-type]
    with pytest.raises(BadShop):
        await shops.open_shop(town.book, "北门", kind="kiosk", **asked)  # type: ignore[arg-type]
