"""What is noted of a grid."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.book import Book
from points.people import area_acts, grids, roles
from points.people.errors import BadGridKind, BadHouseholds, NoGrid, NotAllowed, UnknownMember
from points.people.records import GridProfile
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, PINGSHAN


@pytest.mark.anyio
async def test_the_latest_note_of_a_grid_counts_and_the_earlier_ones_stay(book: Book) -> None:
    """Kind, households, head and worker; the same again writes nothing; only who answers for it may."""
    chen = (await village.enrol(book, "陈主任", kind="staff", area=PINGSHAN)).number
    other = (await village.enrol(book, "李梅", kind="staff", area=PINGSHAN)).number
    await roles.grant(book, member=chen, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    grid = (await area_acts.add(book, "一网格", level="grid", parent=LIUHE, by=chen, key="k")).code
    said: dict[str, Any] = {"kind": "lane", "households": 320, "head": chen, "worker": None}
    await grids.note(book, grid, **said, by=chen, key="1")
    await grids.note(book, grid, **said, by=chen, key="2")
    assert await GridProfile.all().using_db(book.reader).count() == 1
    await grids.note(book, grid, **(said | {"worker": other}), by=chen, key="3")
    found = (await grids.of(book, [grid, LIUHE]))[grid]
    assert (found.kind, found.households, found.head, found.worker) == ("lane", 320, chen, other)
    refused: tuple[tuple[dict[str, Any], type[Exception]], ...] = (
        ({"kind": "tower"}, BadGridKind),
        ({"households": -1}, BadHouseholds),
        ({"head": "S-0999"}, UnknownMember),
    )
    for wrong, error in refused:
        with pytest.raises(error):
            await grids.note(book, grid, **(said | wrong), by=chen, key="4")
    with pytest.raises(NoGrid):
        await grids.note(book, LIUHE, **said, by=chen, key="5")
    with pytest.raises(NotAllowed):
        await grids.note(book, grid, **said, by=other, key="6")
