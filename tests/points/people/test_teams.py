"""Teams and who joined them."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.book import Book
from points.people import roles, teams
from points.people.errors import NotAllowed, TeamTaken, UnknownTeam
from points.people.models import Team, TeamJoin
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, NANBU


@pytest.mark.anyio
async def test_a_team_is_formed_by_its_first_member_and_joined_once(book: Book) -> None:
    """The second finds it there; joining twice is joining once."""
    for member in ("V-000001", "V-000002", "V-000001"):
        await teams.join(book, "六和巡防队", member, area=LIUHE, on=DAY)
    await teams.join(book, "红心队", "V-000001", area=LIUHE, on=DAY)
    assert await teams.of(book, ["V-000001", "V-000003"]) == {
        "V-000001": ["六和巡防队", "红心队"],
        "V-000003": [],
    }
    assert await Team.all().using_db(book.reader).count() == 2
    assert await TeamJoin.all().using_db(book.reader).count() == 3


@pytest.mark.anyio
async def test_a_team_has_a_number_a_leader_and_a_roster_that_people_join_and_leave(book: Book) -> None:
    """Registered once; in, out and in again; a name formed by a file keeps its people; only who keeps it may."""
    chen, li, wang = [
        (await village.enrol(book, name, kind=kind, area=LIUHE)).number
        for name, kind in (("陈主任", "staff"), ("李梅", "staff"), ("王秀兰", "volunteer"))
    ]
    await roles.grant(book, member=chen, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    await teams.join(book, "清洁队", wang, area=LIUHE, on=DAY)
    asked: dict[str, Any] = {"kind": "team", "area": LIUHE, "leader": wang, "by": chen, "key": "k"}
    first = await teams.register(book, "清洁队", **asked)
    assert await teams.register(book, "清洁队", **asked) == first
    assert (first.number, first.leader) == ("T-0001", wang)
    with pytest.raises(TeamTaken, match="T-0001"):
        await teams.register(book, "清洁队", **(asked | {"key": "other"}))
    studio = await teams.register(
        book, "老赵调解室", kind="studio", area=LIUHE, leader=None, by=chen, key="s"
    )
    assert studio.number == "D-0001"
    assert [team.number for team in await teams.under(book, [LIUHE])] == ["D-0001", "T-0001"]
    assert await teams.under(book, [NANBU]) == []
    await teams.enter(book, "T-0001", li, by=chen, key="e")
    await teams.leave(book, "T-0001", wang, by=chen, key="l")
    await teams.leave(book, "T-0001", wang, by=chen, key="l2")
    assert [each.member for each in await teams.roster(book, "清洁队")] == [li]
    assert await teams.of(book, [wang, li]) == {wang: [], li: ["清洁队"]}
    await teams.enter(book, "T-0001", wang, by=chen, key="e2")
    await teams.lead(book, "T-0001", li, by=chen, key="a")
    assert [each.member for each in await teams.roster(book, "清洁队")] == [li, wang]
    assert (await teams.find(book, "T-0001")).leader == li
    with pytest.raises(NotAllowed):
        await teams.enter(book, "T-0001", wang, by=li, key="x")
    with pytest.raises(UnknownTeam):
        await teams.find(book, "T-0009")
