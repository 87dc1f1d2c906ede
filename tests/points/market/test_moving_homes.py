"""A household's limit is not had twice by moving, and whoever stays has no more because somebody left."""

from __future__ import annotations

import pytest

from points.keys import new_key
from points.market import limits, terms
from points.market.errors import LimitReached
from points.market.terms import Limit
from points.people import household_changes, households
from tests import meanwhile
from tests.points.market import test_limits
from tests.points.market.conftest import ON, Town, enrol
from tests.points.market.reserving import reserve, watched
from tests.points.market.test_limits import LATER, LAUNDRY, limited, take

pytestmark = pytest.mark.anyio
FIRST, SECOND = "H-000001", "H-000002"


async def live(town: Town, most: int = 2) -> str:
    """王秀兰 lives alone in one home, 赵敏 and 李雷 in another; his number is answered. The limit is of a household."""
    await limited(town, most=most, of="household")
    li = await enrol(town.book, "李雷")
    for home, member in ((FIRST, town.wang), (SECOND, town.zhao), (SECOND, li)):
        await households.join(town.book, home, member, on=ON)
    for member in (town.zhao, li):
        await town.give(member, 100)
    return li


async def move(town: Town, member: str, home: str | None) -> None:
    """周敏 writes down where somebody lives now."""
    if home is None:
        await household_changes.leave(town.book, member, by=town.admin, key=new_key())
    else:
        await household_changes.join(town.book, member, home, by=town.admin, key=new_key())


async def left(town: Town, member: str) -> int:
    """What the catalogue says is left to somebody."""
    (found,) = await limits.standing(town.book, member, [Limit(LAUNDRY, "household", "month", 2)], LATER)
    return found.left


async def test_whoever_moves_brings_along_what_they_had(town: Town) -> None:
    """王秀兰 had two in her home; where she lives now there is none for her, nor for those who live there."""
    li = await live(town)
    await take(town, 2)
    await move(town, town.wang, SECOND)
    for member in (town.wang, town.zhao, li):
        assert await left(town, member) == 0
        with pytest.raises(LimitReached):
            await take(town, 1, member=member)


async def test_what_was_had_stays_counted_in_the_home_that_was_left(town: Town) -> None:
    """李雷 had one and moves out: the others have one left, and where he lives alone he has one too."""
    li = await live(town)
    await take(town, 1, member=li)
    await move(town, li, None)
    assert [await left(town, member) for member in (li, town.zhao)] == [1, 1]
    await take(town, 1, member=li)
    await take(town, 1, member=town.zhao)
    for member in (li, town.zhao):
        with pytest.raises(LimitReached):
            await take(town, 1, member=member)


async def test_moving_out_and_back_changes_nothing(town: Town) -> None:
    """Each thing counts once in the home in which it was had, wherever its owner was in between."""
    li = await live(town)
    await take(town, 1, member=li)
    await move(town, li, FIRST)
    await move(town, li, SECOND)
    assert await left(town, town.zhao) == 1


async def test_a_new_period_counts_anew(town: Town) -> None:
    """What was had last month is in nobody's way."""
    await live(town)
    await take(town, 2)
    await move(town, town.wang, SECOND)
    following = terms.next_period("month", LATER)
    (found,) = await limits.standing(
        town.book, town.zhao, [Limit(LAUNDRY, "household", "month", 2)], following
    )
    assert found.left == 2


async def test_what_was_undone_or_given_back_is_not_counted(town: Town) -> None:
    """She returned what she had: then nothing comes along."""
    await live(town)
    done = await take(town, 2)
    await move(town, town.wang, SECOND)
    await test_limits._undo(town, done)
    assert await left(town, town.zhao) == 2


async def test_what_is_reserved_comes_along(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """What waits to be picked up counts as what was had."""
    await live(town)
    watched(monkeypatch)
    await reserve(town, "洗衣液x2")
    await move(town, town.wang, SECOND)
    assert await left(town, town.zhao) == 0


async def test_two_tills_at_once_count_what_came_along_once(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of three, two came along with her: of two neighbours who take one in the same moment, one goes without."""
    li = await live(town, most=3)
    await take(town, 2)
    await move(town, town.wang, SECOND)
    meanwhile.after(monkeypatch, limits, "require", lambda: take(town, 1, member=li))
    with pytest.raises(LimitReached):
        await take(town, 1, member=town.zhao)
