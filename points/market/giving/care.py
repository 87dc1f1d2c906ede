"""The care fund (关爱基金) of a community: what came in, what went out, how much is left, and whom to thank."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger import statements
from ledger.book import Book
from ledger.statements import Entry
from points import chart
from points.awards import purse
from points.market.giving.records import Gift, GiftUndoing
from points.openness import masking
from points.people import members
from points.statement import month_of

THANKED = 20


@dataclass(frozen=True, slots=True)
class Month:
    """What moved in a month: given to the fund (taken back on the day taken off), given by it, and expired in it.

    opening + came_in − went_out − expired = closing.
    """

    first: date
    opening: int
    came_in: int
    went_out: int
    expired: int

    @property
    def closing(self) -> int:
        """What stood there at its end, or stands there now."""
        return self.opening + self.came_in - self.went_out - self.expired


@dataclass(frozen=True, slots=True)
class Fund:
    """A care fund today: what is left by its last day, the earliest first; `thanked` are (masked name, day, points)."""

    community: str
    parts: tuple[tuple[date, int], ...]
    month: Month
    thanked: tuple[tuple[str, date, int], ...]

    @property
    def left(self) -> int:
        """What it can give today."""
        return sum(points for _, points in self.parts)


async def read(book: Book, community: str, month: date) -> Fund:
    """A fund now, and what moved in the month of a day. Five statements; of those who gave, none but who agreed."""
    parts = await left(book, community, book.today())
    since, until = month_of(month)
    moved = await statements.movements(
        book.reader, chart.care(community) + "/", chart.POINTS, since=date(1970, 1, 1), until=until
    )
    return Fund(community, parts, _month(moved, since), await thanked(book, community))


async def left(book: Book, community: str, on: date) -> tuple[tuple[date, int], ...]:
    """What a fund can give on a day, by its last day, the earliest first. One statement."""
    accounts = await statements.balances(book.reader, chart.care(community) + "/", unit=chart.POINTS)
    return tuple(purse.unexpired(((each.address, each.balance) for each in accounts), on))


async def thanked(book: Book, community: str) -> tuple[tuple[str, date, int], ...]:
    """The latest who gave and agreed to be thanked by their masked name; who was forgotten is left out."""
    named = Gift.filter(community=community, named=True).using_db(book.reader)
    rows = await named.order_by("-given_on", "-id").limit(THANKED)
    undone = GiftUndoing.filter(gift__in=[row.id for row in rows]).using_db(book.reader)
    gone = {str(each) for each in await undone.values_list("gift", flat=True)}
    people = await members.many(book, [row.giver for row in rows])
    return tuple(
        (masking.mask(name), date.fromisoformat(row.given_on), row.points)
        for row in rows
        if row.id not in gone and row.giver in people and (name := people[row.giver].name)
    )


def _month(moved: Iterable[Entry], since: date) -> Month:
    sums = {"opening": 0, "in": 0, "out": 0, "expired": 0}
    for each in moved:
        if each.effective_on < since:
            sums["opening"] += each.amount
        else:
            sums[_WAYS.get(each.kind, "in")] += each.amount
    return Month(since, sums["opening"], sums["in"], -sums["out"], -sums["expired"])


_WAYS = {"care": "out", "expire": "expired"}
"""Gifts and what was taken back of them come in, whichever sign they have."""
