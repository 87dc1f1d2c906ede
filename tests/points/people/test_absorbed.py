"""Which households a household took in: over several merges, while they stand and nobody lives in the old one."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.book import Book
from points.people import absorbed, household_changes, households, roles
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE

pytestmark = pytest.mark.anyio


async def test_what_was_merged_counts_while_nobody_lives_there(book: Book) -> None:
    """H1 into H2 into H3 is both; somebody who lives in H1 again takes it out; undone, it is out as well."""
    clerk = (await village.enrol(book, "陈主任", kind="staff", area=LIUHE)).number
    await roles.grant(book, member=clerk, role="admin", area=None, by=roles.SYSTEM, on=DAY)
    one, two, three = [
        (await village.enrol(book, name, area=LIUHE)).number for name in ("甲某", "乙某", "丙某")
    ]
    for home, member in (("H1", one), ("H2", two), ("H3", three)):
        await households.join(book, home, member, on=date(2018, 1, 1))
    await household_changes.merge(book, "H1", into="H2", by=clerk, key="1")
    await household_changes.merge(book, "H2", into="H3", by=clerk, key="2")
    assert await absorbed.by(book, "H3") == ["H1", "H2"]
    assert await absorbed.by(book, "H1") == []
    back = await household_changes.join(book, one, "H1", by=clerk, key="3")
    assert await absorbed.by(book, "H3") == ["H2"]
    assert await absorbed.by(book, back) == []
    merged = [past for past in await household_changes.history(book, "H3") if past.change.what == "merged"]
    with pytest.raises(household_changes.ChangedSince):
        await household_changes.undo(book, merged[0].change.id, by=clerk, key="4")
