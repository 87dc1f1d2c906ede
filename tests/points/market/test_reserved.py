"""Reservations as they are read: what is too late is over, swept or not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.market import lapsing, reservation_endings, reserved
from points.market.reservation_errors import UnknownReservation
from points.market.reservation_records import ReservationEnd
from tests.points.market.conftest import Town
from tests.points.market.reserving import LATER, Watch, reserve, watched

pytestmark = pytest.mark.anyio
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


async def test_what_is_too_late_reads_as_over_before_any_sweep(town: Town, watch: Watch) -> None:
    """Looking writes nothing, and says what is so."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    assert [each.row.id for each in await reserved.open_at(town.book, town.shop.number)] == [row.id]
    watch.at = row.until_at
    (found,) = await reserved.of_member(town.book, town.wang)
    assert (found.state, found.ended_at) == ("lapsed", row.until_at)
    assert not await reserved.open_at(town.book, town.shop.number)
    assert await ReservationEnd.all().using_db(town.book.reader).count() == 0


async def test_what_was_not_fetched_is_told_apart_from_what_was(town: Town, watch: Watch) -> None:
    """Of a day, what is kept until then; afterwards what nobody came for, swept or not, for thirty days."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=2)
    missed, cancelled = [await reserve(town, "洗衣液") for _ in range(2)]
    await reservation_endings.cancel(town.book, cancelled, by=town.wang)
    shop = town.shop.number
    last = (missed.until_at.astimezone(town.book.zone) - timedelta(microseconds=1)).date()
    for day, kept in ((last, 1), (last + DAY, 0), (last - DAY, 0)):
        assert len(await reserved.open_at(town.book, shop, day=day)) == kept
    assert not await reserved.missed_at(town.book, shop)
    watch.at = missed.until_at
    assert [each.row.id for each in await reserved.missed_at(town.book, shop)] == [missed.id]
    await lapsing.sweep(town.book)
    assert [each.state for each in await reserved.missed_at(town.book, shop)] == ["lapsed"]
    watch.passes(days=30)
    assert not await reserved.missed_at(town.book, shop)


async def test_what_an_entry_was_about_is_told_by_its_things(town: Town) -> None:
    """Of what set it aside and of what gave it back; of anything else nothing."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1, 香皂=2)
    row = await reserve(town, "洗衣液", "香皂x2")
    await reservation_endings.cancel(town.book, row, by=town.wang)
    told = await reserved.things(town.book, [row.reference, f"release/{row.id}", "redeem/1/k"])
    what = {name: [(line.name, line.quantity) for line in lines] for name, lines in told.items()}
    assert what == {name: [("香皂", 2), ("洗衣液", 1)] for name in (row.reference, f"release/{row.id}")}


async def test_what_is_not_there_is_said(town: Town) -> None:
    """A key that nobody gave."""
    with pytest.raises(UnknownReservation):
        await reserved.one(town.book, "0" * 32)
