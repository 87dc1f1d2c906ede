"""Consents: what somebody agreed to, each apart from the others, and each withdrawn as easily as it was given."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from ledger.book import Book
from ledger.errors import RowConflict
from points.keys import new_key
from points.people import acts, ages, clerks, members
from points.people.errors import BadConsent, NeedsGuardian
from points.people.members import Details
from points.people.models import Person
from points.people.records import Consent, ConsentWithdrawal

NAMES = {
    "named": "公示时写出姓名",
    "photo": "使用照片",
    "board": "上光荣榜",
    "pooled": "家里人一起用积分",
}
"""What a member may agree to or not. None is needed to be a member."""
GUARDIAN = "guardian"
"""The consent of the guardian of somebody under 14, without which they are not enrolled."""
AT_ONCE = 500


async def of(book: Book, wanted: Iterable[str]) -> dict[str, dict[str, Consent]]:
    """What each of these members agrees to now, by member and consent; two statements for each 500."""
    numbers = sorted(set(wanted))
    standing: dict[str, dict[str, Consent]] = {number: {} for number in numbers}
    for start in range(0, len(numbers), AT_ONCE):
        given = Consent.filter(member__in=numbers[start : start + AT_ONCE]).using_db(book.reader)
        rows = await given.order_by("given_on", "id")
        ended = ConsentWithdrawal.filter(consent__in=[row.id for row in rows]).using_db(book.reader)
        gone = {str(each) for each in await ended.values_list("consent", flat=True)}
        for row in rows:
            if row.id not in gone:
                standing[row.member].setdefault(row.what, row)
    return standing


async def give(book: Book, member: str, what: str, *, by: str, key: str) -> None:
    """Write down that a member agrees to something from today; what they agree to already changes nothing.

    Raises UnknownMember, BadConsent, NotAllowed.
    """
    someone = await members.find(book, member)
    await _may(book, someone.area, what, by=by)
    named = acts.reference("consent", someone.number, key)
    done = await acts.before(book, "consent", someone.number, {"consent": what}, by=by, key=key)
    if done or what in await _of_one(book, someone.number):
        return
    (row,) = rows(someone.number, [what], by=by, on=book.today(), reference=named)
    await acts.post(book, "consent", someone.number, {"consent": what}, [row], by=by, key=key)


async def withdraw(book: Book, member: str, what: str, *, by: str, key: str) -> None:
    """Write down that a member no longer agrees, from today; withdrawing twice changes nothing.

    Raises UnknownMember, BadConsent, NotAllowed, and NeedsGuardian for the guardian's while they are under 14.
    """
    someone = await members.find(book, member)
    await _may(book, someone.area, what, by=by)
    standing = (await of(book, [someone.number]))[someone.number].get(what)
    if standing is None:
        return
    if what == GUARDIAN and await is_child(book, someone.number):
        raise NeedsGuardian
    named = acts.reference("consent-withdrawn", someone.number, key)
    row = ConsentWithdrawal(
        consent=standing.id, withdrawn_on=book.today().isoformat(), recorded_by=by, reference=named
    )
    try:
        await acts.post(book, "consent-withdrawn", someone.number, {"consent": what}, [row], by=by, key=key)
    except RowConflict:
        return  # somebody else withdrew it in the same moment


async def _of_one(book: Book, member: str) -> dict[str, Consent]:
    return (await of(book, [member]))[member]


async def is_child(book: Book, member: str) -> bool:
    """Whether a member is known to be under 14 today."""
    return member in await children(book, [member], book.today())


async def children(book: Book, wanted: Iterable[str], on: date) -> set[str]:
    """Those of these members who are known to be under 14 on a day; one statement for each 500."""
    numbers, found = sorted(set(wanted)), set[str]()
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        young = Person.filter(member__in=part, born_year__gte=on.year - ages.CHILD_UNDER)
        found.update(p.member for p in await young.using_db(book.reader) if _young(p, on))
    return found


def rows(member: str, given: Sequence[str], *, by: str, on: date, reference: str) -> tuple[Consent, ...]:
    """The unsaved rows of what somebody agreed to in one act. Raises BadConsent."""
    if unknown := set(given) - {*NAMES, GUARDIAN}:
        raise BadConsent(consent=min(unknown))
    return tuple(
        Consent(
            id=new_key(),
            member=member,
            what=what,
            given_on=on.isoformat(),
            recorded_by=by,
            reference=reference,
        )
        for what in dict.fromkeys(given)
    )


def needed(birthday: str | None, details: Details, on: date) -> tuple[str, ...]:
    """The consent that somebody's age asks for, () when none; raises NeedsGuardian when nobody gave it."""
    if not ages.is_child(birthday, details.born_year, on):
        return ()
    if not (details.guardian_name and details.guardian_phone):
        raise NeedsGuardian
    return (GUARDIAN,)


def _young(person: Person, on: date) -> bool:
    return ages.is_child(person.birthday, person.born_year, on)


async def _may(book: Book, area: str, what: str, *, by: str) -> None:
    if what not in (*NAMES, GUARDIAN):
        raise BadConsent(consent=what)
    await clerks.require(book, by, area)
