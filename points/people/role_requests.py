"""Roles that take two people: one asks, another who sees the very same approves or refuses within 72 hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from ledger.transactions import Draft
from points.evidence import acts
from points.keys import new_key
from points.people import areas, requests, roles, sides
from points.people.errors import (
    HouseholdRole,
    NotAllowed,
    OwnRequest,
    RequestChanged,
    RequestDecided,
    UnknownRequest,
)
from points.people.models import RoleGrant
from points.people.records import RoleDecision, RoleRequest
from points.people.roles import Grant

APPROVERS = ("approver", "admin")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as both people see it; `state` is open, approved, refused or lapsed."""

    id: str
    member: str
    role: str
    area: str | None
    from_on: str
    until_on: str | None
    asked_by: str
    asked_at: datetime
    digest: str
    state: str
    decided_by: str | None


async def ask(
    book: Book,
    *,
    member: str,
    role: str,
    area: str | None,
    by: str,
    on: date,
    key: str,
    until: date | None = None,
) -> Asked:
    """Ask for a role for somebody else, by an admin of the area; the same key again answers with the same request.

    Raises what `roles.grant` raises, but NeedsApproval.
    """
    await roles.may_decide(book, member, area, by=by, on=on)
    await roles.checked(book, member, role, area, on=on)
    ends = until.isoformat() if until else None
    facts = {
        "area": area or "",
        "from_on": on.isoformat(),
        "member": member,
        "role": role,
        "until_on": ends or "",
    }
    request = RoleRequest(
        id=new_key(),
        member=member,
        role=role,
        area=area,
        from_on=on.isoformat(),
        until_on=ends,
        asked_by=by,
        asked_at=book.now(),
        digest="",
    )
    request.digest = digest_of(request)
    reference = f"role-request/{book.today()}/{key}"
    about, asked = ("role-request", request.id), {**facts, "verb": "ask for a role"}
    await acts.post(book, reference, about, {**facts, "by": by}, [request], request=asked)
    return await find(book, await acts.subject(book, reference))


def digest_of(request: RoleRequest) -> str:
    """What names all that both people see: member, role, area, days and who asked, as canonical text."""
    return encoding.digest_of(
        {
            "area": request.area or "",
            "asked_by": request.asked_by,
            "from_on": request.from_on,
            "id": request.id,
            "member": request.member,
            "role": request.role,
            "until_on": request.until_on or "",
        }
    )


async def find(book: Book, key: str) -> Asked:
    """A request by its key; raises UnknownRequest."""
    known = len(key) <= 32  # a longer one cannot be asked for
    row = await RoleRequest.get_or_none(id=key, using_db=book.reader) if known else None
    if row is None:
        raise UnknownRequest(request=key)
    return (await _read(book, [row]))[0]


async def waiting(book: Book) -> list[Asked]:
    """The requests nobody decided and that have not lapsed, the oldest first. Two statements."""
    since = book.now() - requests.LAPSES_AFTER
    rows = await RoleRequest.filter(asked_at__gt=since).using_db(book.reader).order_by("id")
    return [each for each in await _read(book, rows) if each.state == "open"]


async def decide(book: Book, key: str, *, approved: bool, digest: str, by: str) -> Asked:
    """Approve or refuse a request as it was seen; the same decision again changes nothing.

    `by` is an approver or admin there, neither who asked nor whom it is for, and lives with neither. An approved one
    is a grant from the day that was asked, which both saw. Raises UnknownRequest, RequestDecided, RequestLapsed,
    RequestChanged, OwnRequest, HouseholdRole, NotAllowed, RolesClash.
    """
    asked = await find(book, key)
    if requests.was_decided(asked, approved=approved, by=by):
        return asked
    await require_second(book, asked, by=by)
    requests.require_open(asked, digest)
    row = await RoleRequest.get(id=key, using_db=book.reader)
    if digest_of(row) != asked.digest:
        raise RequestChanged
    if approved:
        await roles.checked(book, asked.member, asked.role, asked.area, on=book.today())
    try:
        await book.journal.post(_decision(book, asked, approved=approved, by=by))
    except (ReferenceConflict, RowConflict) as conflict:
        raise RequestDecided from conflict
    return await find(book, key)


async def require_second(book: Book, asked: Asked, *, by: str) -> None:
    """Raise unless somebody may decide on a request: separation compares the person and the household."""
    if by in (asked.asked_by, asked.member):
        raise OwnRequest
    if await sides.shares(book, by, [asked.asked_by, asked.member]):
        raise HouseholdRole
    for role in APPROVERS:
        if await roles.holds(book, by, role, asked.area, book.today()):
            return
    raise NotAllowed(member=by, role=roles.NAMES["approver"])


def _decision(book: Book, asked: Asked, *, approved: bool, by: str) -> Draft:
    """One act: the decision, and the grant when it is one."""
    reference = f"role-decision/{asked.id}"
    decision = RoleDecision(
        request=asked.id, approved=approved, decided_by=by, decided_at=book.now(), reference=reference
    )
    rows: list[Any] = [decision]
    if approved:
        given = Grant(new_key(), asked.member, asked.role, asked.area, asked.from_on, asked.until_on)
        rows.append(roles.grant_row(given, reference, by=asked.asked_by))
    facts = {"approved": "yes" if approved else "no", "by": by, "digest": asked.digest, "request": asked.id}
    return acts.draft(book, reference, ("role-decision", asked.id), facts, rows)


async def approved_by(book: Book, grants: Sequence[str]) -> dict[str, str]:
    """Who approved each of these grants, by its key; a grant that one person gave alone is absent. Two statements."""
    given = await RoleGrant.filter(id__in=list(grants)).using_db(book.reader)
    by_reference = {row.reference: row.id for row in given}
    rows = RoleDecision.filter(reference__in=list(by_reference)).using_db(book.reader)
    return {by_reference[str(row.reference)]: row.decided_by for row in await rows}


async def _read(book: Book, rows: Sequence[RoleRequest]) -> list[Asked]:
    decided = {
        row.request: row
        for row in await RoleDecision.filter(request__in=[r.id for r in rows]).using_db(book.reader)
    }
    return [_asked(book, row, decided.get(row.id)) for row in rows]


def _asked(book: Book, row: RoleRequest, decision: RoleDecision | None) -> Asked:
    state = requests.state(book, row.asked_at, decision.approved if decision else None)
    by = decision.decided_by if decision else None
    return Asked(
        row.id,
        row.member,
        row.role,
        row.area,
        row.from_on,
        row.until_on,
        row.asked_by,
        row.asked_at,
        row.digest,
        state,
        by,
    )


async def may_see(book: Book, asked: Asked, codes: Sequence[str | None]) -> bool:
    """Whether a request is for one of these areas or below; for the whole book only with None among them."""
    if None in codes:
        return True
    if asked.area is None:
        return False
    path = await areas.path(book, asked.area)
    return any(areas.covers(path, code) for code in codes)
