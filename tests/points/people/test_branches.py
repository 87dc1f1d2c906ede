"""Party branches group areas beside the tree."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import branches, roles
from points.people.errors import NotAllowed, UnknownBranch
from tests.points.people import village
from tests.points.people.village import DAY, HEPING, LIUHE, PINGSHAN, PINGSHAN_STREET


@pytest.mark.anyio
async def test_a_branch_groups_areas_until_they_are_taken_out(book: Book) -> None:
    """Formed once for a key, areas in and out and in again, found at its seat and at each area; never a person."""
    chen = (await village.enrol(book, "陈主任", kind="staff", area=PINGSHAN)).number
    li = (await village.enrol(book, "李梅", kind="staff", area=PINGSHAN)).number
    await roles.grant(book, member=chen, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    first = await branches.form(book, "坪山第一支部", area=PINGSHAN_STREET, by=chen, key="k")
    assert (
        await branches.form(book, "坪山第一支部", area=PINGSHAN_STREET, by=chen, key="k")
    ).number == "B-0001"
    for n, area in enumerate((LIUHE, HEPING, LIUHE)):
        await branches.put(book, first.number, area, by=chen, key=f"p{n}")
    (found,) = await branches.at(book, LIUHE)
    assert [area.code for area in found.areas] == [LIUHE, HEPING]
    await branches.take(book, first.number, LIUHE, by=chen, key="t")
    assert await branches.at(book, LIUHE) == []
    assert [[a.code for a in g.areas] for g in await branches.at(book, PINGSHAN_STREET)] == [[HEPING]]
    await branches.put(book, first.number, LIUHE, by=chen, key="p9")
    assert len((await branches.at(book, LIUHE))[0].areas) == 2
    with pytest.raises(NotAllowed):
        await branches.put(book, first.number, LIUHE, by=li, key="x")
    with pytest.raises(UnknownBranch):
        await branches.find(book, "B-0099")
