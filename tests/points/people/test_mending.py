"""What is known of somebody is put right; the ledger says which field, never the value."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import members, mending
from points.people.errors import (
    BadBirthYear,
    BadName,
    BadPhone,
    Erased,
    NeedsGuardian,
    NotAField,
    NotAllowed,
    PhoneTaken,
)
from points.people.models import Person
from tests.points.people import clerks_of, village

pytestmark = pytest.mark.anyio


async def acts(book: Book) -> list[str]:
    """The texts of the mendings in the ledger and beside it."""
    sql = "SELECT text FROM evidence_snapshot_text WHERE snapshot LIKE 'mended/%'"
    return [row["text"] for row in await book.reader.execute_query_dict(sql)]


async def test_each_field_is_put_right_and_the_ledger_names_only_the_field(book: Book) -> None:
    """Found by the new phone and not by the old; what is so already is no act."""
    by, wang = (
        await clerks_of.staff(book, "counter"),
        await village.enrol(book, "王秀兰", phone="10000900001"),
    )
    for n, (field, value) in enumerate(
        (("name", "王秀蓝"), ("phone", "10000900007"), ("born", "1950-03-12"))
    ):
        await mending.mend(book, wang.number, field, value, by=by, key=f"m{n}")
        await mending.mend(book, wang.number, field, value, by=by, key=f"n{n}")
    person = await Person.get(member=wang.number, using_db=book.reader)
    assert (person.name, person.phone_tail, person.birthday, person.born_year) == (
        "王秀蓝",
        "0007",
        "03-12",
        1950,
    )
    assert await members.number_of_phone(book, "10000900007") == wang.number
    assert await members.number_of_phone(book, "10000900001") is None
    texts = await acts(book)
    assert len(texts) == 3
    assert not any(secret in text for text in texts for secret in ("王秀", "1000090000", "1950"))


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("name", "", BadName),
        ("phone", "12", BadPhone),
        ("phone", "10000900002", PhoneTaken),
        ("born", "2999-01-01", BadBirthYear),
        ("born", "春天", BadBirthYear),
        ("born", "2020-01-01", NeedsGuardian),
        ("kind", "staff", NotAField),
    ],
)
async def test_what_cannot_be_is_refused_and_nothing_is_written(
    book: Book, field: str, value: str, error: type[Exception]
) -> None:
    """Neither a row nor an act."""
    by, wang = (
        await clerks_of.staff(book, "counter"),
        await village.enrol(book, "王秀兰", phone="10000900001"),
    )
    await village.enrol(book, "赵敏", phone="10000900002")
    with pytest.raises(error):
        await mending.mend(book, wang.number, field, value, by=by, key="m1")
    assert await acts(book) == []
    assert await members.find(book, wang.number) == wang


async def test_only_clerks_of_the_area_mend_and_only_whom_there_is(book: Book) -> None:
    """From another street it is refused; one who was erased is not filled in again."""
    wang, far = (
        await village.enrol(book, "王秀兰"),
        await clerks_of.staff(book, "counter", area=village.LONGTIAN),
    )
    with pytest.raises(NotAllowed):
        await mending.mend(book, wang.number, "name", "王秀蓝", by=far, key="m1")
    async with book.write() as db:
        await Person.filter(member=wang.number).using_db(db).delete()
    with pytest.raises(Erased):
        await mending.mend(
            book, wang.number, "name", "王秀蓝", by=await clerks_of.staff(book, "admin"), key="m2"
        )
