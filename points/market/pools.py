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


async def of(book: Book, member: str, on: date) -> Pool | None:
    """What the household of a member can spend together on a day; None where the member lives in none or does not
    agree. Whether all of them still do is asked once more when it is written."""
    home = await pooling.home(book, member)
    if home is None or member not in home.together:
        return None
    others = [owner_of(each) for each in home.together if each != member]
    shared = await _shared(book, home.household) if home.all_agree else []
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
