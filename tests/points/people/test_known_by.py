"""By what somebody was known: names they gave up too, phones that are still theirs alone."""

from __future__ import annotations

import pytest

from ledger.book import Book
from points.people import known_by
from points.people.models import FormerWord, Person
from tests.points.people import village

pytestmark = pytest.mark.anyio


async def test_former_names_count_and_a_phone_passed_on_does_not(book: Book) -> None:
    """A name once borne is a trace for ever; a number that somebody else has today is theirs."""
    wang = await village.enrol(book, "卡那利", phone="10000987001")
    await village.enrol(book, "赵敏", phone="10000900002")
    former = (("name", "卡娜丽"), ("phone", "10000900002"), ("phone", "10000987009"))
    async with book.write() as db:
        for field, word in former:
            await FormerWord.create(
                id=f"{field}-{word}", member=wang.number, field=field, word=word, using_db=db
            )
    traces = await known_by.find(book, wang.number)
    assert traces.names == ("卡那利", "卡娜丽")
    assert traces.phones == ("10000987001", "10000987009")
    assert set(await known_by.texts(book, traces)) == {f"member/{wang.number}"}


async def test_who_is_erased_has_no_trace(book: Book) -> None:
    """Without the row of a person there is nothing to look for, and nothing is said to be kept."""
    wang = await village.enrol(book, "卡那利")
    async with book.write() as db:
        await Person.filter(member=wang.number).using_db(db).delete()
    traces = await known_by.find(book, wang.number)
    assert traces.words == ()
    assert await known_by.kept(book, traces) == ()
