"""Who neither gives nor receives points: whoever works here or sells here, so that no duty can be thanked in points."""

from __future__ import annotations

from collections.abc import Collection

from ledger.book import Book
from points.people import kinds, members, roles

AT_WORK = roles.PAID_DUTY | {
    "counter",
    "stock_keeper",
    "fund_keeper",
    "notice_publisher",
    "verifier",
    "approver",
    "admin",
    "auditor",
    "merchant",
}
"""Whoever holds one of these today, wherever: a favour is not done in one's own area alone. A grid head, a mediator and
a volunteer do it in their own time, and give like everybody."""


async def among(book: Book, wanted: Collection[str]) -> set[str]:
    """Those of these members who are barred today. Three statements for each of them, for they are one or two."""
    found, today = await members.many(book, wanted), book.today()
    barred = {number for number, one in found.items() if one.kind == kinds.STAFF}
    for number in set(found) - barred:
        if any(grant.role in AT_WORK for grant in await roles.grants_of(book, number, today)):
            barred.add(number)
    return barred
