"""Spending together: who of a household agrees that their points are used by all who agree, and takes it back.

Everybody answers for themselves; for somebody under 14 their guardian who lives with them does. A consent counts while
its member lives where they lived when they gave it, or in their first home: who moves is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.book import Book
from ledger.errors import RowConflict
from points.people import acts, consents, households, members
from points.people.errors import NoHousehold, NotTheirGuardian
from points.people.models import HouseholdJoin, Person
from points.people.records import Consent, ConsentWithdrawal, MemberErasure
from points.people.twice import merges

WHAT = "pooled"


@dataclass(frozen=True, slots=True)
class Housemate:
    """Somebody who lives in a household: whether they agree, since when, and who answers for them if a child."""

    member: str
    since: date | None = None
    consent: str | None = None
    guardians: tuple[str, ...] = ()
    child: bool = False

    @property
    def agrees(self) -> bool:
        """Whether their points may be used together now."""
        return self.consent is not None

    def may_answer(self, by: str) -> bool:
        """Whether somebody gives and takes back this consent at home."""
        return by in self.guardians if self.child else by == self.member


@dataclass(frozen=True, slots=True)
class Home:
    """A household and who lives there, by number: open numbers of people who were not erased."""

    household: str
    there: tuple[Housemate, ...]

    @property
    def together(self) -> tuple[str, ...]:
        """Those who agree."""
        return tuple(each.member for each in self.there if each.agrees)

    def agreed_by(self, day: date | None) -> tuple[str, ...]:
        """Those who agree and had agreed by a day; all who agree where none is said."""
        return tuple(
            each.member
            for each in self.there
            if each.since is not None and (day is None or each.since <= day)
        )

    @property
    def all_agree(self) -> bool:
        """Whether everybody does: then what belongs to the household itself may be spent."""
        return all(each.agrees for each in self.there)

    def of(self, member: str) -> Housemate | None:
        """One who lives there."""
        return next((each for each in self.there if each.member == member), None)


async def home(book: Book, member: str) -> Home | None:
    """The household somebody lives in now; None when in none. A constant number of statements."""
    household = (await households.of(book, [member]))[member]
    if household is None:
        return None
    there = await households.members_of(book, household)
    closed = await merges.into(book, there)
    erasures = MemberErasure.filter(member__in=there).using_db(book.reader)
    gone = {str(each) for each in await erasures.values_list("member", flat=True)} | closed.keys()
    return Home(household, await _housemates(book, [each for each in there if each not in gone]))


async def agree(book: Book, member: str, *, by: str, key: str) -> None:
    """Somebody agrees, for themselves or as the guardian of a child they live with; agreeing twice changes nothing.

    A consent from an earlier home ends with it. Raises UnknownMember, NoHousehold, NotTheirGuardian.
    """
    someone = (await members.find(book, member)).number
    if await acts.before(book, "consent", someone, {"consent": WHAT}, by=by, key=key):
        return
    mate = await _answered(book, someone, by=by)
    if mate.agrees:
        return
    named = acts.reference("consent", someone, key)
    rows: list[Any] = [
        *await ended(book, someone, by=by, reference=named),
        *consents.rows(someone, [WHAT], by=by, on=book.today(), reference=named),
    ]
    await acts.post(book, "consent", someone, {"consent": WHAT}, rows, by=by, key=key)


async def take_back(book: Book, member: str, *, by: str, key: str) -> None:
    """Somebody no longer agrees, from this moment; twice changes nothing. Raises as `agree`."""
    someone = (await members.find(book, member)).number
    await _answered(book, someone, by=by)
    rows = await ended(book, someone, by=by, reference=acts.reference("consent-withdrawn", someone, key))
    if not rows:
        return
    try:
        await acts.post(book, "consent-withdrawn", someone, {"consent": WHAT}, rows, by=by, key=key)
    except RowConflict:
        return  # somebody else took it back in the same moment


async def ended(book: Book, member: str, *, by: str, reference: str) -> list[ConsentWithdrawal]:
    """The unsaved ends of every consent of theirs to spend together that stands, of this home or an earlier one."""
    given = await Consent.filter(member=member, what=WHAT).using_db(book.reader)
    taken = ConsentWithdrawal.filter(consent__in=[row.id for row in given]).using_db(book.reader)
    gone = {str(each) for each in await taken.values_list("consent", flat=True)}
    on = book.today().isoformat()
    return [
        ConsentWithdrawal(consent=row.id, withdrawn_on=on, recorded_by=by, reference=reference)
        for row in given
        if row.id not in gone
    ]


async def _answered(book: Book, member: str, *, by: str) -> Housemate:
    """The member, if `by` answers for them at home."""
    found = await home(book, member)
    mate = found.of(member) if found else None
    if mate is None:
        raise NoHousehold(member=member)
    if not mate.may_answer(by):
        raise NotTheirGuardian
    return mate


async def _housemates(book: Book, there: Sequence[str]) -> tuple[Housemate, ...]:
    joins = await HouseholdJoin.filter(member__in=there).using_db(book.reader)
    standing = await households.standing(book, there)
    given = Consent.filter(member__in=there, what=WHAT).using_db(book.reader)
    rows = await given.order_by("given_on", "id")
    taken = ConsentWithdrawal.filter(consent__in=[row.id for row in rows]).using_db(book.reader)
    gone = {str(each) for each in await taken.values_list("consent", flat=True)}
    ever = {member: sum(join.member == member for join in joins) for member in there}
    counts = {
        row.member: row
        for row in rows
        if row.id not in gone and (ever[row.member] == 1 or row.id > standing[row.member].id)
    }
    guardians = await _guardians(book, there)
    return tuple(_housemate(each, counts.get(each), guardians) for each in there)


def _housemate(member: str, consent: Consent | None, guardians: dict[str, tuple[str, ...]]) -> Housemate:
    since, key = (date.fromisoformat(consent.given_on), consent.id) if consent else (None, None)
    return Housemate(member, since, key, guardians.get(member, ()), member in guardians)


async def _guardians(book: Book, there: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The children among those who live together, each with those of them whose phone is their guardian's."""
    children = await consents.children(book, there, book.today())
    if not children:
        return {}
    people = {row.member: row for row in await Person.filter(member__in=there).using_db(book.reader)}
    return {
        child: tuple(
            other
            for other, person in people.items()
            if other not in children and person.phone and person.phone == people[child].guardian_phone
        )
        for child in children
    }
