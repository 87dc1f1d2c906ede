"""A member's purse: what can be spent, until when, and what it is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ledger import statements
from ledger.book import Book
from points import chart


@dataclass(frozen=True, slots=True)
class Summary:
    """Where a member's points are. `owed` is what a correction took back after it was spent, as a positive number."""

    spendable: int
    noticed: int
    disputed: int
    held: int
    owed: int
    honour: int
    minutes: int


async def spendable(book: Book, member: str, on: date) -> list[tuple[date, int]]:
    """What can be spent on a day, by the last day it can be: earliest first. Points whose day has passed are not there.

    It is what stands in the ledger now; what was there on some day gone by is asked of `summary`.
    """
    accounts = await statements.balances(book.reader, f"member/{member}/until/", unit=chart.POINTS)
    return unexpired(((account.address, account.balance) for account in accounts), on)


async def summary(book: Book, member: str, on: date) -> Summary:
    """Where the member's points, honour and hours were at the end of a day, by the days entries took effect."""
    return await summary_of(book, f"member/{member}", on)


async def summary_of(book: Book, owner: str, on: date) -> Summary:
    """The same of any who earn: `member/V-000001`, `household/H-000001`, `team/T-0001`, `studio/D-0001`."""
    held = await statements.balances_on(book.reader, f"{owner}/", on)
    points = {address: balance for (address, unit), balance in held.items() if unit == chart.POINTS}
    return Summary(
        spendable=sum(amount for _, amount in unexpired(points.items(), on)),
        noticed=points.get(chart.account(owner, "noticed"), 0),
        disputed=points.get(chart.account(owner, "disputed"), 0),
        held=_held(points, owner),
        owed=max(0, -points.get(chart.account(owner, "owed"), 0)),
        honour=held.get((chart.account(owner, "honour"), chart.HONOUR), 0),
        minutes=held.get((chart.account(owner, "hours"), chart.MINUTES), 0),
    )


def unexpired(accounts: Iterable[tuple[str, int]], on: date) -> list[tuple[date, int]]:
    """What of some accounts can be spent on a day, the earliest last day first."""
    found = []
    for address, balance in accounts:
        day = chart.read_until(address)
        if day is not None and day >= on and balance > 0:
            found.append((day, balance))
    return sorted(found)


def _held(points: Mapping[str, int], owner: str) -> int:
    prefix = f"{owner}/held/"
    return sum(balance for address, balance in points.items() if address.startswith(prefix))
