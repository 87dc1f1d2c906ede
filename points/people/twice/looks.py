"""A look at two numbers before they become one: whether they may, what would move, and whether it takes two people."""

from __future__ import annotations

from dataclasses import dataclass

from ledger import statements
from ledger.book import Book
from ledger.statements import Balance
from ledger.transactions import Posting
from points.people import clerks, households, members, roles, sides
from points.people.errors import Erased
from points.people.kinds import STAFF
from points.people.members import Someone
from points.people.models import Person
from points.people.twice import likeness, merges, moves, seconds
from points.people.twice.errors import HomesDiffer, OwnMerge, SameMember, StaffMerge, WorksStill
from points.people.twice.likeness import Traits
from points.people.twice.moves import Figures
from points.people.twice.seconds import Request

ROLES = clerks.PIN_ROLES
"""Who merges: the counter and the admin, where both members are."""


@dataclass(frozen=True, slots=True)
class Look:
    """What a merge of two numbers would do now.

    why       how the two are alike, empty when they are not
    second    it takes two people: many points, or two who are not alike
    request   what somebody asked for before, None when nobody did
    """

    kept: Someone
    gone: Someone
    postings: tuple[Posting, ...]
    figures: Figures
    why: tuple[str, ...]
    second: bool
    request: Request | None

    def may_finish(self, by: str) -> bool:
        """Whether this person carries the merge out, and need not ask for it: nobody approves their own request."""
        return not self.second or (self.request is not None and self.request.by != by)


async def look(book: Book, keep: str, closed: str, *, by: str) -> Look:
    """Look at two open numbers that one person may have; `keep` goes on for both.

    Raises UnknownMember, SameMember, NotAllowed unless `by` keeps the counter or is an admin where both are, OwnMerge
    for one's own number or household, StaffMerge, MergedInto, Erased, WorksStill while the closed one holds a role,
    HomesDiffer when it lives where the kept one does not.
    """
    kept, gone = [await members.exact(book, number) for number in (keep, closed)]
    if kept.number == gone.number:
        raise SameMember
    await may(book, kept, gone, by=by)
    for someone in (kept, gone):
        await merges.require_open(book, someone.number)
        if someone.name is None:
            raise Erased(member=someone.number)
    await _require_free(book, kept.number, gone.number)
    return await _look(book, kept, gone, by=by)


async def may(book: Book, kept: Someone, gone: Someone, *, by: str) -> None:
    """Raise NotAllowed, OwnMerge or StaffMerge unless `by` may merge these two, or take it back."""
    for someone in (kept, gone):
        await clerks.require(book, by, someone.area, ROLES)
        if someone.kind == STAFF:
            raise StaffMerge
    if await sides.shares(book, by, [kept.number, gone.number]):
        raise OwnMerge


async def _require_free(book: Book, kept: str, gone: str) -> None:
    """Roles are taken back and households agreed on first, where each is done and undone by itself."""
    if await roles.grants_of(book, gone, book.today()):
        raise WorksStill(member=gone)
    homes = await households.of(book, [kept, gone])
    if homes[gone] is not None and homes[gone] != homes[kept]:
        raise HomesDiffer(member=gone, home=homes[gone], kept=kept)


async def _look(book: Book, kept: Someone, gone: Someone, *, by: str) -> Look:
    theirs = await accounts(book, gone.number)
    mine = {(one.address, one.unit): one.balance for one in await accounts(book, kept.number)}
    postings = moves.between(kept.number, gone.number, theirs, mine, book.today())
    figures = moves.figures(gone.number, postings)
    why = await _alike(book, kept.number, gone.number)
    many = await seconds.is_needed(book, kept.number, figures.points, by=by, on=book.today())
    request = await seconds.requested(book, kept.number, gone.number, figures.points)
    return Look(kept, gone, postings, figures, why, many or not why, request)


async def accounts(book: Book, number: str) -> list[Balance]:
    """Every account of a member. One statement."""
    return await statements.balances(book.reader, f"member/{number}/")


async def _alike(book: Book, *numbers: str) -> tuple[str, ...]:
    rows = await Person.filter(member__in=numbers).using_db(book.reader).order_by("member")
    one, two = (Traits(p.member, p.name, p.birthday, p.born_year, p.phone) for p in rows)
    return likeness.alike(one, two)
