"""Grants in lists."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.people import areas, grants, roles
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, LONGTIAN, NANBU, PINGSHAN, PINGSHAN_STREET

TOMORROW = DAY + timedelta(days=1)


@pytest.mark.anyio
async def test_lists_say_who_may_do_what_where(book: Book) -> None:
    """Over an area: its own grants and those above it. Of some areas: theirs and below, filtered, page by page."""
    chen, li, he = [
        (await village.enrol(book, name, kind="staff", area=PINGSHAN)).number
        for name in ("陈主任", "李梅", "何伟")
    ]
    await roles.grant(book, member=chen, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    for member, role, area in (
        (li, "verifier", PINGSHAN_STREET),
        (he, "verifier", LIUHE),
        (he, "grid_worker", LIUHE),
        (li, "counter", NANBU),
    ):
        await roles.grant(book, member=member, role=role, area=area, by=chen, on=DAY)
    late = await roles.grant(book, member=li, role="auditor", area=LIUHE, by=chen, on=TOMORROW)
    path = await areas.path(book, LIUHE)
    over = [(g.role, g.member) for g in await grants.over(book, path, DAY)]
    assert over == [("grid_worker", he), ("verifier", li), ("verifier", he), ("admin", chen)]
    assert late.id in {g.id for g in await grants.over(book, path, TOMORROW)}
    every = await grants.listed(book, [None], DAY)
    assert [g.granted_by for g in every] == [chen] * 4 + [roles.SYSTEM]
    assert [g.id for g in await grants.listed(book, [None], DAY, after=every[1].id, limit=2)] == [
        every[2].id,
        every[3].id,
    ]
    assert [g.role for g in await grants.listed(book, [LONGTIAN], DAY)] == ["counter"]
    assert len(await grants.listed(book, [PINGSHAN_STREET], DAY)) == 3
    assert [g.member for g in await grants.listed(book, [None], DAY, area=LIUHE, role="verifier")] == [he]
    assert [g.area for g in await grants.listed(book, [LONGTIAN], DAY, member=li)] == [NANBU]
    assert await grants.listed(book, [LONGTIAN], DAY, key=every[1].id) == []
    assert await grants.listed(book, [], DAY) == []


@pytest.mark.anyio
async def test_duties_are_those_of_paid_roles_with_the_day_they_ended(book: Book) -> None:
    """Also past ones: what was done then was done on duty."""
    chen, he = [
        (await village.enrol(book, name, kind="staff", area=PINGSHAN)).number for name in ("陈主任", "何伟")
    ]
    await roles.grant(book, member=chen, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    given = await roles.grant(book, member=he, role="grid_worker", area=LIUHE, by=chen, on=DAY)
    await roles.grant(book, member=he, role="verifier", area=LIUHE, by=chen, on=DAY)
    await roles.revoke(book, grant=given.id, by=chen, on=TOMORROW)
    assert await grants.duties(book, [he, chen]) == [(given, TOMORROW.isoformat())]
    assert await grants.duties(book, []) == []
