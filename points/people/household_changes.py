"""Households change: somebody joins or leaves, some part to live apart, two become one. Each is one act, and undoable.

Honour, points and hours are each member's own wherever they live: no entry of theirs moves. Whoever moves is asked anew
whether their points may be spent together.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.expressions import Q, Subquery
from tortoise.queryset import QuerySet

from ledger.book import Book
from ledger.errors import Busy, RowConflict
from points import paging
from points.keys import new_key
from points.paging import FIRST, Part, Turn
from points.people import acts, clerks, households, members, pooling
from points.people.errors import (
    ChangedSince,
    NoHousehold,
    NotOneHousehold,
    OwnHousehold,
    SameHousehold,
    UnknownChange,
    UnknownHousehold,
    UnknownMember,
)
from points.people.models import Household, HouseholdJoin
from points.people.records import Ending, HouseholdChange, HouseholdChangeLine

WHAT = "household"
OURS = "H-"
A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Past:
    """One change of a household: what it did to whom, and whether it was, or still can be, undone."""

    change: HouseholdChange
    lines: tuple[HouseholdChangeLine, ...]
    undone: bool


async def join(book: Book, member: str, household: str | None, *, by: str, key: str) -> str:
    """A member goes to live in a household, or in a new one when none is named; the answer is its number.

    Whoever lives there already stays, and nothing is written. Raises UnknownMember, UnknownHousehold, OwnHousehold,
    NotAllowed.
    """
    someone = await members.find(book, member)
    asked = {"change": "joined", "to": household or ""}
    if before := await _done(book, someone.number, asked, by=by, key=key):
        return before.lines[0].after or ""
    if household is not None:
        await _require(book, household)
        if (await households.of(book, [someone.number]))[someone.number] == household:
            return household
    new = household or await _following(book)
    await _change(book, {someone.number: new}, asked, subject=someone.number, by=by, key=key)
    return new


async def leave(book: Book, member: str, *, by: str, key: str) -> None:
    """A member lives in no declared household any more. Raises UnknownMember, NoHousehold, OwnHousehold, NotAllowed."""
    someone = await members.find(book, member)
    asked = {"change": "left"}
    if await _done(book, someone.number, asked, by=by, key=key):
        return
    if (await households.of(book, [someone.number]))[someone.number] is None:
        raise NoHousehold(member=someone.number)
    await _change(book, {someone.number: None}, asked, subject=someone.number, by=by, key=key)


async def split(book: Book, household: str, leaving: Sequence[str], *, by: str, key: str) -> str:
    """Some of a household begin one of their own; the answer is its number.

    Raises UnknownHousehold, NotOneHousehold, OwnHousehold, NotAllowed.
    """
    await _require(book, household)
    asked = {"change": "split", "leaving": sorted(leaving)}
    if before := await _done(book, household, asked, by=by, key=key):
        return before.lines[0].after or ""
    there = await households.members_of(book, household)
    if not leaving or not set(leaving) < set(there):
        raise NotOneHousehold
    new = await _following(book)
    await _change(book, dict.fromkeys(sorted(leaving), new), asked, subject=household, by=by, key=key)
    return new


async def merge(book: Book, household: str, *, into: str, by: str, key: str) -> None:
    """Everybody of a household goes to live in another. Raises UnknownHousehold, SameHousehold, OwnHousehold,
    NotAllowed; and NoHousehold when nobody lives there any more."""
    await _require(book, household)
    await _require(book, into)
    asked = {"change": "merged", "into": into}
    if await _done(book, household, asked, by=by, key=key):
        return
    if household == into:
        raise SameHousehold
    there = await households.members_of(book, household)
    if not there:
        raise NoHousehold(member=household)
    await _change(book, dict.fromkeys(there, into), asked, subject=household, by=by, key=key)


async def undo(book: Book, change: str, *, by: str, key: str) -> None:
    """Take a change back: everybody lives where they lived before it. Undoing twice changes nothing.

    Raises UnknownChange, OwnHousehold, NotAllowed, and ChangedSince when one of them moved again.
    """
    found = await of_change(book, change)
    if found is None or found.change.what == "undone":
        raise UnknownChange
    if found.undone:
        return
    homes = await households.of(book, [line.member for line in found.lines])
    for line in found.lines:
        if homes[line.member] != line.after or await _moved_since(book, line):
            raise ChangedSince(member=line.member)
    wanted = {line.member: line.before for line in found.lines}
    await _change(book, wanted, {"change": "undone"}, subject=change, by=by, key=key, undoes=change)


async def of_change(book: Book, change: str) -> Past | None:
    """One change by its key."""
    row = await HouseholdChange.get_or_none(id=change, using_db=book.reader)
    return (await _pasts(book, [row]))[0] if row else None


async def history(book: Book, household: str, turn: Turn = FIRST) -> Part[Past]:
    """What happened to a household, the newest first. Three statements."""
    touched = Subquery(_lines(household).values("change"))
    found = await paging.part(
        HouseholdChange.filter(id__in=touched).using_db(book.reader), turn, limit=A_PAGE
    )
    return found.told(await _pasts(book, found.rows))


async def ever(book: Book, household: str) -> set[str]:
    """Who ever moved into a household or out of it. One statement."""
    moved = _lines(household).using_db(book.reader).distinct().values_list("member", flat=True)
    return {str(member) for member in await moved}


def _lines(household: str) -> QuerySet[HouseholdChangeLine]:
    return HouseholdChangeLine.filter(Q(before=household) | Q(after=household))


async def _pasts(book: Book, rows: Sequence[HouseholdChange]) -> list[Past]:
    keys = [row.id for row in rows]
    lines = await HouseholdChangeLine.filter(change__in=keys).using_db(book.reader).order_by("member")
    undone = HouseholdChange.filter(undoes__in=keys).using_db(book.reader)
    gone = {str(key) for key in await undone.values_list("undoes", flat=True)}
    return [Past(r, tuple(line for line in lines if line.change == r.id), r.id in gone) for r in rows]


async def _moved_since(book: Book, line: HouseholdChangeLine) -> bool:
    """Whether a later change of this member stands; one that was undone, and its undoing, count as none."""
    later = HouseholdChangeLine.filter(member=line.member, id__gt=line.id).using_db(book.reader)
    keys = [str(key) for key in await later.values_list("change", flat=True)]
    rows = await HouseholdChange.filter(id__in=keys).using_db(book.reader)
    return any(past.change.what != "undone" and not past.undone for past in await _pasts(book, rows))


async def _done(book: Book, subject: str, asked: Mapping[str, Any], *, by: str, key: str) -> Past | None:
    """The change that this very page asked for before; raises ReferenceConflict when it asked for another."""
    if await acts.before(book, WHAT, subject, asked, by=by, key=key) is None:
        return None
    named = acts.reference(WHAT, subject, key)
    row = await HouseholdChange.get(reference=named, using_db=book.reader)
    return await of_change(book, row.id)


async def _require(book: Book, household: str) -> None:
    if not await Household.filter(number=household).using_db(book.reader).exists():
        raise UnknownHousehold(household=household)


async def _following(book: Book) -> str:
    """The number after the newest that was given here; files bring numbers of their own."""
    ours = Household.filter(number__gte=OURS, number__lt="H.").using_db(book.reader)
    newest = await ours.order_by("-number").first()
    digits = newest.number[len(OURS) :] if newest else "0"
    return f"{OURS}{int(digits) + 1 if digits.isdigit() else 1:06d}"


async def _change(
    book: Book,
    wanted: Mapping[str, str | None],
    asked: Mapping[str, Any],
    *,
    subject: str,
    by: str,
    key: str,
    undoes: str | None = None,
) -> None:
    people = await members.many(book, wanted)
    for number in wanted:
        if number not in people:
            raise UnknownMember(member=number)
        await clerks.require(book, by, people[number].area)
    if by in wanted:
        raise OwnHousehold
    standing = await households.standing(book, wanted)
    on, change = book.today().isoformat(), new_key()
    new = {home for home in wanted.values() if home}
    there = {h.number for h in await Household.filter(number__in=sorted(new)).using_db(book.reader)}
    rows: list[Any] = [
        HouseholdChange(
            id=change,
            what=asked["change"],
            undoes=undoes,
            changed_on=on,
            changed_by=by,
            reference=acts.reference(WHAT, subject, key),
        ),
        *(Household(number=number, formed_on=on) for number in sorted(new - there)),
    ]
    for member, after in wanted.items():
        rows += _line(member, standing.get(member), after, change=change, on=on, by=by)
        if member in standing:
            rows += await pooling.ended(book, member, by=by, reference=acts.reference(WHAT, subject, key))
    homes = {member: home or "" for member, home in wanted.items()}
    facts = {"change": asked["change"], "homes": homes}
    try:
        await acts.post(book, WHAT, subject, facts, rows, by=by, key=key, request=asked)
    except RowConflict:
        raise Busy from None  # somebody else moved one of them in the same moment


def _line(
    member: str, last: HouseholdJoin | None, after: str | None, *, change: str, on: str, by: str
) -> list[Any]:
    """The rows of one member's move: what it was, the end of the old join, and the new one."""
    rows: list[Any] = [
        HouseholdChangeLine(
            id=new_key(), change=change, member=member, before=last.household if last else None, after=after
        )
    ]
    if last is not None:
        rows.append(Ending(joined=last.id, kind="household", ended_on=on, ended_by=by))
    if after is not None:
        rows.append(HouseholdJoin(id=new_key(), household=after, member=member, joined_on=on))
    return rows
