"""A team spends its points for things: by its leader with a second of its roster; undone, they are back with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ledger import statements
from ledger.errors import ReferenceConflict
from ledger.transactions import Receipt
from points.market import baskets, group_spending, items, redemptions, terms
from points.market.errors import LimitReached, NotEnough, OwnRedemption
from points.market.group_errors import NoLeader, NotSecond, OwnGroup
from points.market.undoing import requests as undo_requests
from points.market.undoing import undone
from points.market.undoing.errors import OwnUndo
from points.people import households, teams
from tests.points.market.conftest import COMMUNITY, NEXT_YEAR, ON, THIS_YEAR, Town, enrol
from tests.points.market.test_checks import findings

pytestmark = pytest.mark.anyio
TEAM = "team/T-0001"


async def lay_team(town: Town, points: int = 20) -> str:
    """清洁队 of 王秀兰, who leads it, and 赵敏, with points that partly end this year."""
    team = await teams.register(
        town.book, "清洁队", kind="team", area=COMMUNITY, leader=town.wang, by=town.admin, key="t"
    )
    for member in (town.wang, town.zhao):
        await teams.enter(town.book, team.number, member, by=town.admin, key=f"in-{member}")
    await town.put((f"{TEAM}/until/{THIS_YEAR}", 5), (f"{TEAM}/until/{NEXT_YEAR}", points - 5))
    return team.number


async def spend(town: Town, *entries: str, key: str = "k", **other: Any) -> Receipt:
    """张强 hands things over to the team."""
    return await group_spending.hand_over(
        town.book, town.shop, "T-0001", baskets.parse(entries, await items.all_items(town.book)),
        **{"leader": town.wang, "second": town.zhao, "by": town.counter, "key": key, "on": ON, **other},
    )  # fmt: skip


async def left(town: Town) -> int:
    """What stands in the team's accounts, whatever their day."""
    return sum(one.balance for one in await statements.balances(town.book.reader, f"{TEAM}/until/"))


async def test_a_team_takes_things_from_its_own_account_the_earliest_day_first(town: Town) -> None:
    """Nothing leaves its leader's purse; the receipt names the team; a double press is answered with the first."""
    await town.stock(毛巾=5)
    await town.give(town.wang, 3)
    await lay_team(town)
    receipt = await spend(town, "毛巾x2")
    again = await spend(town, "毛巾x2")
    assert (again.position, again.repeated) == (receipt.position, True)
    with pytest.raises(ReferenceConflict):
        await spend(town, "毛巾x1")
    held = await statements.balances(town.book.reader, f"{TEAM}/until/")
    assert {one.address: one.balance for one in held} == {
        f"{TEAM}/until/{THIS_YEAR}": 0,
        f"{TEAM}/until/{NEXT_YEAR}": 10,
    }
    told = await redemptions.answer(town.book, receipt)
    assert (told.parts, told.before, told.after) == (((TEAM, 10),), 3, 3)
    entry = await redemptions.find(town.book, receipt.reference)
    assert entry is not None
    assert (entry.member, entry.found_by, entry.points) == (town.wang, "team", 10)


async def test_two_of_the_roster_agree_and_nobody_serves_their_own(town: Town) -> None:
    """No leader, no second of another home, staff of the roster or living with it: nothing moves."""
    await town.stock(毛巾=5)
    await teams.register(
        town.book, "空队", kind="team", area=COMMUNITY, leader=None, by=town.admin, key="empty"
    )
    with pytest.raises(NoLeader):
        await spend(town, "毛巾")
    await teams.lead(town.book, "T-0001", town.wang, by=town.admin, key="lead")
    outside = await enrol(town.book, "钱七")
    mate = await enrol(town.book, "王小兰")
    for member in (town.wang, mate):
        await households.join(town.book, "H-1", member, on=ON)
    for member in (town.wang, mate, town.zhao):
        await teams.enter(town.book, "T-0001", member, by=town.admin, key=f"in-{member}")
    for second in (town.wang, outside, mate):
        with pytest.raises(NotSecond):
            await spend(town, "毛巾", second=second)
    with pytest.raises(NotEnough):
        await spend(town, "毛巾")
    await teams.enter(town.book, "T-0001", town.counter, by=town.admin, key="staff")
    with pytest.raises(OwnGroup):
        await spend(town, "毛巾")
    await teams.lead(town.book, "T-0001", town.counter, by=town.admin, key="lead-2")
    with pytest.raises((OwnGroup, OwnRedemption)):
        await spend(town, "毛巾")


async def test_a_limit_is_the_teams_own(town: Town) -> None:
    """What the team took of a limit is not its leader's, and more than it has is refused by the ledger too."""
    await town.stock(毛巾=5)
    await lay_team(town)
    towel = await town.item("毛巾")
    await terms.set_limit(town.book, towel, of="member", per="month", most=2, by=town.keeper, key="l", on=ON)
    tomorrow = ON + timedelta(days=1)  # then it begins
    await spend(town, "毛巾x2", on=tomorrow)
    with pytest.raises(LimitReached):
        await spend(town, "毛巾", key="k2", on=tomorrow)
    caps = await statements.balances(town.book.reader, f"{TEAM}/cap/")
    assert [one.balance for one in caps] == [-2]
    assert await statements.balances(town.book.reader, f"member/{town.wang}/cap/") == []


async def test_what_a_team_took_is_undone_to_where_it_came_from(town: Town) -> None:
    """Part of it stays, paid by the team; nobody of the roster undoes it; the audit finds every part agreed."""
    await town.stock(毛巾=5)
    await lay_team(town)
    receipt = await spend(town, "毛巾x2")
    towel = (await town.item("毛巾")).number
    await teams.enter(town.book, "T-0001", town.admin, by=town.admin, key="admin")
    with pytest.raises(OwnUndo):
        await undo_requests.ask(town.book, receipt.reference, "unwanted", by=town.admin, key="u")
    done = await undone.undo(
        town.book, receipt.reference, "unwanted", by=town.counter, key="u2", stays=[(towel, 1)]
    )
    assert await left(town) == 15
    assert done.rest is not None
    assert (await redemptions.parts_of(town.book, [done.rest]))[done.rest] == ((TEAM, 5),)
    assert await findings(town) == []
