"""Repeats: the window, the order, and that a judgement stands."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from points.awards import repeats, rule_books
from points.awards.cases import Repetition
from points.events.models import Event
from tests.points.awards.town import FAR, GRID, LIUHE, ON, SHAHU, Town

DAY = timedelta(hours=24)
T = datetime.fromisoformat("2018-07-04T09:00:00+00:00")

WINDOWS = [
    ([], None),
    ([(0, "b")], None),
    ([(0, "a")], None),
    ([(-1, "a")], Repetition("a", 1)),
    ([(-1440, "a")], Repetition("a", 1)),
    ([(-1441, "a")], None),
    ([(-2, "z"), (-1, "a")], Repetition("z", 2)),
    ([(-1441, "x"), (-2, "c"), (-2, "a"), (1, "y")], Repetition("a", 2)),
]


@pytest.mark.parametrize(("others", "found"), WINDOWS)
def test_the_window_reaches_from_a_day_before_until_just_before(
    others: list[tuple[int, str]], found: Repetition | None
) -> None:
    """24 hours before counts, the same instant does not; the ordinal is how many there are, the first is repeated."""
    moments = sorted((T + timedelta(minutes=minutes), key) for minutes, key in others)
    assert repeats.repetition((T, "me"), moments, DAY) == found


@given(st.lists(st.integers(-3000, 3000), max_size=40, unique=True))
def test_ordinals_count_what_came_before(minutes: list[int]) -> None:
    """Against counting by hand."""
    moments = sorted((T + timedelta(minutes=m), f"e{m}") for m in minutes)
    for at, key in moments:
        before = [other for other in moments if at - DAY <= other[0] < at]
        found = repeats.repetition((at, key), moments, DAY)
        assert found == (Repetition(before[0][1], len(before)) if before else None)


def test_a_grid_belongs_to_its_community() -> None:
    """The first twelve digits."""
    assert repeats.community_of(GRID) == repeats.community_of(LIUHE) == LIUHE


async def judged(town: Town, *ids: str) -> dict[str, Repetition]:
    """Judge these events."""
    events = await Event.filter(id__in=ids).using_db(town.book.reader)
    rules = await rule_books.shelf(town.book)
    return await repeats.judge(town.book, events, rules=rules, on=ON)


@pytest.mark.anyio
async def test_only_the_same_place_and_subtype_repeat(town: Town) -> None:
    """A grid of the community does; another community, another street, another subtype and no place do not."""
    first = await town.event(subtype_name="噪声")
    hour = timedelta(hours=1)
    same = await town.event(subtype_name="噪声", area=GRID, after=hour)
    others = [
        await town.event(subtype_name="噪声", area=SHAHU, after=hour),
        await town.event(subtype_name="噪声", area=FAR, after=hour),
        await town.event(subtype_name="噪声", area=None, assigned=None, after=hour),
        await town.event(subtype_name="积水", after=hour),
        await town.event(subtype_name="", after=hour),
        await town.event(subtype_name="噪声", kind="activity", after=hour),
    ]
    assert await judged(town, first, same, *others) == {same: Repetition(first, 1)}


@pytest.mark.anyio
async def test_a_judgement_is_written_once_and_stands(town: Town) -> None:
    """An earlier event that comes in afterwards does not change it."""
    first = await town.event(subtype_name="噪声")
    second = await town.event(subtype_name="噪声", after=timedelta(hours=2))
    before = await judged(town, second)
    await town.event(subtype_name="噪声", after=timedelta(hours=-1))
    assert await judged(town, second) == before == {second: Repetition(first, 1)}
    assert len(await town.rows("SELECT * FROM awards_repeat")) == 1


@pytest.mark.anyio
async def test_what_was_settled_before_is_not_judged(town: Town) -> None:
    """Something of it was verified as no repeat: it is none now."""
    await town.event(subtype_name="噪声")
    second = await town.event(subtype_name="噪声", after=timedelta(hours=2))
    events = await Event.filter(id=second).using_db(town.book.reader)
    rules = await rule_books.shelf(town.book)
    assert await repeats.judge(town.book, events, rules=rules, on=ON, settled=[second]) == {}


@pytest.mark.anyio
async def test_another_process_s_judgement_stands(town: Town) -> None:
    """Two judged the same event at once: the first to write is kept, and the second is not stopped by it."""
    first, second = await town.event(), await town.event()
    await repeats._keep(town.book, {second: Repetition(first, 1)}, ON)
    await repeats._keep(town.book, {second: Repetition("other", 2)}, ON)
    (row,) = await town.rows("SELECT event, of_event, ordinal FROM awards_repeat")
    assert (row["of_event"], row["ordinal"]) == (first, 1)
