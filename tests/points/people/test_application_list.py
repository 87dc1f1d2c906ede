"""The applications that wait: the oldest first, with what a clerk should see before deciding."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ledger.book import Book
from points.people import application_list, applications
from points.people.errors import PhoneTaken
from tests.points.people import clerks_of, village
from tests.points.people.test_applications import PEPPER, RIDER, hung
from tests.points.people.village import HEPING, LIUHE, NANBU, PINGSHAN_STREET

pytestmark = pytest.mark.anyio


async def test_a_known_phone_is_pointed_out_to_the_clerk_alone(book: Book) -> None:
    """Who asks is told nothing of it; the clerk sees the member of their place, and others that wait with it."""
    poster, by = await hung(book), await clerks_of.staff(book, "counter")
    wang = await village.enrol(book, "王秀兰", phone=RIDER.phone)
    numbers = [await applications.ask(book, poster, RIDER, key=key) for key in "ab"]
    found = await application_list.waiting(book, [LIUHE])
    assert [(each.phone_of, each.again) for each in found] == [(wang.number, 1)] * 2
    far = await village.enrol(book, "赵敏", phone="10000970005", area=village.NANBU)
    elsewhere = await applications.ask(book, poster, replace(RIDER, phone="10000970005"), key="c")
    seen = await application_list.one(book, elsewhere, [LIUHE])
    assert seen is not None
    assert seen.phone_of == "", far
    with pytest.raises(PhoneTaken):
        await applications.accept(book, numbers[0], by=by, pepper=PEPPER)
    assert (await applications.follow(book, numbers[0])).state == "waiting"


async def test_the_oldest_come_first_and_each_only_where_it_is(book: Book) -> None:
    """Of several places, as many as are asked for; what is decided is no longer among them."""
    here, there = await hung(book), await hung(book, HEPING)
    by = await clerks_of.staff(book, "counter")
    numbers = [
        await applications.ask(book, poster, replace(RIDER, phone=f"1000097010{n}"), key=f"k{n}")
        for n, poster in enumerate((here, there, here))
    ]

    async def listed(*areas: str | None, limit: int = 9) -> list[str]:
        return [each.number for each in await application_list.waiting(book, areas, limit=limit)]

    assert await listed(PINGSHAN_STREET) == await listed(None) == numbers
    assert await listed(None, limit=2) == numbers[:2]
    assert await listed(LIUHE) == [numbers[0], numbers[2]]
    assert await listed(NANBU) == []
    await applications.refuse(book, numbers[0], "withdrawn", by=by)
    assert await listed(PINGSHAN_STREET) == numbers[1:]
    assert await application_list.one(book, numbers[0], [None]) is None
