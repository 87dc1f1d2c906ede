"""Consents are apart from each other, are withdrawn, and a child's guardian agrees first."""

from __future__ import annotations

from datetime import date

import pytest

from ledger import statements
from ledger.book import Book
from points.people import consents
from points.people.errors import BadConsent, NeedsGuardian, NotAllowed
from points.people.members import Details
from points.people.models import Person
from points.people.records import Consent
from tests.points.people import clerks_of, village

pytestmark = pytest.mark.anyio


async def agreed(book: Book, member: str) -> set[str]:
    """What somebody agrees to now."""
    return set((await consents.of(book, [member]))[member])


async def test_each_consent_is_given_and_withdrawn_apart(book: Book) -> None:
    """One withdrawn leaves the others; given again it stands again, by a row of its own, each an act."""
    by, wang = await clerks_of.staff(book, "counter"), await village.enrol(book, "王秀兰")
    await consents.give(book, wang.number, "named", by=by, key="a1")
    await consents.give(book, wang.number, "photo", by=by, key="a2")
    await consents.give(book, wang.number, "named", by=by, key="a1")
    assert await agreed(book, wang.number) == {"named", "photo"}
    await consents.withdraw(book, wang.number, "named", by=by, key="a3")
    await consents.withdraw(book, wang.number, "named", by=by, key="a4")
    assert await agreed(book, wang.number) == {"photo"}
    await consents.give(book, wang.number, "named", by=by, key="a5")
    assert await agreed(book, wang.number) == {"named", "photo"}
    assert await Consent.filter(member=wang.number, what="named").using_db(book.reader).count() == 2
    named = [f"consent/{wang.number}/a{n}" for n in (1, 2, 5)] + [f"consent-withdrawn/{wang.number}/a3"]
    assert set(await statements.known(book.reader, named)) == set(named)


async def test_nobody_else_records_a_consent_nor_an_unknown_one(book: Book) -> None:
    """Neither from another street, nor a consent there is not."""
    by = await clerks_of.staff(book, "counter", area=village.LONGTIAN)
    wang = await village.enrol(book, "王秀兰")
    with pytest.raises(NotAllowed):
        await consents.give(book, wang.number, "named", by=by, key="a1")
    with pytest.raises(BadConsent):
        await consents.give(book, wang.number, "everything", by=by, key="a2")
    assert await agreed(book, wang.number) == set()


async def test_a_childs_guardian_is_needed_and_cannot_be_taken_back(book: Book) -> None:
    """Under 14 somebody must have agreed; from 14 on nobody need."""
    today = book.today()
    born = Details(born_year=today.year - 10)
    with pytest.raises(NeedsGuardian):
        consents.needed("01-01", born, today)
    with_guardian = Details(today.year - 10, None, "王军", "10000900003")
    assert consents.needed("01-01", with_guardian, today) == ("guardian",)
    assert consents.needed("01-01", Details(born_year=today.year - 15), today) == ()
    by, child = await clerks_of.staff(book, "counter"), await village.enrol(book, "王小宝", birthday="01-01")
    async with book.write() as db:
        await Person.filter(member=child.number).using_db(db).update(born_year=today.year - 10)
    await consents.give(book, child.number, "guardian", by=by, key="a1")
    with pytest.raises(NeedsGuardian):
        await consents.withdraw(book, child.number, "guardian", by=by, key="a2")
    assert await consents.children(book, [child.number], date(today.year + 5, 1, 1)) == set()
