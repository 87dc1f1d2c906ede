"""Expiry: what was usable until a day moves to the expired account when that day is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import BelowFloor, Refusal
from ledger.transactions import Draft, Evidence, Posting, Receipt
from points import chart
from points.awards import rule_books
from points.awards.rule_books import Shelf


@dataclass(frozen=True, slots=True)
class Stale:
    """An account whose day has passed, with what is left in it; the version counts its postings."""

    address: str
    version: int
    balance: int


_PASSED = """
SELECT a.address, coalesce((SELECT max(side.version) FROM (
    SELECT max(source_version) AS version FROM ledger_posting WHERE source = a.id
    UNION ALL SELECT max(target_version) FROM ledger_posting WHERE target = a.id) AS side), 0) AS version
FROM ledger_account AS a
WHERE a.unit = ? AND (a.address >= 'member/' AND a.address < 'member0'
        OR a.address >= 'household/' AND a.address < 'household0'
        OR a.address >= 'team/' AND a.address < 'team0' OR a.address >= 'studio/' AND a.address < 'studio0'
        OR a.address >= 'care/' AND a.address < 'care0')
    AND (a.address LIKE '%/until/%' OR a.address LIKE '%/held/%')
    AND substr(a.address, length(a.address) - 9) < ?
ORDER BY a.address"""


async def stale(book: Book, on: date) -> list[Stale]:
    """The accounts whose day has passed and that still hold something. Two statements.

    Should an account move between the two, its balance is newer than its version: what is left is moved all the same.
    """
    passed = await book.reader.execute_query_dict(_PASSED, [chart.POINTS, on.isoformat()])
    balances = await statements.balances_of(book.reader, [(row["address"], chart.POINTS) for row in passed])
    found = [Stale(row["address"], row["version"], balances[row["address"], chart.POINTS]) for row in passed]
    return [account for account in found if account.balance > 0]


async def expire(book: Book, stale: Sequence[Stale], rules: Shelf, on: date) -> tuple[int, int]:
    """Move what is left of them to the expired account; one that was spent from meanwhile is left to the next sweep."""
    if not stale:
        return 0, 0
    evidence = await rule_books.evidence(book, rules.on(on))
    answers = await book.journal.post_all([_expiry(account, evidence, on) for account in stale])
    moved = [
        account.balance
        for account, answer in zip(stale, answers, strict=True)
        if isinstance(answer, Receipt) and not answer.repeated
    ]
    for answer in answers:
        if isinstance(answer, Refusal) and not isinstance(answer, BelowFloor):
            raise answer
    return len(moved), sum(moved)


def _expiry(account: Stale, evidence: Evidence, on: date) -> Draft:
    return Draft(
        reference=f"expire/{account.address}/{account.version}",
        kind="expire",
        evidence=evidence,
        effective_on=on,
        request=encoding.digest_of({"address": account.address, "version": account.version}),
        postings=(Posting(account.address, chart.EXPIRED, account.balance, chart.POINTS),),
    )
