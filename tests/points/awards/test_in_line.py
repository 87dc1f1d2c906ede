"""Places in line: their order, how many are before one, and whose they are."""

from __future__ import annotations

from datetime import timedelta

import pytest

from points.awards import coming, in_line, waiting
from tests.points.awards.town import LIUHE, SHAHU, VERIFIER, Town

pytestmark = pytest.mark.anyio
FUND, OTHER = (LIUHE, "2018-07"), (SHAHU, "2018-07")


async def queued(town: Town) -> list[str]:
    """Three wait in one line, the first twice, and one in another."""
    events = [
        await town.event(("V-1", "reporter")),
        await town.event(("V-2", "reporter"), ("V-1", "reporter"), after=timedelta(hours=1)),
        await town.event(("V-1", "reporter"), area=SHAHU, after=timedelta(hours=2)),
    ]
    await town.verify()
    return events


async def test_the_line_is_in_the_order_of_acceptance(town: Town) -> None:
    """The oldest event first, page after page."""
    await queued(town)
    whole = await in_line.first(town.book, FUND, limit=9)
    assert [place.member for place in whole] == ["V-1", "V-2", "V-1"]
    assert await in_line.first(town.book, FUND, after=whole[0].id, limit=1) == [whole[1]]
    assert await in_line.lengths(town.book, [FUND, OTHER, ("440310002001", "2018-07")]) == {FUND: 3, OTHER: 1}
    assert await in_line.everywhere(town.book) == [FUND, OTHER]


async def test_each_knows_how_many_are_before_it(town: Town) -> None:
    """In its own line alone; the member sees it with what is being checked."""
    _, second, _ = await queued(town)
    assert [place.ahead for place in await in_line.of_member(town.book, "V-1")] == [0, 2, 0]
    assert [place.ahead for place in await in_line.of_event(town.book, second)] == [1, 2]
    checked = await coming.being_checked(town.book, "V-2")
    assert [(each.ahead, each.points, each.verifier) for each in checked] == [(1, None, VERIFIER)]


async def test_who_was_paid_is_before_nobody(town: Town) -> None:
    """Two points pay the first: the others move up."""
    await queued(town)
    await town.fund(2)
    assert [place.ahead for place in await in_line.of_member(town.book, "V-2")] == [0]


async def test_what_waits_for_money_waits_for_no_verifier(town: Town) -> None:
    """It is accepted, and was given nothing; its event was judged."""
    first, *_ = await queued(town)
    bench = await waiting.load(town.book, [first], by=VERIFIER)
    assert [(doing.decided, doing.awarded) for doing in bench.doings[first]] == [("accepted", 0)]
    assert bench.judged == {first}
