"""Unmanned stations: into a locker by somebody else, out of it by the code, and every day reckoned up by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from points.market import deliveries, lapsing, pick_ups, reservation_endings, shops, stations
from points.market.errors import HouseholdRedemption
from points.market.models import Redemption
from points.market.reservation_errors import (
    AlreadyCancelled,
    AlreadyPickedUp,
    BadLocker,
    DayMoved,
    DayNotCounted,
    DaySigned,
    DayWithoutReason,
    NotAStation,
    ReservationError,
    StillWaiting,
)
from points.market.reservation_records import Reservation, StationCount
from points.people import households
from points.people.errors import NotAllowed
from tests.points.market.conftest import COMMUNITY, ON, Town
from tests.points.market.reserving import LATER, Watch, reserve, standing, watched

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


@pytest.fixture
async def station(town: Town) -> Town:
    """The town as seen from its unmanned station, with three bottles; 王秀兰 has 50 points."""
    opened = await shops.open_shop(
        town.book, "三号楼无人站", area=COMMUNITY, hours="", by=town.admin, on=ON, kind="unmanned"
    )
    item = (await town.item("洗衣液")).number
    await deliveries.receive(town.book, opened, {item: 3}, document="1", by=town.keeper, on=ON, key="k")
    await town.give(town.wang, 50, LATER)
    return replace(town, shop=opened)


async def filled(station: Town, locker: str = "07") -> Reservation:
    """One bottle, reserved and put into a locker by 张强."""
    row = await reserve(station, "洗衣液")
    await stations.fill(station.book, station.shop, row, locker, by=station.counter, key="f")
    return row


async def test_what_lies_in_a_locker_is_taken_out_once(station: Town) -> None:
    """Served by who put it there; pressed twice it is one, and by another press it has gone."""
    row = await filled(station)
    done = await pick_ups.take_out(station.book, station.shop, row, key="k")
    again = await pick_ups.take_out(station.book, station.shop, row, key="k")
    assert (again.receipt.position, again.repeated) == (done.receipt.position, True)
    redemption = await Redemption.get(reference=done.receipt.reference, using_db=station.book.reader)
    assert (redemption.served_by, redemption.member) == (station.counter, station.wang)
    with pytest.raises(AlreadyPickedUp):
        await pick_ups.take_out(station.book, station.shop, row, key="other")
    assert await standing(station) == {"purse": 35, "held": 0, "shelf": 2, "aside": 0, "open": 0}


async def test_before_it_lies_there_nothing_is_taken_out(station: Town) -> None:
    """Said plainly; and of what was cancelled, that it was."""
    row = await reserve(station, "洗衣液")
    with pytest.raises(StillWaiting):
        await pick_ups.take_out(station.book, station.shop, row, key="k")
    await reservation_endings.cancel(station.book, row, by=station.wang)
    with pytest.raises(AlreadyCancelled):
        await pick_ups.take_out(station.book, station.shop, row, key="k")
    with pytest.raises(AlreadyCancelled):
        await stations.fill(station.book, station.shop, row, "07", by=station.counter, key="f")


async def test_nobody_fills_a_locker_for_their_own(station: Town, town: Town) -> None:
    """Nor without the role, nor at a shop where somebody serves, nor into no locker."""
    row = await reserve(station, "洗衣液")
    with pytest.raises(NotAllowed):
        await stations.fill(station.book, station.shop, row, "07", by=station.zhao, key="f")
    with pytest.raises(BadLocker):
        await stations.fill(station.book, station.shop, row, "七号", by=station.counter, key="f")
    await town.stock(洗衣液=1)
    other = await reserve(town, "洗衣液")
    with pytest.raises(NotAStation):
        await stations.fill(town.book, town.shop, other, "07", by=town.counter, key="f")
    for member in (station.wang, station.counter):
        await households.join(station.book, "H-000009", member, on=ON)
    with pytest.raises(HouseholdRedemption):
        await stations.fill(station.book, station.shop, row, "07", by=station.counter, key="f")


async def sign(
    station: Town, counted: int, *, why: str = "", shown: int | None = None, key: str = "s"
) -> None:
    """张强 signs today, having counted so many bottles."""
    item = (await station.item("洗衣液")).number
    there = (await stations.counts(station.book, station.shop))[0].all if shown is None else shown
    await stations.sign(
        station.book, station.shop, station.book.today(), {item: counted}, {item: why} if why else {},
        shown={item: there}, by=station.counter, key=key,
    )  # fmt: skip


async def test_a_day_says_what_happened_and_what_goes_back(station: Town, watch: Watch) -> None:
    """Filled, taken out, and lapsed in its locker: that one is to be emptied, and its goods are on the shelf again."""
    first, second = await filled(station, "01"), await filled(station, "02")
    await pick_ups.take_out(station.book, station.shop, first, key="k")
    day = await stations.day(station.book, station.shop, station.book.today())
    assert [(len(day.filled), len(day.picked_up), len(day.over))] == [(2, 1, 0)]
    watch.at = second.until_at
    await lapsing.sweep(station.book)
    after = await stations.day(station.book, station.shop, station.book.today())
    assert [each.locker for each in after.put_back] == ["02"]
    (count,) = after.counts
    assert (count.there, count.set_aside, count.all) == (2, 0, 2)


async def test_a_difference_needs_a_reason_and_moves_nothing(station: Town) -> None:
    """Counted shelf and lockers together; what is missing is noted, and written off by the stock's own way."""
    await filled(station)
    with pytest.raises(DayNotCounted):
        await stations.sign(
            station.book, station.shop, station.book.today(), {}, {}, shown={}, by=station.counter, key="s"
        )
    with pytest.raises(DayWithoutReason) as told:
        await sign(station, 2)
    assert told.value.facts == {"item": "洗衣液", "there": 3, "counted": 2}
    await sign(station, 2, why="missing")
    (row,) = await stations.counted(station.book, station.shop, station.book.today())
    assert (row.there, row.set_aside, row.counted, row.why) == (2, 1, 2, "missing")
    assert (await standing(station))["shelf"] == 2


async def test_a_day_is_signed_once_by_one(station: Town, watch: Watch) -> None:
    """Pressed twice it is one; otherwise it was signed already; what moved while one counted is counted again; and a
    day before yesterday is over."""
    with pytest.raises(DayMoved):
        await sign(station, 3, shown=2)
    for _ in range(2):
        await sign(station, 3)
    with pytest.raises(DaySigned):
        await sign(station, 2, why="missing")
    assert await StationCount.all().using_db(station.book.reader).count() == 1
    with pytest.raises(NotAllowed):
        await stations.sign(
            station.book, station.shop, station.book.today(), {}, {}, shown={}, by=station.wang, key="t"
        )
    long_ago = station.book.today() - timedelta(days=2)
    with pytest.raises(ReservationError):
        await stations.sign(
            station.book, station.shop, long_ago, {}, {}, shown={}, by=station.counter, key="u"
        )
