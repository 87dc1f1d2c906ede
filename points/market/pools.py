"""A household's pool, and a team's: from which purses those who agree to spend together pay, and in what order."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from ledger import statements
from ledger.book import Book
from points import chart
from points.awards import purse
from points.awards.purse import Summary
from points.market.errors import NotEnough, PartsChanged
from points.people import absorbed, pooling

Parts = tuple[tuple[str, int], ...]
"""What each purse gives, in the order it is asked: (`member/V-000001` or `household/H-000001`, points)."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """So many points from an account of a purse that live until a day."""

    owner: str
    day: date
    points: int

    @property
    def account(self) -> str:
        """Where they stand."""
        return chart.account(self.owner, f"until/{self.day.isoformat()}")


@dataclass(frozen=True, slots=True)
class Pool:
    """What a household can spend together on a day: the shopper's own first, then what is the household's or came to
    it by merges, then that of the others, each by its last day."""

    household: str
    member: str
    accounts: tuple[Drawn, ...]

    @property
    def own(self) -> int:
        """What the shopper has themselves."""
        return sum(each.points for each in self.accounts if each.owner == owner_of(self.member))

    @property
    def total(self) -> int:
        """All of it."""
        return sum(each.points for each in self.accounts)

    def parts_of(self, points: int) -> Parts:
        """What each purse gives to so many, to be shown; () where the shopper pays alone."""
        return self.parts(self.draw(points)) if self.household else ()

    @property
    def others(self) -> int:
        """What is there beside the shopper's own."""
        return self.total - self.own

    def draw(self, amount: int) -> tuple[Drawn, ...]:
        """What an amount is paid from. The parts sum to it, or to all there is when the pool holds less."""
        drawn = []
        for each in self.accounts:
            part = min(each.points, amount)
            if part > 0:
                drawn.append(Drawn(each.owner, each.day, part))
                amount -= part
        return tuple(drawn)

    def parts(self, drawn: Iterable[Drawn]) -> Parts:
        """What each purse gives to what was drawn; the shopper stands first, even with nothing."""
        sums = {owner_of(self.member): 0}
        for each in drawn:
            sums[each.owner] = sums.get(each.owner, 0) + each.points
        return tuple(sums.items())


def owner_of(member: str) -> str:
    """`member/V-000001`."""
    return f"member/{member}"


def number_of(owner: str) -> str:
    """The member's or household's number in `member/V-000001`."""
    return owner.partition("/")[2]


async def alone(book: Book, member: str, on: date) -> Pool:
    """What a member can spend of their own on a day, the earliest last day first."""
    own = await purse.spendable(book, member, on)
    return Pool("", member, tuple(Drawn(owner_of(member), day, points) for day, points in own))


async def of(book: Book, member: str, on: date, *, agreed_by: date | None = None) -> Pool | None:
    """What the household of a member can spend together on a day; None where the member lives in none or does not
    agree. Whether all of them still do is asked once more when it is written.

    `agreed_by`: only who had agreed by that day counts, for what was taken then.
    """
    home = await pooling.home(book, member)
    agreed = home.agreed_by(agreed_by) if home else ()
    if home is None or member not in agreed:
        return None
    others = [owner_of(each) for each in agreed if each != member]
    shared = await _shared(book, home.household) if len(agreed) == len(home.there) else []
    purses = await _purses(book, [owner_of(member), *shared, *others], on)
    theirs = sorted((each for one in others for each in purses[one]), key=lambda each: (each.day, each.owner))
    own = sorted((each for one in shared for each in purses[one]), key=lambda each: each.day)
    return Pool(home.household, member, (*purses[owner_of(member)], *own, *theirs))


async def summary(book: Book, household: str, on: date) -> Summary:
    """What a household has together, with what came to it by merges. One statement, and one for each of them."""
    each = [await purse.summary_of(book, owner, on) for owner in await _shared(book, household)]
    return Summary(*(sum(getattr(one, name) for one in each) for name in Summary.__slots__))


async def _shared(book: Book, household: str) -> list[str]:
    """Whose accounts are a household's: its own, and those of what became part of it."""
    return [chart.household(each) for each in (household, *await absorbed.by(book, household))]


async def of_group(book: Book, number: str, on: date) -> Pool:
    """What a team or studio can spend on a day: what is its own, and nobody else's."""
    owner = chart.group(number)
    return Pool(number, "", tuple((await _purses(book, [owner], on))[owner]))


async def paying(book: Book, member: str, points: int, on: date, *, agreed_by: date | None = None) -> Pool:
    """Whose points pay for so many: the member's own where they suffice, else the household's that agreed.

    Raises NotEnough.
    """
    own = await alone(book, member, on)
    if own.total >= points:
        return own
    pool = await of(book, member, on, agreed_by=agreed_by)
    if pool is None or pool.total < points:
        raise NotEnough(missing=points - (pool or own).total)
    return pool


async def as_shown(
    book: Book, member: str, points: int, on: date, together: Parts, *, agreed_by: date | None = None
) -> tuple[Pool, tuple[Drawn, ...]]:
    """What pays for so many, as the member was shown it: `together` is what each purse gives, () their own alone.

    Raises NotEnough, and PartsChanged when it would be paid otherwise now.
    """
    pool = await of(book, member, on, agreed_by=agreed_by) if together else await alone(book, member, on)
    if pool is None:
        raise PartsChanged
    if points > pool.total:
        raise NotEnough(missing=points - pool.total)
    drawn = pool.draw(points)
    if together and pool.parts(drawn) != together:
        raise PartsChanged
    return pool, drawn


async def spendable(book: Book, member: str, on: date) -> int:
    """What is there for a member beside their own points; 0 where nobody shares with them."""
    pool = await of(book, member, on)
    return pool.others if pool else 0


async def _purses(book: Book, owners: Sequence[str], on: date) -> dict[str, list[Drawn]]:
    """What stands in the spendable accounts of each owner, the earliest day first. Two statements."""
    within = " OR ".join("address >= ? AND address < ?" for _ in owners)
    bounds = [bound for owner in owners for bound in (f"{owner}/until/", f"{owner}/until0")]
    sql = f"SELECT address FROM ledger_account WHERE unit = ? AND ({within})"  # noqa: S608 - marks only
    rows = await book.reader.execute_query_dict(sql, [chart.POINTS, *bounds])
    held = await statements.balances_of(book.reader, [(row["address"], chart.POINTS) for row in rows])
    found: dict[str, list[Drawn]] = {owner: [] for owner in owners}
    for owner in owners:
        mine = (
            (address, balance) for (address, _), balance in held.items() if address.startswith(owner + "/")
        )
        found[owner] = [Drawn(owner, day, points) for day, points in purse.unexpired(mine, on)]
    return found
