"""Households: who declared that they live together. They may spend together and never judge each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ledger import selecting
from ledger.book import Book
from points.keys import new_key
from points.people.models import Household, HouseholdJoin
from points.people.records import Ending

AT_ONCE = 500


async def of(book: Book, members: Iterable[str]) -> dict[str, str | None]:
    """The household each member lives in now, None for those who declared none or left. The latest join counts."""
    wanted = sorted(set(members))
    homes: dict[str, str | None] = dict.fromkeys(wanted)
    homes.update({member: join.household for member, join in (await standing(book, wanted)).items()})
    return homes


async def standing(book: Book, members: Iterable[str]) -> dict[str, HouseholdJoin]:
    """The join by which each member lives where they live now; absent who lives in no household.

    One statement for each 500, and one more where somebody lives with others.
    """
    wanted, latest = sorted(set(members)), dict[str, HouseholdJoin]()
    for start in range(0, len(wanted), AT_ONCE):
        joins = await selecting.among(
            book.reader, HouseholdJoin, "member", wanted[start : start + AT_ONCE], order="joined_on, id"
        )
        part = {join.member: join for join in joins}
        ended = await selecting.among(book.reader, Ending, "joined", [join.id for join in part.values()])
        gone = {ending.joined for ending in ended}
        latest.update({member: join for member, join in part.items() if join.id not in gone})
    return latest


def same_side(a: str, b: str, homes: Mapping[str, str | None]) -> bool:
    """Whether two members count as one side: the same person, or of one declared household (`homes` from `of`)."""
    return a == b or (homes.get(a) is not None and homes.get(a) == homes.get(b))


async def members_of(book: Book, household: str) -> list[str]:
    """The members who live in this household now, by number."""
    joined = HouseholdJoin.filter(household=household).using_db(book.reader)
    ever = {str(member) for member in await joined.values_list("member", flat=True)}
    homes = await of(book, ever)
    return sorted(member for member in ever if homes[member] == household)


async def join(book: Book, household: str, member: str, *, on: date) -> HouseholdJoin:
    """A member joins a household, which is formed if it is new; joining where one lives changes nothing."""
    last = (await standing(book, [member])).get(member)
    if last is not None and last.household == household:
        return last
    async with book.write() as db:
        if not await Household.filter(number=household).using_db(db).exists():
            await Household.create(using_db=db, number=household, formed_on=on.isoformat())
        return await HouseholdJoin.create(
            using_db=db, id=new_key(), household=household, member=member, joined_on=on.isoformat()
        )
