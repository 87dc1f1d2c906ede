"""Enrolment at the counter: whole or not at all, once for each key, and nobody under 14 without a guardian."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from ledger.book import Book
from points.people import consents, enrolment, kinds, signin
from points.people.enrolment import Asked
from points.people.errors import (
    BadBirthYear,
    NeedsGuardian,
    NotAllowed,
    PhoneTaken,
    StaffElsewhere,
    WeakPin,
)
from points.people.models import Card, Member, Person
from tests.points.people import clerks_of, village

pytestmark = pytest.mark.anyio
PEPPER = b"p" * 32
QIAN = Asked("钱晓明", "volunteer", village.LIUHE, "10000980001", date(1990, 5, 6), "zh", ("named", "photo"))


async def test_everything_said_is_kept_and_the_key_does_it_once(book: Book) -> None:
    """Person, consents, PIN and card; a second press answers with the same, and prints no second card."""
    by = await clerks_of.staff(book, "counter")
    asked = replace(QIAN, pin="739164")
    first = await enrolment.enrol(book, asked, by=by, key="k1", pepper=PEPPER)
    assert await enrolment.enrol(book, asked, by=by, key="k1", pepper=PEPPER) == first
    person = await Person.get(member=first.number, using_db=book.reader)
    assert (person.name, person.birthday, person.born_year, person.language) == (
        "钱晓明",
        "05-06",
        1990,
        "zh",
    )
    assert set((await consents.of(book, [first.number]))[first.number]) == {"named", "photo"}
    assert await signin.check_pin(book, first.number, "739164", pepper=PEPPER) == first.number
    assert [card.number for card in await Card.all().using_db(book.reader)] == [first.card]


@pytest.mark.parametrize("kind", [kind for kind in kinds.NAMES if kind != kinds.STAFF])
async def test_every_kind_of_member_can_be_enrolled(book: Book, kind: str) -> None:
    """By a grid worker too, who hands out neither PIN nor card."""
    by = await clerks_of.staff(book, "grid_worker")
    enrolled = await enrolment.enrol(book, replace(QIAN, kind=kind), by=by, key="k1", pepper=PEPPER)
    assert (await Member.get(number=enrolled.number, using_db=book.reader)).kind == kind
    assert enrolled.card is None
    assert not await signin.has(book, enrolled.number, "pin")


async def test_a_child_is_enrolled_with_the_guardian_in_columns_that_can_be_erased(book: Book) -> None:
    """Their consent is recorded, their name and phone stand with the person and nowhere in the ledger."""
    by = await clerks_of.staff(book, "counter")
    young = replace(
        QIAN, born=date(book.today().year - 8, 1, 1), guardian_name="钱父亲", guardian_phone="10000980002"
    )
    enrolled = await enrolment.enrol(book, young, by=by, key="k1", pepper=PEPPER)
    person = await Person.get(member=enrolled.number, using_db=book.reader)
    assert (person.guardian_name, person.guardian_phone) == ("钱父亲", "10000980002")
    assert "guardian" in (await consents.of(book, [enrolled.number]))[enrolled.number]
    texts = await book.reader.execute_query_dict("SELECT text FROM evidence_snapshot_text")
    assert not any("钱" in row["text"] or "1000098" in row["text"] for row in texts)


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"born": date(2020, 1, 1)}, NeedsGuardian),
        ({"born": date(2020, 1, 1), "guardian_name": "钱父亲"}, NeedsGuardian),
        ({"born": date(2999, 1, 1)}, BadBirthYear),
        ({"pin": "123456"}, WeakPin),
        ({"pin": "050612"}, WeakPin),
        ({"kind": "staff"}, StaffElsewhere),
        ({"phone": "10000900001"}, PhoneTaken),
        ({"area": village.NANBU}, NotAllowed),
    ],
)
async def test_a_refusal_enrols_nobody(book: Book, change: dict[str, object], error: type[Exception]) -> None:
    """Nobody is left behind without what was asked for."""
    by = await clerks_of.staff(book, "counter")
    await village.enrol(book, "王秀兰", phone="10000900001")
    before = await Member.all().using_db(book.reader).count()
    with pytest.raises(error):
        await enrolment.enrol(book, replace(QIAN, **change), by=by, key="k1", pepper=PEPPER)  # type: ignore[arg-type]
    assert await Member.all().using_db(book.reader).count() == before


async def test_a_pin_set_anew_is_an_act_that_does_not_say_it(book: Book) -> None:
    """Who and whose are in the ledger; a grid worker may not."""
    by, walker = await clerks_of.staff(book, "counter"), await clerks_of.staff(book, "grid_worker")
    wang = await village.enrol(book, "王秀兰")
    await enrolment.set_pin(book, wang.number, "739164", by=by, key="k1", pepper=PEPPER)
    with pytest.raises(NotAllowed):
        await enrolment.set_pin(book, wang.number, "846291", by=walker, key="k2", pepper=PEPPER)
    assert await signin.check_pin(book, wang.number, "739164", pepper=PEPPER) == wang.number
    (text,) = await book.reader.execute_query_dict(
        "SELECT text FROM evidence_snapshot_text WHERE snapshot LIKE 'pin/%'"
    )
    assert by in text["text"]
    assert "739164" not in text["text"]
