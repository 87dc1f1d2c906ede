"""Members are enrolled once, numbered apart, and found however they are named."""

from __future__ import annotations

import asyncio

import pytest

from ledger import statements
from ledger.book import Book
from points.people import members
from points.people.errors import (
    BadKind,
    BadLevel,
    BadPhone,
    EnrolledOtherwise,
    PhoneTaken,
    UnknownArea,
    UnknownMember,
)
from points.people.models import Member, Person
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, PINGSHAN


@pytest.mark.anyio
async def test_somebody_enrolled_is_found_by_number_and_phone(book: Book) -> None:
    """Both lead to the same person, spelled as people spell them."""
    wang = await village.enrol(book, "王秀兰", phone="100 0090 0001", birthday="3月12日")
    assert wang == members.Someone("V-000001", "volunteer", LIUHE, "王秀兰", "10000900001", "03-12")
    assert await members.find(book, "v1") == wang
    assert await members.find(book, "+86 10000900001") == wang
    assert await members.by_phone(book, ["10000900001", "10000900009"]) == {"10000900001": "V-000001"}


@pytest.mark.anyio
async def test_an_unknown_member_is_refused(book: Book) -> None:
    """A number, a phone or a text nobody has finds nobody."""
    for who in ("V-000009", "10000900009", "王秀兰", ""):
        with pytest.raises(UnknownMember):
            await members.find(book, who)


@pytest.mark.anyio
async def test_enrolling_again_with_the_key_enrols_nobody_else(book: Book) -> None:
    """A double click answers with the same member."""

    async def asked() -> members.Someone:
        return await members.enrol(
            book,
            name="王秀兰",
            kind="volunteer",
            area=LIUHE,
            phone="10000900001",
            by="S-0001",
            on=DAY,
            key="k1",
        )

    assert await asked() == await asked()
    assert await Member.all().using_db(book.reader).count() == 1


@pytest.mark.anyio
async def test_the_same_key_for_somebody_else_is_refused(book: Book) -> None:
    """One key has one effect; another name under it is said, not swallowed."""
    await members.enrol(book, name="王秀兰", kind="volunteer", area=LIUHE, by="S-0001", on=DAY, key="k1")
    with pytest.raises(EnrolledOtherwise, match="姓名"):
        await members.enrol(book, name="赵敏", kind="volunteer", area=LIUHE, by="S-0001", on=DAY, key="k1")


@pytest.mark.anyio
async def test_one_phone_has_one_member(book: Book) -> None:
    """The second who gives it is refused, and nothing of them is kept."""
    await village.enrol(book, "王秀兰", phone="10000900001")
    with pytest.raises(PhoneTaken):
        await village.enrol(book, "王军", phone="10000900001")
    assert await Person.all().using_db(book.reader).count() == 1


@pytest.mark.anyio
async def test_many_enrolled_at_once_get_a_number_each(book: Book) -> None:
    """Thirty callers ask for the next number in the same moment; none is lost and none shared."""
    people = await asyncio.gather(*(village.enrol(book, f"邻居{n}") for n in range(12)))
    assert sorted(p.number for p in people) == [f"V-{n:06d}" for n in range(1, 13)]


@pytest.mark.anyio
async def test_the_ledger_text_of_an_enrolment_names_nobody(book: Book) -> None:
    """The act is in the log; name, phone and birthday are not."""
    await village.enrol(book, "王秀兰", phone="10000900001", birthday="03-12")
    row = (await book.reader.execute_query_dict("SELECT body FROM ledger_transaction"))[0]
    text = bytes(row["body"]).decode() if not isinstance(row["body"], str) else row["body"]
    assert "V-000001" in text
    assert not any(secret in text for secret in ("王秀兰", "10000900001", "0001/", "03-12"))
    assert await statements.known(book.reader, ["enrol/2026-11-20/none"]) == {}


@pytest.mark.anyio
async def test_an_erased_person_is_still_a_member(book: Book) -> None:
    """Names go, numbers stay."""
    wang = await village.enrol(book, "王秀兰", phone="10000900001")
    async with book.write() as db:
        await Person.filter(member=wang.number).using_db(db).delete()
    assert await members.find(book, wang.number) == members.Someone(
        wang.number, "volunteer", LIUHE, None, None, None
    )


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"kind": "boss"}, BadKind),
        ({"area": PINGSHAN}, BadLevel),
        ({"area": "9"}, UnknownArea),
        ({"phone": "12"}, BadPhone),
    ],
)
async def test_what_is_wrong_with_an_enrolment_is_said(
    book: Book, wrong: dict[str, str], error: type[Exception]
) -> None:
    """Kind, place and phone are checked before anything is written."""
    with pytest.raises(error):
        await village.enrol(book, "王秀兰", **wrong)
    assert await Member.all().using_db(book.reader).count() == 0
