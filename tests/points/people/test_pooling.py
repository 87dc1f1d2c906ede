"""Spending together: everybody answers for themselves, a guardian for a child, and who moves is asked anew."""

from __future__ import annotations

from datetime import date

import pytest

from ledger.book import Book
from points.people import consents, enrolment, household_changes, households, pooling
from points.people.errors import NoHousehold, NotTheirGuardian
from tests.points.people import clerks_of, village

pytestmark = pytest.mark.anyio


async def family(book: Book, *names: str, number: str = "H-000001") -> list[str]:
    """People who declared that they live together."""
    members = [(await village.enrol(book, name)).number for name in names]
    for member in members:
        await households.join(book, number, member, on=book.today())
    return members


async def together(book: Book, member: str) -> tuple[str, ...]:
    """Who of somebody's household agrees."""
    home = await pooling.home(book, member)
    return home.together if home else ()


async def test_each_agrees_for_themselves_and_takes_it_back_alone(book: Book) -> None:
    """Twice is once; what one takes back leaves the others."""
    wang, li = await family(book, "王秀兰", "李建国")
    await pooling.agree(book, wang, by=wang, key="a1")
    await pooling.agree(book, wang, by=wang, key="a1")
    await pooling.agree(book, li, by=li, key="a2")
    assert await together(book, li) == (wang, li)
    await pooling.take_back(book, wang, by=wang, key="a3")
    await pooling.take_back(book, wang, by=wang, key="a4")
    assert await together(book, wang) == (li,)
    assert "pooled" not in (await consents.of(book, [wang]))[wang]


async def test_nobody_agrees_for_another_grown_up(book: Book) -> None:
    """Not for a wife or husband, nor for a neighbour; nor somebody who lives in no household."""
    wang, li = await family(book, "王秀兰", "李建国")
    alone = (await village.enrol(book, "赵敏")).number
    for by in (li, alone):
        with pytest.raises(NotTheirGuardian):
            await pooling.agree(book, wang, by=by, key=f"a-{by}")
    with pytest.raises(NoHousehold):
        await pooling.agree(book, alone, by=alone, key="a1")
    assert await together(book, wang) == ()


async def test_for_a_child_the_guardian_at_home_answers(book: Book) -> None:
    """Neither the child nor the other grown-ups; the guardian is known by the phone."""
    wang, li = await family(book, "王秀兰", "李建国")
    clerk = await clerks_of.staff(book, "counter")
    await household_changes.leave(book, wang, by=clerk, key="h0")
    parent = (await village.enrol(book, "王军", phone="10000900003")).number
    asked = enrolment.Asked(
        name="王小宝",
        kind="resident",
        area=village.LIUHE,
        born=date(book.today().year - 9, 1, 1),
        guardian_name="王军",
        guardian_phone="10000900003",
    )
    child = (await enrolment.enrol(book, asked, by=clerk, key="e1", pepper=b"p" * 32)).number
    for one in (parent, child):
        await households.join(book, "H-000001", one, on=book.today())
    for by in (child, li):
        with pytest.raises(NotTheirGuardian):
            await pooling.agree(book, child, by=by, key=f"a-{by}")
    await pooling.agree(book, child, by=parent, key="a1")
    assert await together(book, li) == (child,)
    await pooling.take_back(book, child, by=parent, key="a2")
    assert await together(book, li) == ()


async def test_who_moves_is_asked_anew(book: Book) -> None:
    """A consent belongs to the home it was given in; it does not come along, nor back by an undoing."""
    wang, li = await family(book, "王秀兰", "李建国")
    for one in (wang, li):
        await pooling.agree(book, one, by=one, key=f"a-{one}")
    clerk = await clerks_of.staff(book, "counter")
    await household_changes.split(book, "H-000001", [wang], by=clerk, key="h1")
    assert (await together(book, wang), await together(book, li)) == ((), (li,))
    (past, *_) = await household_changes.history(book, "H-000001")
    await household_changes.undo(book, past.change.id, by=clerk, key="h2")
    assert await together(book, li) == (li,)
    await pooling.agree(book, wang, by=wang, key="a3")
    assert await together(book, li) == (wang, li)


async def test_a_move_by_a_file_ends_an_earlier_consent_too(book: Book) -> None:
    """A file of members only adds a newer joining: the consent before it counts no more, and can be given again."""
    (wang,) = await family(book, "王秀兰")
    await pooling.agree(book, wang, by=wang, key="a1")
    await households.join(book, "H-000002", wang, on=book.today())
    assert await together(book, wang) == ()
    await pooling.agree(book, wang, by=wang, key="a2")
    assert await together(book, wang) == (wang,)


async def test_a_consent_given_before_the_first_home_counts_there(book: Book) -> None:
    """Who agreed when they were enrolled, and is then written into a household, need not agree again."""
    wang = (await village.enrol(book, "王秀兰")).number
    clerk = await clerks_of.staff(book, "counter")
    await consents.give(book, wang, "pooled", by=clerk, key="a1")
    await household_changes.join(book, wang, None, by=clerk, key="h1")
    assert await together(book, wang) == (wang,)
