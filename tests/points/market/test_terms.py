"""The terms of an item: each is a row from a day on, and one period is counted by one limit."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.errors import ReferenceConflict
from points.keys import new_key
from points.market import terms
from points.market.errors import BadTerm
from points.market.terms import EVERYBODY, Audience, Limit
from points.people.errors import NotAllowed, UnknownArea
from tests.points.market.conftest import COMMUNITY, ON, Town

pytestmark = pytest.mark.anyio


async def limit(town: Town, most: int | None, on: date = ON, *, key: str = "", per: str = "month") -> date:
    """Set a limit of the laundry liquid."""
    item = await town.item("洗衣液")
    return await terms.set_limit(
        town.book, item, of="member", per=per, most=most, by=town.keeper, on=on, key=key or new_key()
    )


async def running(town: Town, on: date) -> tuple[Limit, ...]:
    """Its limits on a day."""
    found = await terms.on_day(town.book, on)
    return found[7].limits if found else ()


async def test_the_first_limit_begins_tomorrow_and_another_with_the_next_period(town: Town) -> None:
    """So what was had in a month is counted by one limit, however often it is set anew."""
    assert await limit(town, 20) == date(2019, 1, 6)
    assert await limit(town, 2) == date(2019, 1, 6), "a slip of the pen is put right before anybody came"
    assert await limit(town, 3, date(2019, 1, 9)) == date(2019, 2, 1)
    assert await limit(town, None, date(2019, 2, 9)) == date(2019, 3, 1)
    days = [date(2019, 1, 5), date(2019, 1, 6), date(2019, 1, 31), date(2019, 2, 1), date(2019, 3, 1)]
    assert [[each.most for each in await running(town, day)] for day in days] == [[], [2], [2], [3], []]
    assert [row.value for row in await terms.history(town.book, 7)] == ["", "3", "2", "20"]


async def test_no_more_than_three_limits_for_one_item(town: Town) -> None:
    """A day, a week and a month; to have a fourth, one is taken away first."""
    for per in ("day", "week", "month"):
        await limit(town, 2, per=per)
    with pytest.raises(BadTerm):
        await limit(town, 2, per="year")
    await limit(town, None, per="day")
    await limit(town, 2, per="year")
    assert [each.per for each in await running(town, date(2019, 1, 6))] == ["week", "month", "year"]


async def test_pressing_twice_sets_it_once(town: Town) -> None:
    """The same key has the same answer, on whatever day; asked for something else it is refused."""
    await limit(town, 2, key="k")
    assert await limit(town, 2, date(2019, 3, 9), key="k") == date(2019, 1, 6)
    assert len(await terms.history(town.book, 7)) == 1
    with pytest.raises(ReferenceConflict):
        await limit(town, 3, key="k")


async def test_only_the_keeper_of_the_whole_book_sets_terms(town: Town) -> None:
    """Somebody else is refused before anything is read of it."""
    item = await town.item("洗衣液")
    with pytest.raises(NotAllowed):
        await terms.set_limit(
            town.book, item, of="member", per="day", most=1, by=town.counter, on=ON, key="k"
        )
    with pytest.raises(NotAllowed):
        await terms.set_audience(town.book, item, EVERYBODY, by=town.counter, on=ON, key="k")


@pytest.mark.parametrize(
    ("of", "per", "most"),
    [("team", "day", 1), ("member", "hour", 1), ("member", "day", 0), ("member", "day", 1000)],
)
async def test_a_limit_that_is_none_is_refused(town: Town, of: str, per: str, most: int) -> None:
    """Of nobody we know, in no period, none at all, or more than anybody could want."""
    item = await town.item("洗衣液")
    with pytest.raises(BadTerm):
        await terms.set_limit(town.book, item, of=of, per=per, most=most, by=town.keeper, on=ON, key="k")


async def test_who_may_have_it_is_said_and_taken_back(town: Town) -> None:
    """From the day it is said; only what differs is written, and everybody again leaves nothing."""
    item = await town.item("洗衣液")
    who = Audience(kinds=("volunteer", "resident"), areas=(COMMUNITY,), least=60)
    for key in ("a", "a", "b"):
        await terms.set_audience(town.book, item, who, by=town.keeper, on=ON, key=key)
    found = (await terms.on_day(town.book, ON))[7]
    assert (found.kinds, found.areas, found.least, found.oldest) == (
        frozenset({"volunteer", "resident"}), (COMMUNITY,), 60, None,
    )  # fmt: skip
    assert len(await terms.history(town.book, 7)) == 3
    await terms.set_audience(town.book, item, EVERYBODY, by=town.keeper, on=ON, key="c")
    assert await terms.on_day(town.book, ON) == {}


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        (Audience(kinds=("cat",)), BadTerm),
        (Audience(areas=("440399",)), UnknownArea),
        (Audience(areas=(COMMUNITY,) * 13), BadTerm),
        (Audience(least=80, oldest=60), BadTerm),
        (Audience(oldest=126), BadTerm),
    ],
)
async def test_nobody_could_be_meant_by_these(town: Town, who: Audience, refusal: type[Exception]) -> None:
    """Unknown kinds and areas, ages upside down: nothing is written."""
    with pytest.raises(refusal):
        await terms.set_audience(town.book, await town.item("洗衣液"), who, by=town.keeper, on=ON, key="k")
    assert await terms.history(town.book, 7) == []


@pytest.mark.parametrize(
    ("per", "day", "following"),
    [
        ("day", date(2019, 12, 31), date(2020, 1, 1)),
        ("week", date(2019, 1, 6), date(2019, 1, 7)),
        ("week", date(2019, 1, 7), date(2019, 1, 14)),
        ("month", date(2019, 11, 30), date(2019, 12, 1)),
        ("month", date(2019, 12, 1), date(2020, 1, 1)),
        ("year", date(2019, 1, 1), date(2020, 1, 1)),
    ],
)
def test_the_next_period_begins_on(per: str, day: date, following: date) -> None:
    """Weeks from Monday, months and years from their first."""
    assert terms.next_period(per, day) == following
