"""Changing shops: closing and opening them again, single days, pressing twice, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ledger.errors import ReferenceConflict
from ledger.transactions import Posting
from points import chart
from points.evidence import acts
from points.keys import new_key
from points.market import baskets, counter, opening_hours, shop_acts, shop_changes, shops
from points.market.errors import BadHours, BadName, BadShop, GoodsHeld, ShopClosed
from points.people.errors import NotAllowed
from tests.points.market.conftest import COMMUNITY, ON, Town

pytestmark = pytest.mark.anyio
WEEK = opening_hours.of_days(["9:00-16:00"] * 5 + ["", ""])


async def test_a_closed_shop_serves_nobody_and_is_near_nobody_until_it_opens_again(town: Town) -> None:
    """What stands there stays; before it closed, it was open."""
    await town.stock(香皂=2)
    await town.give(town.wang, 20)
    later = date(2019, 2, 1)
    await shop_acts.close(town.book, town.shop, by=town.admin, on=later, key="c")
    assert await shops.near(town.book, COMMUNITY) == []
    with pytest.raises(ShopClosed):
        await counter.require_served(town.book, town.shop, town.wang, by=town.counter, on=later)
    await counter.require_served(town.book, town.shop, town.wang, by=town.counter, on=ON)
    state = (await shops.standing(town.book, town.shop)).state(datetime(2019, 2, 4, 10, tzinfo=UTC))
    assert state is not None
    assert not state.open
    await shop_acts.reopen(town.book, town.shop, by=town.admin, on=later, key="d")
    done = await counter.redeem(
        town.book,
        town.shop,
        town.wang,
        baskets.of({1: 1}),
        by=town.counter,
        key="k",
        on=later,
        found_by="card",
    )
    assert done.points == 3


async def test_a_shop_that_holds_something_for_somebody_is_not_closed(town: Town) -> None:
    """First they fetch it, or it is cancelled."""
    await town.stock(香皂=2)
    draft = acts.draft(town.book, "hold/1", ("hold", "1"), {"n": "1"})
    held = Posting(chart.stock(1), "shop/1/held", 1, chart.item(1))
    await town.book.journal.post(replace(draft, kind="hold", postings=(held,)))
    with pytest.raises(GoodsHeld) as refusal:
        await shop_acts.close(town.book, town.shop, by=town.admin, on=ON, key="c")
    assert refusal.value.facts == {"held": 1}


async def test_single_days_differ_and_go_back_to_the_week(town: Town) -> None:
    """Closed on a holiday, open on a Saturday, and as usual again; what is over is not changed."""
    await shop_acts.set_hours(town.book, town.shop, WEEK, by=town.admin, on=ON, key="w")
    holiday, saturday = date(2019, 2, 5), date(2019, 2, 2)
    spans = opening_hours.spans_of("9:00-12:00")
    await shop_acts.set_day(town.book, town.shop, holiday, (), by=town.counter, on=ON, key="a")
    await shop_acts.set_day(town.book, town.shop, saturday, spans, by=town.counter, on=ON, key="b")
    assert (await shops.standing(town.book, town.shop)).days == {holiday: (), saturday: (("09:00", "12:00"),)}
    await shop_acts.set_day(town.book, town.shop, holiday, None, by=town.counter, on=ON, key="c")
    assert (await shops.standing(town.book, town.shop)).days == {saturday: (("09:00", "12:00"),)}
    with pytest.raises(BadHours):
        await shop_acts.set_day(town.book, town.shop, date(2019, 1, 4), (), by=town.counter, on=ON, key="d")


async def test_pressing_twice_changes_a_shop_once(town: Town) -> None:
    """The same key, and the same word under another, write nothing more; another word under the key is refused."""
    for key in ("a", "a", "b"):
        await shop_acts.rename(town.book, town.shop, "桃园驿站", by=town.admin, on=ON, key=key)
    assert len(await shop_changes.history(town.book, 1)) == 1
    with pytest.raises(ReferenceConflict):
        await shop_acts.rename(town.book, town.shop, "桃林驿站", by=town.admin, on=ON, key="a")


async def test_who_may_change_a_shop(town: Town) -> None:
    """Its name and whether it is open an admin of its area; its hours the counter too. No name is no name."""
    with pytest.raises(NotAllowed):
        await shop_acts.rename(town.book, town.shop, "驿站", by=town.counter, on=ON, key=new_key())
    with pytest.raises(NotAllowed):
        await shop_acts.close(town.book, town.shop, by=town.counter, on=ON, key=new_key())
    with pytest.raises(NotAllowed):
        await shop_acts.set_hours(town.book, town.shop, WEEK, by=town.keeper, on=ON, key=new_key())
    with pytest.raises(BadName):
        await shop_acts.rename(town.book, town.shop, " ", by=town.admin, on=ON, key=new_key())
    with pytest.raises(BadShop):
        await shop_acts.turn_into(town.book, town.shop, "kiosk", by=town.admin, on=ON, key=new_key())
