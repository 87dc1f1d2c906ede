"""Members are found however they are named, by those who answer for where they are."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import cards, directory, members
from points.people.errors import CardStopped
from points.people.models import Member, Person
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
    assert await numbers(book, "王") == [jun.number, wang.number]
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


async def test_pages_of_a_name_follow_each_other_by_name(book: Book) -> None:
    """Also where several have the same; nobody of another name in between."""
    for name in ("王秀", "王军", "王秀兰", "王秀", "汪秀", "王军"):
        await village.enrol(book, name)
    seen: list[directory.Listed] = []
    while page := await directory.search(book, "王", [LIUHE], after=seen[-1].number if seen else "", limit=2):
        seen += page
    assert [one.name for one in seen] == ["王军", "王军", "王秀", "王秀", "王秀兰"]
    assert len({one.number for one in seen}) == 5


@pytest.mark.parametrize("mine", [[None], [PINGSHAN_STREET], [PINGSHAN_STREET, LONGTIAN]])
async def test_a_name_is_found_along_its_index(book: Book, mine: list[str | None]) -> None:
    """Neither engine reads the register from end to end, whoever asks."""
    people = [
        members.Someone(f"V-{n:06d}", "volunteer", LIUHE, f"{chr(0x4E00 + n)}某", None, None)
        for n in range(1, 3001)
    ]
    async with book.write() as db:
        rows = [members.rows_of(each, on=DAY) for each in people]
        await Member.bulk_create([row[0] for row in rows], using_db=db)
        await Person.bulk_create([row[1] for row in rows], using_db=db)
        if book.engine.dialect == "postgres":
            await db.execute_query("ANALYZE")
    (one,) = await directory.search(book, people[1500].name or "", mine)
    assert one.number == people[1500].number
    statement = await directory.statement(book, "王", mine, after="", limit=50)
    assert not await whole_tables(book, *statement)


async def whole_tables(book: Book, sql: str, values: list[str | int]) -> list[str]:
    """What of a plan reads people from end to end, or puts them in order by itself."""
    if book.engine.dialect == "sqlite":
        plan = [
            row["detail"] for row in await book.reader.execute_query_dict(f"EXPLAIN QUERY PLAN {sql}", values)
        ]
        return [step for step in plan if step.startswith(("SCAN p", "SCAN m")) or "TEMP B-TREE" in step]
    plan = [row["QUERY PLAN"] for row in await book.reader.execute_query_dict(f"EXPLAIN {sql}", values)]
    return [
        step for step in plan if "Seq Scan on people_member" in step or "Seq Scan on people_person" in step
    ]


async def test_a_member_is_known_only_in_ones_areas(book: Book) -> None:
    """Foreign and unknown are the same: nobody."""
    wang, far = await village.enrol(book, "王秀兰"), await village.enrol(book, "赵敏", area=NANBU)
    found = await directory.known(book, wang.number, [PINGSHAN_STREET])
    assert found is not None
    assert found.person is not None
    assert (found.person.name, found.area_name) == ("王秀兰", "六和社区居委会")
    for number in (far.number, "V-999999"):
        assert await directory.known(book, number, [PINGSHAN_STREET]) is None
