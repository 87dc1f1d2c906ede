"""Roles that take two people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.people import households, role_requests, roles
from points.people.errors import (
    HouseholdRole,
    NeedsApproval,
    NotAllowed,
    OwnRequest,
    OwnRole,
    RequestChanged,
    RequestDecided,
    RequestLapsed,
    RolesClash,
    UnknownRequest,
)
from points.people.models import RoleGrant
from points.people.role_requests import Asked
from tests.points.people import village
from tests.points.people.village import PINGSHAN

People = dict[str, str]


@pytest.fixture
async def people(book: Book) -> People:
    """陈主任 is admin of the whole book, 郑义 approves; 李梅 and 张强 are two more of the staff."""
    names = ("陈主任", "郑义", "李梅", "张强")
    numbers = {name: (await village.enrol(book, name, kind="staff", area=PINGSHAN)).number for name in names}
    today = book.today()
    for name, role in (("郑义", "approver"), ("陈主任", "admin")):
        await roles.grant(book, member=numbers[name], role=role, area=None, by=roles.SYSTEM, on=today)
    return numbers


async def asked(
    book: Book, people: People, who: str = "李梅", role: str = "fund_keeper", key: str = "k"
) -> Asked:
    """陈主任 asks."""
    by = people["陈主任"]
    return await role_requests.ask(
        book, member=people[who], role=role, area=PINGSHAN, by=by, on=book.today(), key=key
    )


@pytest.mark.anyio
async def test_a_role_of_two_people_is_given_by_the_second(book: Book, people: People) -> None:
    """Not alone; once asked, twice is once; held from the approval, and it says who granted and who approved."""
    with pytest.raises(NeedsApproval):
        await roles.grant(
            book,
            member=people["李梅"],
            role="fund_keeper",
            area=PINGSHAN,
            by=people["陈主任"],
            on=book.today(),
        )
    first = await asked(book, people)
    assert (await asked(book, people)).id == first.id
    assert [each.id for each in await role_requests.waiting(book)] == [first.id]
    assert not await roles.holds(book, people["李梅"], "fund_keeper", PINGSHAN, book.today())
    for _ in range(2):
        await role_requests.decide(book, first.id, approved=True, digest=first.digest, by=people["郑义"])
    assert await roles.holds(book, people["李梅"], "fund_keeper", PINGSHAN, book.today())
    (row,) = await RoleGrant.filter(role="fund_keeper").using_db(book.reader)
    assert row.granted_by == people["陈主任"]
    assert await role_requests.approved_by(book, [row.id]) == {row.id: people["郑义"]}
    assert await role_requests.waiting(book) == []


@pytest.mark.anyio
async def test_a_refused_request_gives_nothing_and_stays_refused(book: Book, people: People) -> None:
    """And cannot be approved afterwards."""
    first = await asked(book, people)
    await role_requests.decide(book, first.id, approved=False, digest=first.digest, by=people["郑义"])
    with pytest.raises(RequestDecided):
        await role_requests.decide(book, first.id, approved=True, digest=first.digest, by=people["郑义"])
    assert not await roles.holds(book, people["李梅"], "fund_keeper", PINGSHAN, book.today())


@pytest.mark.anyio
async def test_nobody_decides_for_themself_or_their_household(book: Book, people: People) -> None:
    """Not who asked, not whom it is for, nobody who lives with either, nobody without the role."""
    first = await asked(book, people)
    for name, error in (("陈主任", OwnRequest), ("李梅", OwnRequest), ("张强", NotAllowed)):
        with pytest.raises(error):
            await role_requests.decide(book, first.id, approved=True, digest=first.digest, by=people[name])
    for other in ("李梅", "陈主任"):
        for name in ("郑义", other):
            await households.join(book, f"HS-{other}", people[name], on=book.today())
        with pytest.raises(HouseholdRole):
            await role_requests.decide(book, first.id, approved=True, digest=first.digest, by=people["郑义"])


@pytest.mark.anyio
async def test_an_admin_gives_their_household_no_role_and_takes_their_own_from_none(
    book: Book, people: People
) -> None:
    """Separation compares the household as well."""
    for name in ("陈主任", "张强"):
        await households.join(book, "HS-9", people[name], on=book.today())
    with pytest.raises(HouseholdRole):
        await roles.grant(
            book, member=people["张强"], role="counter", area=PINGSHAN, by=people["陈主任"], on=book.today()
        )
    with pytest.raises(OwnRole):
        await asked(book, people, who="陈主任", role="fund_keeper")


@pytest.mark.anyio
async def test_a_request_lapses_after_72_hours_and_another_digest_is_refused(
    book: Book, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was seen is what is approved, and not for ever."""
    first = await asked(book, people)
    with pytest.raises(RequestChanged):
        await role_requests.decide(book, first.id, approved=True, digest="other", by=people["郑义"])
    later = book.now() + timedelta(hours=72)
    monkeypatch.setattr(type(book), "now", lambda _book: later)
    with pytest.raises(RequestLapsed):
        await role_requests.decide(book, first.id, approved=True, digest=first.digest, by=people["郑义"])
    assert await role_requests.waiting(book) == []
    with pytest.raises(UnknownRequest):
        await role_requests.find(book, "nothing")


@pytest.mark.anyio
async def test_an_auditor_is_never_made_admin_even_if_the_audit_came_after_the_request(
    book: Book, people: People
) -> None:
    """The clash is looked for again when it is approved."""
    first = await asked(book, people, role="admin")
    await roles.grant(
        book, member=people["李梅"], role="auditor", area=None, by=people["陈主任"], on=book.today()
    )
    with pytest.raises(RolesClash):
        await role_requests.decide(book, first.id, approved=True, digest=first.digest, by=people["郑义"])


@pytest.mark.anyio
async def test_the_only_admin_may_make_the_second_person_and_nobody_else(book: Book) -> None:
    """Otherwise no book begun by one person could ever have two."""
    chen, zheng, li = [
        (await village.enrol(book, name, kind="staff", area=PINGSHAN)).number
        for name in ("陈主任", "郑义", "李梅")
    ]
    today = book.today()
    await roles.grant(book, member=chen, role="admin", area=None, by=roles.SYSTEM, on=today)
    with pytest.raises(NeedsApproval):
        await roles.grant(book, member=li, role="fund_keeper", area=None, by=chen, on=today)
    await roles.grant(book, member=zheng, role="approver", area=None, by=chen, on=today)
    with pytest.raises(NeedsApproval):
        await roles.grant(book, member=li, role="admin", area=None, by=chen, on=today)


@pytest.mark.anyio
async def test_who_may_see_a_request_holds_its_area(book: Book, people: People) -> None:
    """An approver of another place does not learn of it."""
    first = await asked(book, people)
    assert await role_requests.may_see(book, first, [None])
    assert await role_requests.may_see(book, first, [PINGSHAN])
    assert not await role_requests.may_see(book, first, ["131022000000"])
