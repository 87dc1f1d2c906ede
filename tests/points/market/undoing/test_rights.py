"""Who may undo: alone only who served it, a moment ago, in the same shift; and never their own or their household's."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from points.market.undoing import rights
from points.market.undoing.errors import OwnUndo, UndoNeedsSecond, UndoNotSecond
from points.people import households, roles
from points.people.errors import NotAllowed
from tests.points.market.conftest import COMMUNITY, ELSEWHERE, ON, Town, enrol
from tests.points.market.undoing.test_plans import asked

pytestmark = pytest.mark.anyio


async def test_who_served_it_undoes_it_alone_for_a_quarter_of_an_hour(town: Town) -> None:
    """To the second; then it takes two."""
    wanted = await asked(town, "香皂")
    at = town.book.now()
    within = replace(wanted.entry, redeemed_at=at - rights.ALONE_FOR + timedelta(seconds=30))
    await rights.require_alone(town.book, replace(wanted, entry=within))
    late = replace(wanted.entry, redeemed_at=at - rights.ALONE_FOR - timedelta(seconds=1))
    with pytest.raises(UndoNeedsSecond, match="15 分钟"):
        await rights.require_alone(town.book, replace(wanted, entry=late))
    assert not await rights.is_alone(town.book, replace(wanted, entry=late))


async def test_nobody_undoes_alone_what_another_served(town: Town) -> None:
    """The colleague at the next till asks, and somebody else agrees."""
    wanted = await asked(town, "香皂")
    other = await enrol(town.book, "刘洋", "staff")
    with pytest.raises(NotAllowed):
        await rights.require_alone(town.book, replace(wanted, by=other))
    await roles.grant(town.book, member=other, role="counter", area=COMMUNITY, by=town.admin, on=ON)
    with pytest.raises(UndoNeedsSecond):
        await rights.require_alone(town.book, replace(wanted, by=other))
    await rights.require_first(town.book, replace(wanted, by=other))
    await rights.require_second(town.book, wanted, by=other)


async def test_the_second_person_is_another_side_and_works_there(town: Town) -> None:
    """Not who asked, not whose it is, none of their households, and nobody from elsewhere."""
    wanted = await asked(town, "香皂")
    await rights.require_second(town.book, wanted, by=town.admin)
    away = await enrol(town.book, "刘洋", "staff")
    await roles.grant(town.book, member=away, role="counter", area=ELSEWHERE, by=town.admin, on=ON)
    for wrong in (town.counter, town.wang, town.keeper, away):
        with pytest.raises(UndoNotSecond):
            await rights.require_second(town.book, wanted, by=wrong)
    for side in (town.wang, town.counter):
        await households.join(town.book, f"H-{side}", side, on=ON)
        await households.join(town.book, f"H-{side}", town.admin, on=ON)
        with pytest.raises(UndoNotSecond):
            await rights.require_second(town.book, wanted, by=town.admin)


async def test_nobody_asks_for_their_own(town: Town) -> None:
    """Nor for that of who lives with them."""
    wanted = await asked(town, "香皂")
    await households.join(town.book, "H-1", town.wang, on=ON)
    await households.join(town.book, "H-1", town.admin, on=ON)
    for own in (town.wang, town.admin):
        with pytest.raises(OwnUndo):
            await rights.require_first(town.book, replace(wanted, by=own))
