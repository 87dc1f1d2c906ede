"""Duplicates: found in one's own areas, a stretch at a time, along an index, without those that were decided on."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people.errors import NotAllowed
from points.people.twice import duplicates, merging
from points.people.twice.errors import SameMember
from tests.points.people import clerks_of, village
from tests.points.people.village import HEPING, NANBU, PINGSHAN_STREET

pytestmark = pytest.mark.anyio


async def people(book: Book) -> list[str]:
    """Three of one day of whom two are alike, one of them in the next street, and one with a phone alike."""
    rows = [
        await village.enrol(book, "王秀兰", birthday="03-12", phone="10000900001"),
        await village.enrol(book, "王秀蓝", birthday="03-12", area=HEPING),
        await village.enrol(book, "李大明", birthday="03-12"),
        await village.enrol(book, "王秀岚", birthday="03-12", area=NANBU),
        await village.enrol(book, "王秀兰", phone="10000910001"),
    ]
    return [row.number for row in rows]


async def listed(book: Book, *mine: str | None) -> list[tuple[str, str]]:
    """The pairs of a page."""
    return [(p.one.number, p.two.number) for p in (await duplicates.find(book, mine)).pairs]


async def test_pairs_of_ones_own_areas(book: Book) -> None:
    """Both must be there; nobody's areas are nobody's pairs."""
    a, b, _, d, e = await people(book)
    assert await listed(book, PINGSHAN_STREET) == [(a, b), (a, e)]
    assert await listed(book, None) == [(a, b), (a, d), (a, e), (b, d)]
    assert await listed(book) == []


async def test_what_was_decided_is_not_asked_again(book: Book) -> None:
    """Two who are two, and two who were merged; said again, by another, nothing is written."""
    a, b, _, d, e = await people(book)
    by = await clerks_of.staff(book, "counter")
    await duplicates.apart(book, b, a, by=by, key="k1")
    await duplicates.apart(book, a, b, by=await clerks_of.staff(book, "admin", area=None), key="k2")
    assert await listed(book, PINGSHAN_STREET) == [(a, e)]
    await merging.merge(book, a, e, by=by, reason="list", key="k3")
    assert await listed(book, None) == [(a, d), (b, d)]
    for one, two, error in ((a, a, SameMember), (a, d, NotAllowed)):
        with pytest.raises(error):
            await duplicates.apart(book, one, two, by=by, key="k4")


async def test_stretches_join_up(book: Book) -> None:
    """Every pair is on one page, whichever way the register is cut."""
    await people(book)
    whole, after, found = await listed(book, None), "", []
    while True:
        page = await duplicates.find(book, [None], after=after, stretch=2)
        found += [(p.one.number, p.two.number) for p in page.pairs]
        if page.next is None:
            break
        after = page.next
    assert found == whole


async def test_those_of_one_day_are_found_along_an_index(book: Book) -> None:
    """Nobody else's name is read: on both engines the birthday is looked up, never the whole register."""
    plan = "EXPLAIN QUERY PLAN " if book.engine.dialect == "sqlite" else "EXPLAIN "
    if book.engine.dialect != "sqlite":
        async with book.write() as db:
            await db.execute_query("SET LOCAL enable_seqscan = off")
            rows = await db.execute_query_dict(plan + "SELECT 1 FROM people_person WHERE birthday = '03-12'")
    else:
        sql = duplicates._PAIRS.format(same=duplicates._BORN, here="1 = 1", there="1 = 1")
        rows = await book.reader.execute_query_dict(plan + sql, ["", "V-9", "staff", "staff"])
    assert "birthday" in str(rows)
    assert "SCAN q" not in str(rows)
