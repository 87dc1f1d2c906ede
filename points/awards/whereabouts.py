"""Whereabouts: where the points of an award are when they are taken back, in the order in which they are looked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from ledger import statements
from ledger.book import Book
from points import chart
from points.people.twice import merges


async def of(
    book: Book, member: str, amount: int, until: date | None, on: date, *, frozen: bool = False
) -> list[tuple[str, int]]:
    """The accounts that give an award's points back, in the order of ledger.md, and what is owed at the end.

    `until` is the last day of what it vested into, None while it is on notice; `frozen`: an objection froze it.
    `member` is the number that goes on for whoever was awarded: what expired of numbers that were merged into it counts
    as its own.
    """
    accounts = await statements.balances(book.reader, f"member/{member}/", unit=chart.POINTS)
    held = {account.address: account.balance for account in accounts}
    if until is None:
        order = [chart.noticed(member), chart.disputed(member)]
        order = order[::-1] if frozen else order
    else:
        vested = chart.until(member, until)
        order = [vested]
        if until < on:
            numbers = await merges.group(book, member)
            held[chart.EXPIRED] = sum([await _expired_of(book, number, until) for number in numbers])
            order.append(chart.EXPIRED)
        order += _unexpired(held, on, besides=vested)
    return [*_take(order, held, amount), *_rest(order, held, amount, chart.owed(member))]


async def overdrawn(book: Book, numbers: Collection[str]) -> bool:
    """Whether corrections of these numbers' awards took more of what expired than what expired of just these numbers:
    then some of it was of a number that is merged into one of them. One statement, and two for each number and day."""
    marks = ", ".join("?" for _ in numbers)
    rows = await book.reader.execute_query_dict(_DAYS.format(marks=marks), [*numbers, chart.EXPIRED])
    for until in [date.fromisoformat(row["until_on"]) for row in rows]:
        if sum([await _expired_of(book, number, until) for number in numbers]) < 0:
            return True
    return False


def _unexpired(held: dict[str, int], on: date, *, besides: str) -> list[str]:
    days = {address: chart.read_until(address) for address in held}
    living = [address for address, day in days.items() if day and day >= on and address != besides]
    return sorted(living, reverse=True)


def _take(order: Sequence[str], held: dict[str, int], amount: int) -> list[tuple[str, int]]:
    taken = []
    for address in order:
        part = min(amount, max(0, held.get(address, 0)))
        if part:
            taken.append((address, part))
            amount -= part
    return taken


def _rest(order: Sequence[str], held: dict[str, int], amount: int, owed: str) -> list[tuple[str, int]]:
    left = amount - sum(part for _, part in _take(order, held, amount))
    return [(owed, left)] if left else []


_EXPIRED = """
SELECT coalesce(sum(p.amount), 0) AS moved
FROM ledger_posting AS p
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target
WHERE s.address = ? AND t.address = ? AND p.unit = ?"""

_CORRECTED = """
FROM awards_vesting AS w
JOIN awards_verification AS v ON v.reference = w.award
JOIN awards_correction AS c ON c.of_reference = w.award
JOIN ledger_transaction AS x ON x.reference = c.reference
JOIN ledger_posting AS p ON p.id BETWEEN x.position * 256 AND x.position * 256 + 255
JOIN ledger_account AS s ON s.id = p.source"""
_TAKEN_BACK = f"""
SELECT coalesce(sum(p.amount), 0) AS taken {_CORRECTED}
WHERE v.member = ? AND w.until_on = ? AND s.address = ?"""
_DAYS = f"""
SELECT DISTINCT w.until_on {_CORRECTED}
WHERE v.member IN ({{marks}}) AND s.address = ? ORDER BY w.until_on"""


async def _expired_of(book: Book, member: str, until: date) -> int:
    """What the expiry of a member's account moved, less what earlier corrections took of it."""
    account, day = chart.until(member, until), until.isoformat()
    (moved,) = await book.reader.execute_query_dict(_EXPIRED, [account, chart.EXPIRED, chart.POINTS])
    (taken,) = await book.reader.execute_query_dict(_TAKEN_BACK, [member, day, chart.EXPIRED])
    return int(moved["moved"]) - int(taken["taken"])
