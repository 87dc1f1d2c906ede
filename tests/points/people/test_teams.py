"""Teams and who joined them."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import teams
from points.people.models import Team, TeamJoin
from tests.points.people.village import DAY, LIUHE


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
