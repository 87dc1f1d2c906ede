"""Funds on a real book: shared equally, once, by those who keep them."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import pytest

from ledger.errors import ReferenceConflict
from points import chart
from points.awards import funds
from points.awards.errors import (
    AllocatedBefore,
    AllocatedOtherwise,
    BadAmount,
    BadKey,
    BadMonth,
    NoCommunities,
)
from points.awards.funds import State
from points.people import roles
from points.people.errors import NotAllowed, UnknownArea
from points.people.roles import Grant
from tests.points.awards.town import (
    DISTRICT,
    FAR,
    GRID,
    KEEPER,
    LAID_OUT,
    LIUHE,
    OTHER_STREET,
    PUBLISHER,
    SHAHU,
    STREET,
    VERIFIER,
    Town,
)

pytestmark = pytest.mark.anyio


async def allocate(town: Town, **said: Any) -> funds.Allocation:
    """The keeper shares 100 points of July in the district, unless it is said otherwise."""
    asked = {"under": DISTRICT, "month": "2018-07", "points": 100, "by": KEEPER, "on": LAID_OUT, **said}
    return await funds.allocate(town.book, **asked)


async def test_each_community_gets_its_share(town: Town) -> None:
    """100 among three is 34, 33 and 33, one transaction each; the decision is one row."""
    done = await allocate(town)
    assert done.shares == ((LIUHE, 34), (SHAHU, 33), (FAR, 33))
    assert not done.repeated
    for community, share in done.shares:
        assert await funds.state(town.book, community, "2018-07") == State(share, 0, share)
    rows = await town.rows("SELECT reference FROM ledger_transaction WHERE kind = 'allocate'")
    assert {row["reference"] for row in rows} == {
        f"allocate/2018-07/{community}/1" for community in (LIUHE, SHAHU, FAR)
    }
    assert len(await town.rows("SELECT * FROM awards_fund_decision")) == 1


async def test_the_same_decision_again_is_a_no_op_that_says_so(town: Town) -> None:
    """Twice the same command, one effect."""
    first = await allocate(town)
    head = await town.head()
    again = await allocate(town, on=date(2018, 2, 1))
    assert (again.repeated, again.shares) == (True, first.shares)
    assert await town.head() == head


async def test_twice_at_once_is_once(town: Town) -> None:
    """Whichever comes first."""
    both = await asyncio.gather(allocate(town), allocate(town))
    assert sorted(each.repeated for each in both) == [False, True]
    assert await town.points(chart.fund(LIUHE, "2018-07")) == 34


async def test_another_key_allocates_more(town: Town) -> None:
    """A second decision for the same month adds to the first."""
    await allocate(town)
    await town.fund(3, under=DISTRICT, key="2")
    assert (await funds.state(town.book, LIUHE, "2018-07")).allocated == 35


async def test_the_same_key_for_another_sum_is_refused(town: Town) -> None:
    """A decision is not changed afterwards."""
    await allocate(town)
    with pytest.raises(AllocatedOtherwise):
        await allocate(town, points=101)


async def test_an_overlapping_area_goes_over(town: Town) -> None:
    """The street's communities have theirs; nothing of the district's decision is written, whatever its key."""
    await allocate(town, under=STREET)
    for key in ("1", "2"):
        with pytest.raises(AllocatedBefore):
            await allocate(town, under=DISTRICT, key=key)
    with pytest.raises(ReferenceConflict):
        await town.fund(100, under=DISTRICT)
    assert await town.points(chart.fund(FAR, "2018-07")) == 0


async def test_fewer_points_than_communities_leave_some_without(town: Town) -> None:
    """One point for three communities is one transaction."""
    done = await allocate(town, points=1)
    assert done.shares == ((LIUHE, 1), (SHAHU, 0), (FAR, 0))
    assert len(await town.rows("SELECT * FROM ledger_transaction WHERE kind = 'allocate'")) == 1


WRONG: list[tuple[dict[str, Any], type[Exception]]] = [
    ({"points": 0}, BadAmount),
    ({"points": -5}, BadAmount),
    ({"points": 1.5}, BadAmount),
    ({"points": True}, BadAmount),
    ({"month": "2018-13"}, BadMonth),
    ({"month": "2018-7"}, BadMonth),
    ({"key": "a/b"}, BadKey),
    ({"under": GRID}, NoCommunities),
    ({"under": "999999999999"}, UnknownArea),
    ({"by": VERIFIER}, NotAllowed),
    ({"by": PUBLISHER}, NotAllowed),
]


@pytest.mark.parametrize(("said", "error"), WRONG)
async def test_what_is_wrong_is_refused(town: Town, said: dict[str, Any], error: type[Exception]) -> None:
    """And nothing is written."""
    head = await town.head()
    with pytest.raises(error):
        await allocate(town, **said)
    assert await town.head() == head


async def test_a_keeper_of_one_street_keeps_no_other(town: Town) -> None:
    """Roles are for an area."""
    given = Grant("k", VERIFIER, "fund_keeper", STREET, LAID_OUT.isoformat(), None)
    await town.insert(roles.grant_row(given, "grant/k", by="S-0001"))
    await allocate(town, under=STREET, by=VERIFIER)
    with pytest.raises(NotAllowed):
        await allocate(town, under=OTHER_STREET, by=VERIFIER)


async def test_the_state_says_what_was_awarded(town: Town) -> None:
    """Allocated − awarded = left, and an untouched fund is three zeros."""
    await allocate(town)
    await town.event(("V-000001", "reporter"))
    await town.verify()
    assert await funds.state(town.book, LIUHE, "2018-07") == State(34, 2, 32)
    assert await funds.state(town.book, LIUHE, "2017-01") == State(0, 0, 0)
