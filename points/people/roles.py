"""Roles: who may do what, where and when. Every grant and every revocation is an act in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from ledger.transactions import Draft
from points.evidence import acts
from points.keys import new_key
from points.people import areas, households
from points.people.errors import (
    HouseholdRole,
    NeedsApproval,
    NobodyToAllow,
    NotAllowed,
    NotAllowedYet,
    OwnRole,
    RolesClash,
    UnknownGrant,
    UnknownMember,
    UnknownRole,
)
from points.people.models import Member, RoleGrant, RoleRevocation
from points.people.twice import merges

NAMES = {
    "volunteer": "志愿者",
    "grid_worker": "网格员",
    "grid_head": "网格长",
    "liaison": "网格对接员",
    "mediator": "调解员",
    "verifier": "核实人",
    "counter": "兑换台",
    "fund_keeper": "资金管理员",
    "notice_publisher": "公示员",
    "stock_keeper": "物品管理员",
    "merchant": "联盟商户",
    "approver": "审批人",
    "admin": "管理员",
    "auditor": "审计",
}
"""Every role with its Chinese name. Everyone enrolled is a volunteer, without a grant."""

TWO_PEOPLE = frozenset({"admin", "approver", "fund_keeper"})
"""Roles that one person asks for and another approves: see `role_requests`."""

PAID_DUTY = frozenset({"grid_worker", "liaison"})
"""Who is paid for what they do here, and so earns nothing redeemable for it."""

CLASHES = {"admin": "auditor", "auditor": "admin"}
"""Nobody both decides and audits."""

SYSTEM = "system"
"""Grants roles while a book is set up: until there is an admin, and never after."""


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody holds, in an area and below it (None: the whole book), from a day until a day, both included."""

    id: str
    member: str
    role: str
    area: str | None
    from_on: str
    until_on: str | None


async def grant(
    book: Book, *, member: str, role: str, area: str | None, by: str, on: date, until: date | None = None
) -> Grant:
    """Give a role from a day on; one who holds just that already keeps it, and nothing is written.

    `by` is an admin of that area, or `system` while the book has no admin. Raises UnknownRole, UnknownMember,
    UnknownArea, OwnRole, HouseholdRole, RolesClash, NotAllowed, and NeedsApproval for a role of TWO_PEOPLE: such a role
    one person gives alone only to make the second one, an admin or approver, while there is nobody who could approve.
    """
    await may_decide(book, member, area, by=by, on=on)
    held = await checked(book, member, role, area, on=on)
    given = Grant(new_key(), member, role, area, on.isoformat(), until.isoformat() if until else None)
    for has in held:
        if (has.role, has.area, has.until_on) == (
            role,
            area,
            given.until_on,
        ) and has.from_on <= given.from_on:
            return has
    if role in TWO_PEOPLE and by != SYSTEM and (role == "fund_keeper" or await _second(book, by, on)):
        raise NeedsApproval(role=NAMES[role])
    same_day = RoleGrant.filter(member=member, role=role, area=area, from_on=given.from_on)
    ordinal = await same_day.using_db(book.reader).count() + 1
    reference = f"grant/{given.from_on}/{member}/{role}/{area or 'book'}/{ordinal}"
    receipt = await book.journal.post(grant_draft(book, given, reference, by=by, on=on))
    return await _by_reference(book, reference) if receipt.repeated else given


async def revoke(book: Book, *, grant: str, by: str, on: date) -> None:
    """Take a role back from a day on; revoking twice changes nothing. Raises UnknownGrant, OwnRole and NotAllowed."""
    row = await RoleGrant.get_or_none(id=grant, using_db=book.reader)
    if row is None:
        raise UnknownGrant(grant=grant)
    if await RoleRevocation.filter(grant=grant).using_db(book.reader).exists():
        return
    await may_decide(book, row.member, row.area, by=by, on=on, taking=True)
    reference = f"revoke/{on.isoformat()}/{grant}"
    facts = {"by": by, "grant": grant, "member": row.member, "revoked_on": on.isoformat(), "role": row.role}
    gone = RoleRevocation(grant=grant, revoked_on=on.isoformat(), revoked_by=by, reference=reference)
    about, request = ("revocation", grant), {"grant": grant, "verb": "revoke"}
    await acts.post(book, reference, about, facts, [gone], on=on, request=request)


async def grants_of(book: Book, member: str, on: date) -> list[Grant]:
    """The roles a member holds on a day, oldest first; read anew at each request, never remembered."""
    return [g for g in await _standing(book, member, on) if g.from_on <= on.isoformat()]


async def holders(book: Book, role: str, on: date) -> list[Grant]:
    """Everyone who holds a role on a day, wherever, by member number."""
    sql = STANDING.format(condition="g.role = ?") + " ORDER BY g.member, g.id"
    day = on.isoformat()
    return _grants(await book.reader.execute_query_dict(sql, [role, day, day]), from_on=day)


async def _second(book: Book, by: str, on: date) -> bool:
    """Whether there is anybody but this one who could approve."""
    found = [*await holders(book, "approver", on), *await holders(book, "admin", on)]
    return any(grant.member != by for grant in found)


async def holds(book: Book, member: str, role: str, area: str | None, on: date) -> bool:
    """Whether a member may act in a role in an area, given by code or path (None: in the whole book)."""
    granted = [g for g in await grants_of(book, member, on) if g.role == role]
    if any(g.area is None for g in granted):
        return True
    if area is None or not granted:
        return False
    path = area if area.startswith("/") else await areas.path(book, area)
    return any(areas.covers(path, g.area) for g in granted)


async def require(book: Book, member: str, role: str, area: str | None, on: date) -> None:
    """Raise NotAllowed unless the member holds the role there on that day. Everyone enrolled is a volunteer."""
    if role == "volunteer":
        allowed = await Member.filter(number=member).using_db(book.reader).exists()
    else:
        allowed = await holds(book, member, role, area, on)
    if not allowed:
        raise await why_not(book, member, role, on)


async def require_any(book: Book, member: str, names: Sequence[str], path: str) -> None:
    """Raise NotAllowed, naming the first, unless a member holds one of these roles today where this path leads."""
    granted = await grants_of(book, member, book.today())
    if not covered(granted, names, path):
        raise NotAllowed(member=member, role=NAMES.get(names[0], names[0]))


def covered(granted: Sequence[Grant], names: Sequence[str], path: str) -> bool:
    """Whether one of these grants is of one of these roles, and for the area at this path."""
    return any(grant.role in names and areas.covers(path, grant.area) for grant in granted)


async def why_not(book: Book, member: str, role: str, on: date) -> NotAllowed:
    """Why somebody may not: nobody enrolled them, their role begins later, or they do not hold it there."""
    named = NAMES.get(role, role)
    if not await Member.filter(number=member).using_db(book.reader).exists():
        return NobodyToAllow(member=member, role=named)
    later = [
        g.from_on for g in await _standing(book, member, on) if g.role == role and g.from_on > on.isoformat()
    ]
    return (
        NotAllowedYet(member=member, role=named, day=min(later))
        if later
        else NotAllowed(member=member, role=named)
    )


STANDING = """
SELECT g.id, g.member, g.role, g.area, g.from_on, g.until_on FROM people_role_grant g
LEFT JOIN people_role_revocation r ON r."grant" = g.id
WHERE {condition} AND (g.until_on IS NULL OR g.until_on >= ?) AND (r."grant" IS NULL OR r.revoked_on > ?)"""
"""What stands on a day or later, the day being asked twice; begun is what has g.from_on <= that day."""


async def _standing(book: Book, member: str, on: date) -> list[Grant]:
    """What a member holds on a day or is to hold later."""
    sql = STANDING.format(condition="g.member = ?") + " ORDER BY g.id"
    day = on.isoformat()
    return _grants(await book.reader.execute_query_dict(sql, [member, day, day]))


def _grants(rows: Sequence[dict[str, str | None]], from_on: str = "9999-12-31") -> list[Grant]:
    found = [Grant(**row) for row in rows]  # type: ignore[arg-type]
    return [g for g in found if g.from_on <= from_on]


async def _by_reference(book: Book, reference: str) -> Grant:
    row = await RoleGrant.get(reference=reference, using_db=book.reader)
    return Grant(row.id, row.member, row.role, row.area, row.from_on, row.until_on)


async def checked(book: Book, member: str, role: str, area: str | None, *, on: date) -> list[Grant]:
    """What somebody holds already; raises when a role cannot be theirs, whoever gives it."""
    if role not in NAMES or role == "volunteer":
        raise UnknownRole(role=role)
    if not await Member.filter(number=member).using_db(book.reader).exists():
        raise UnknownMember(member=member)
    await merges.require_open(book, member)
    if area is not None:
        await areas.find(book, area)
    held = await _standing(book, member, on)
    for other in held:
        if CLASHES.get(role) == other.role:
            raise RolesClash(member=member, held=NAMES[other.role], role=NAMES[role])
    return held


async def may_decide(
    book: Book, member: str, area: str | None, *, by: str, on: date, taking: bool = False
) -> None:
    """Raise unless `by` may give somebody a role there: an admin, of another household; or take it."""
    if by == member:
        raise OwnRole
    if by == SYSTEM:
        if await RoleGrant.filter(role="admin").using_db(book.reader).exists():
            raise NotAllowed(member=by, role=NAMES["admin"])
        return
    if not taking and households.same_side(by, member, await households.of(book, [by, member])):
        raise HouseholdRole
    await require(book, by, "admin", area, on)


def grant_draft(book: Book, given: Grant, reference: str, *, by: str, on: date) -> Draft:
    """The act that gives a role, with its row."""
    facts = {
        "area": given.area or "",
        "by": by,
        "from_on": given.from_on,
        "member": given.member,
        "role": given.role,
        "until_on": given.until_on or "",
    }
    row, asked = grant_row(given, reference, by=by), {**facts, "verb": "grant"}
    return acts.draft(book, reference, ("grant", given.id), facts, [row], on=on, request=asked)


def grant_row(given: Grant, reference: str, *, by: str) -> RoleGrant:
    """The unsaved row of a grant."""
    return RoleGrant(
        id=given.id,
        member=given.member,
        role=given.role,
        area=given.area,
        from_on=given.from_on,
        until_on=given.until_on,
        granted_by=by,
        reference=reference,
    )
