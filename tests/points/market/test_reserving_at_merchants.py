"""Reserved at home, picked up at a merchant's till by its code, and settled once with its month."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger import statements
from points import chart
from points.keys import new_key
from points.market import (
    baskets,
    contracts,
    items,
    lapsing,
    pick_up_codes,
    pick_ups,
    reservations,
    settlements,
    shops,
)
from points.market.allied_errors import NothingToSettle
from points.market.errors import NoContract, SoldOut, WrongShop
from points.market.reservation_records import Reservation
from points.people.errors import NotAllowed
from tests.points.market.allied import HAIRCUT, Allied, Watch
from tests.points.market.conftest import COMMUNITY
from tests.points.market.reserving import SECRET
from tests.points.market.settling import approve, draw

pytestmark = pytest.mark.anyio


async def reserve(allied: Allied, member: str = "", entry: str = HAIRCUT, points: int = 10) -> Reservation:
    """王秀兰 reserves a haircut."""
    basket = baskets.parse([entry], await items.all_items(allied.book))
    row, _ = await reservations.reserve(
        allied.book, allied.barber, member or allied.town.wang, basket,
        points=points, key=new_key(), secret=SECRET,
    )  # fmt: skip
    return row


async def heads(allied: Allied) -> int:
    """How many haircuts are left."""
    return (await shops.stock(allied.book, allied.barber))[(await allied.town.item(HAIRCUT)).number]


async def test_its_code_fetches_it_at_the_merchants_till(allied: Allied) -> None:
    """Only there, and only by who works there."""
    row = await reserve(allied)
    assert await heads(allied) == 9
    code = await pick_up_codes.of(allied.book, row.id, SECRET)
    assert await pick_up_codes.recognise(allied.book, allied.town.shop, code, SECRET) is None
    found = await pick_up_codes.recognise(allied.book, allied.barber, code, SECRET)
    assert found is not None
    with pytest.raises(NotAllowed):
        await pick_ups.hand_over(allied.book, allied.barber, found, by=allied.town.counter, key=new_key())
    done = await pick_ups.hand_over(allied.book, allied.barber, found, by=allied.zhou, key=new_key())
    assert (done.points, done.receipt.repeated) == (10, False)
    assert await statements.balance(allied.book.reader, chart.taken(allied.barber.number)) == 10


async def test_it_is_settled_once_with_the_month_in_which_it_was_fetched(
    allied: Allied, watch: Watch
) -> None:
    """Reserved on the last day of a month, fetched on the first of the next: it is in the second statement alone."""
    watch.next_month(1)
    watch.at -= timedelta(hours=13)
    month, row = allied.month, await reserve(allied)
    await allied.cut()
    watch.at += timedelta(hours=14)
    await pick_ups.hand_over(allied.book, allied.barber, row, by=allied.zhou, key=new_key())
    first = await approve(allied, await draw(allied, month))
    month = allied.month
    watch.next_month()
    second = await approve(allied, await draw(allied, month))
    assert (first.statement.points, second.statement.points) == (10, 10)
    month = allied.month
    watch.next_month()
    with pytest.raises(NothingToSettle):
        await settlements.preview(allied.book, allied.barber, month)


async def test_what_nobody_fetches_goes_back(allied: Allied, watch: Watch) -> None:
    """Points and place in the queue, after a day."""
    await reserve(allied)
    watch.at += timedelta(hours=25)
    assert await lapsing.sweep(allied.book) == 1
    assert await heads(allied) == 10
    assert sum(b.balance for b in await statements.balances(
        allied.book.reader, f"member/{allied.town.wang}/until/"
    )) == 100  # fmt: skip


async def test_nothing_is_kept_beyond_what_the_merchant_may_hand_over(allied: Allied) -> None:
    """Not for who lives elsewhere, not more than its contract counts, and nothing once that has ended."""
    with pytest.raises(SoldOut):
        await reserve(allied, entry="香皂", points=3)
    await allied.leave(COMMUNITY)
    with pytest.raises(WrongShop):
        await reserve(allied)
    (agreed,) = await contracts.of_shop(allied.book, allied.barber)
    await contracts.end(allied.book, agreed.id, by=allied.town.admin, on=allied.today)
    with pytest.raises(NoContract):
        await reserve(allied, member=allied.liu)
