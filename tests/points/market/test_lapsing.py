"""Lapsing: what nobody fetched comes back to the day, and expires where its day has passed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger import statements
from points import chart, founding, statement
from points.awards import vesting
from points.market import lapsing, pick_ups, reservation_endings, terms
from points.market.errors import LimitReached
from points.market.reservation_records import ReservationEnd
from points.market.undoing import undone
from tests.points.market.conftest import ON, Town
from tests.points.market.reserving import LATER, Watch, reserve, standing, watched
from web.text import things

pytestmark = pytest.mark.anyio


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """What time it is."""
    return watched(monkeypatch)


async def test_the_sweep_gives_back_exactly_what_was_set_aside(town: Town, watch: Watch) -> None:
    """Points to their days, goods to the shelf; not a second before its time, and once."""
    soon = town.book.today() + timedelta(days=60)
    await town.give(town.wang, 10, LATER)
    await town.give(town.wang, 5, soon)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    watch.at = row.until_at - timedelta(seconds=1)
    assert await lapsing.sweep(town.book) == 0
    watch.passes(seconds=1)
    assert await lapsing.sweep(town.book) == 1
    assert await lapsing.sweep(town.book) == 0
    assert await standing(town) == {"purse": 15, "held": 0, "shelf": 1, "aside": 0, "open": 0}
    assert await statements.balance(town.book.reader, chart.until(town.wang, soon)) == 5
    assert await statements.balance(town.book.reader, chart.until(town.wang, LATER)) == 10


async def test_what_comes_back_to_a_day_that_has_passed_expires(town: Town, watch: Watch) -> None:
    """It was held to the end of its last day: the sweep of the day after gives it back first, then moves it away."""
    await founding.settle(town.book, on=ON)
    last = town.book.today()
    await town.give(town.wang, 15, last)
    await town.stock(洗衣液=1)
    await reserve(town, "洗衣液")
    watch.passes(days=1)
    assert (await vesting.sweep(town.book, town.book.today())).lapsed == 15
    assert await standing(town) == {"purse": 0, "held": 0, "shelf": 1, "aside": 0, "open": 0}
    assert await statements.balance(town.book.reader, chart.EXPIRED) == 15
    found = await statement.latest(town.book, town.wang, town.book.today(), limit=5)
    assert [(line.kind, line.amount, things(line.taken)) for line in found][:3] == [
        ("expire", -15, ""),
        ("release", 15, "洗衣液"),
        ("hold", -15, "洗衣液"),
    ]


async def test_reserving_anew_first_gives_back_what_is_over(town: Town, watch: Watch) -> None:
    """Nobody waits for the sweep: the points, the place among three, and the last one on the shelf are free at once."""
    await town.give(town.wang, 15, LATER)
    await town.stock(洗衣液=1)
    first = await reserve(town, "洗衣液")
    watch.at = first.until_at
    second = await reserve(town, "洗衣液")
    assert second.id != first.id
    end = await ReservationEnd.get(reservation=first.id, using_db=town.book.reader)
    assert end.how == "lapsed"
    assert (await standing(town))["open"] == -1


async def test_the_statement_adds_up_through_a_pick_up(town: Town) -> None:
    """Set aside is one line, and what was picked up another that takes nothing more."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=1)
    row = await reserve(town, "洗衣液")
    done = await pick_ups.hand_over(town.book, town.shop, row, by=town.counter, key="k")
    today = town.book.today()
    first, last = statement.month_of(today)
    found = await statement.between(town.book, town.wang, first, last)
    assert (found.opening + found.came_in - found.went_out, found.closing) == (35, 35)
    told = [(line.kind, line.amount, line.balance, things(line.taken)) for line in found.lines[1:]]
    assert told == [("hold", -15, 35, "洗衣液"), ("redemption", 0, 35, "洗衣液")]
    assert found.lines[2].position == done.receipt.position


async def test_every_minute_only_what_is_new_is_looked_at(town: Town, watch: Watch) -> None:
    """Three days back, by the index of when it ends; what is older waits for the sweep."""
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=2)
    old = await reserve(town, "洗衣液")
    watch.at = old.until_at + timedelta(days=3)
    assert await lapsing.lately(town.book) == 0
    young = await reserve(town, "洗衣液")
    assert (await ReservationEnd.get(reservation=old.id, using_db=town.book.reader)).how == "lapsed"
    watch.at = young.until_at + timedelta(minutes=1)
    assert await lapsing.lately(town.book) == 1


async def test_a_limit_is_used_up_at_reserving_and_free_again_afterwards(town: Town, watch: Watch) -> None:
    """One a month: reserved there is no other; cancelled it is free; picked up it is used up, and undone free."""
    item = await town.item("洗衣液")
    on = town.book.today()
    await terms.set_limit(town.book, item, of="member", per="month", most=1, by=town.keeper, on=on, key="t")
    watch.passes(days=1)
    await town.give(town.wang, 50, LATER)
    await town.stock(洗衣液=5)
    first = await reserve(town, "洗衣液")
    with pytest.raises(LimitReached):
        await reserve(town, "洗衣液")
    await reservation_endings.cancel(town.book, first, by=town.wang)
    second = await reserve(town, "洗衣液")
    done = await pick_ups.hand_over(town.book, town.shop, second, by=town.counter, key="k")
    with pytest.raises(LimitReached):
        await reserve(town, "洗衣液")
    await undone.undo(town.book, done.receipt.reference, "拿错", by=town.counter, key="u")
    assert (await reserve(town, "洗衣液")).points == 15
