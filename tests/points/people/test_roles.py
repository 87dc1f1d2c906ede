"""Roles: granted for an area, by somebody else, in the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ledger.book import Book
from points.people import roles
from points.people.errors import (
    NeedsApproval,
    NotAllowed,
    OwnRole,
    RolesClash,
    UnknownArea,
    UnknownGrant,
    UnknownMember,
    UnknownRole,
)
from points.people.models import RoleGrant
from tests.points.people import village
from tests.points.people.village import DAY, LIUHE, NANBU, PINGSHAN, PINGSHAN_STREET

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
async def people(book: Book) -> dict[str, str]:
    """Four of the staff; 陈主任 is admin of the whole book."""
    names = ("陈主任", "李梅", "张强", "周静")
    numbers = {name: (await village.enrol(book, name, kind="staff", area=PINGSHAN)).number for name in names}
    await roles.grant(book, member=numbers["陈主任"], role="admin", area=None, by=roles.SYSTEM, on=DAY)
    return numbers


async def give(book: Book, people: dict[str, str], who: str, role: str, area: str | None) -> roles.Grant:
    """陈主任 grants a role."""
    return await roles.grant(book, member=people[who], role=role, area=area, by=people["陈主任"], on=DAY)


@pytest.mark.anyio
async def test_a_role_reaches_down_from_its_area_and_nowhere_else(book: Book, people: dict[str, str]) -> None:
    """A verifier of a street acts in its communities, by code or path; not in the next street, nor the whole book."""
    await give(book, people, "李梅", "verifier", PINGSHAN_STREET)
    li = people["李梅"]
    await roles.require(book, li, "verifier", LIUHE, DAY)
    await roles.require(book, li, "verifier", f"/{PINGSHAN}/{PINGSHAN_STREET}/{LIUHE}/", DAY)
    for area in (NANBU, PINGSHAN, None):
        with pytest.raises(NotAllowed):
            await roles.require(book, li, "verifier", area, DAY)
    with pytest.raises(NotAllowed, match="兑换台"):
        await roles.require(book, li, "counter", LIUHE, DAY)


@pytest.mark.anyio
async def test_a_role_begins_and_ends_on_its_days(book: Book, people: dict[str, str]) -> None:
    """Not a day before, not a day after, and not from the day it is revoked."""
    by, li = people["陈主任"], people["李梅"]
    grant = await roles.grant(book, member=li, role="verifier", area=LIUHE, by=by, on=DAY, until=TOMORROW)
    assert not await roles.holds(book, li, "verifier", LIUHE, DAY - timedelta(days=1))
    assert await roles.holds(book, li, "verifier", LIUHE, TOMORROW)
    assert not await roles.holds(book, li, "verifier", LIUHE, TOMORROW + timedelta(days=1))
    await roles.revoke(book, grant=grant.id, by=by, on=TOMORROW)
    await roles.revoke(book, grant=grant.id, by=by, on=TOMORROW)
    assert await roles.holds(book, li, "verifier", LIUHE, DAY)
    assert not await roles.holds(book, li, "verifier", LIUHE, TOMORROW)
    assert [g.member for g in await roles.holders(book, "verifier", DAY)] == [li]
    assert await roles.holders(book, "verifier", TOMORROW) == []


@pytest.mark.anyio
async def test_granting_what_is_held_writes_nothing_and_after_a_revocation_writes_anew(
    book: Book, people: dict[str, str]
) -> None:
    """The same command again is a no-op; a role taken back in the morning can be given back in the afternoon."""
    first = await give(book, people, "李梅", "verifier", LIUHE)
    assert await give(book, people, "李梅", "verifier", LIUHE) == first
    await roles.revoke(book, grant=first.id, by=people["陈主任"], on=DAY)
    second = await give(book, people, "李梅", "verifier", LIUHE)
    assert second.id != first.id
    assert await roles.holds(book, people["李梅"], "verifier", LIUHE, DAY)
    assert await RoleGrant.filter(role="verifier").using_db(book.reader).count() == 2


@pytest.mark.anyio
async def test_nobody_grants_or_revokes_their_own_role(book: Book, people: dict[str, str]) -> None:
    """Not even the admin."""
    chen = people["陈主任"]
    with pytest.raises(OwnRole):
        await roles.grant(book, member=chen, role="verifier", area=LIUHE, by=chen, on=DAY)
    (own,) = await roles.grants_of(book, chen, DAY)
    with pytest.raises(OwnRole):
        await roles.revoke(book, grant=own.id, by=chen, on=DAY)


@pytest.mark.anyio
async def test_only_an_admin_of_the_place_grants_and_the_system_only_before_there_is_one(
    book: Book, people: dict[str, str]
) -> None:
    """An admin of a street gives no role in the next one; `system` has had its turn."""
    await give(book, people, "张强", "admin", PINGSHAN_STREET)
    granted = await roles.grant(
        book, member=people["李梅"], role="verifier", area=LIUHE, by=people["张强"], on=DAY
    )
    assert granted.area == LIUHE
    for by, area in (
        (people["张强"], NANBU),
        (people["张强"], None),
        (people["李梅"], LIUHE),
        (roles.SYSTEM, LIUHE),
    ):
        with pytest.raises(NotAllowed):
            await roles.grant(book, member=people["周静"], role="counter", area=area, by=by, on=DAY)


@pytest.mark.anyio
async def test_nobody_is_both_admin_and_auditor(book: Book, people: dict[str, str]) -> None:
    """Neither way round, and not for another area; once the first is revoked it may be asked for."""
    audit = await give(book, people, "周静", "auditor", LIUHE)
    with pytest.raises(RolesClash):
        await give(book, people, "周静", "admin", NANBU)
    await give(book, people, "张强", "admin", NANBU)
    with pytest.raises(RolesClash):
        await give(book, people, "张强", "auditor", None)
    await roles.revoke(book, grant=audit.id, by=people["陈主任"], on=DAY)
    with pytest.raises(NeedsApproval):
        await give(book, people, "周静", "admin", NANBU)


@pytest.mark.anyio
async def test_what_does_not_exist_cannot_be_granted(book: Book, people: dict[str, str]) -> None:
    """Role, member and area must be there; `volunteer` needs no grant and takes none."""
    by = people["陈主任"]
    for role in ("boss", "volunteer"):
        with pytest.raises(UnknownRole):
            await roles.grant(book, member=people["李梅"], role=role, area=LIUHE, by=by, on=DAY)
    with pytest.raises(UnknownMember):
        await roles.grant(book, member="S-0099", role="counter", area=LIUHE, by=by, on=DAY)
    with pytest.raises(UnknownArea):
        await roles.grant(book, member=people["李梅"], role="counter", area="9", by=by, on=DAY)
    with pytest.raises(UnknownGrant):
        await roles.revoke(book, grant="none", by=by, on=DAY)


@pytest.mark.anyio
async def test_everyone_enrolled_is_a_volunteer(book: Book, people: dict[str, str]) -> None:
    """Without a grant, anywhere; a number nobody has is not."""
    await roles.require(book, people["李梅"], "volunteer", NANBU, DAY)
    with pytest.raises(NotAllowed):
        await roles.require(book, "V-000099", "volunteer", NANBU, DAY)


@pytest.mark.anyio
async def test_each_grant_is_an_act_in_the_ledger(book: Book, people: dict[str, str]) -> None:
    """Its row names the transaction, and the transaction is there."""
    grant = await give(book, people, "李梅", "verifier", LIUHE)
    row = await RoleGrant.get(id=grant.id, using_db=book.reader)
    sql = "SELECT kind, evidence_id FROM ledger_transaction WHERE reference = ?"
    assert await book.reader.execute_query_dict(sql, [row.reference]) == [
        {"kind": "act", "evidence_id": grant.id}
    ]
