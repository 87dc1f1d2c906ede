"""Members are found however they are named, by those who answer for where they are."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import cards, directory
from points.people.errors import CardStopped
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, LONGTIAN, NANBU, PINGSHAN_STREET

pytestmark = pytest.mark.anyio


async def numbers(book: Book, text: str, *areas: str | None) -> list[str]:
    """Who is found in these areas."""
    return [one.number for one in await directory.search(book, text, areas or (PINGSHAN_STREET,))]


async def test_number_phone_card_and_name_find_somebody_of_ones_areas(book: Book) -> None:
    """The beginning of a name too; of another street nobody is found by anything."""
    wang = await village.enrol(book, "王秀兰", phone="10000900001")
    jun = await village.enrol(book, "王军", phone="10000900003")
    card = await cards.issue(book, wang.number, by="S-0001", on=DAY)
    for text in ("v1", "100 0090 0001", f"{card.number[:4]} {card.number[4:]}", card.token, "王秀兰", "王秀"):
        assert await numbers(book, text) == [wang.number], text
        assert await numbers(book, text, LONGTIAN) == []
    assert await numbers(book, "王") == [wang.number, jun.number]
    assert await numbers(book, "", LIUHE) == [wang.number, jun.number]
    assert await numbers(book, "", None) == [wang.number, jun.number]
    for text in ("v9", "10000900009", "赵", "%", "12"):
        assert await numbers(book, text) == [], text
    await cards.lost(book, card.number, by="S-0001", on=DAY)
    with pytest.raises(CardStopped):
        await numbers(book, card.number)


async def test_pages_follow_each_other_by_number(book: Book) -> None:
    """Nobody twice, nobody left out."""
    everyone = [(await village.enrol(book, f"邻居{n}")).number for n in range(5)]
    first = await directory.search(book, "", [LIUHE], limit=2)
    rest = await directory.search(book, "", [LIUHE], after=first[-1].number, limit=9)
    assert [one.number for one in (*first, *rest)] == everyone


async def test_a_member_is_known_only_in_ones_areas(book: Book) -> None:
    """Foreign and unknown are the same: nobody."""
    wang, far = await village.enrol(book, "王秀兰"), await village.enrol(book, "赵敏", area=NANBU)
    found = await directory.known(book, wang.number, [PINGSHAN_STREET])
    assert found is not None
    assert found.person is not None
    assert (found.person.name, found.area_name) == ("王秀兰", "六和社区居委会")
    for number in (far.number, "V-999999"):
        assert await directory.known(book, number, [PINGSHAN_STREET]) is None
