"""Funds: the points that a community may award in a month, and the money behind them. What is left the ledger says.

One keeper alone gives a community its points for a month, once, and no more than the sponsor's money covers: a hundred
fen for each point. Whatever goes over, a second allocation for the same month or points without money behind them,
takes two people (`fund_requests`). What a monthly assessment brought into the fund is no allocation, whichever of the
two came first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ledger import encoding, statements
from ledger.book import Book
from ledger.errors import Moved
from ledger.transactions import LINES_AT_MOST, Draft, Posting
from points import chart
from points.awards import line, sponsors
from points.awards.errors import (
    AllocatedOtherwise,
    BadAmount,
    BadKey,
    BadMonth,
    NoCommunities,
)
from points.awards.going_over import goes_over, versions
from points.awards.line import Paid
from points.awards.models import FundDecision
from points.awards.shares import equal
from points.awards.sponsors import Backing
from points.evidence import snapshots
from points.evidence.models import SnapshotText
from points.keys import new_key
from points.people import areas, roles

TOGETHER = 1_000
"""Entries that stand or fall together; of more communities than that, several are in one."""
_KEY = re.compile(r"[0-9A-Za-z._-]{1,40}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

Shares = tuple[tuple[str, int], ...]
"""What each community gets, in the order of their codes."""


@dataclass(frozen=True, slots=True)
class Allocation:
    """What was decided: each community's share, and what those who waited for it were `paid` at once.

    `repeated`: it had been decided before, and nothing was allocated now.
    """

    under: str
    month: str
    points: int
    shares: Shares
    repeated: bool
    backing: Backing | None = None
    paid: Paid = field(default_factory=Paid)


@dataclass(frozen=True, slots=True)
class State:
    """A fund: what was allocated in all, what of it is awarded (corrections taken off), and what is left."""

    allocated: int
    awarded: int
    left: int


async def allocate(
    book: Book,
    *,
    under: str,
    month: str,
    points: int,
    by: str,
    on: date,
    key: str = "1",
    backing: Backing | None = None,
) -> Allocation:
    """Share points equally among the communities of an area for a month, by largest remainder; all get them or none.

    Those who wait for one of these funds are paid at once, the first first. `backing` is the street's, as much as they
    cost, when it is None. The same decision again (area, month, key, points) is a no-op that says so. Raises NotAllowed
    unless `by` keeps funds there, BadAmount, BadMonth, BadKey, BadMoney, UnknownSponsor, NoCommunities, UnknownArea,
    AllocatedOtherwise when the key decided otherwise, and what takes two people: AllocatedBefore when one of them was
    given points for the month before, BeyondMoney when they cost more than stands behind them.
    """
    money = backing or sponsors.covering(points) if type(points) is int else sponsors.covering(0)
    check(month, points, key, money)
    await roles.require(book, by, "fund_keeper", under, on)
    shares = await shared(book, under, points)
    before = await decided(book, under, month, points, key, backing)
    if before is None:
        decision = _decision(under, month, points, key, by=by, on=on)
        before = await _once(book, decision, shares, money, on)
    return await with_line_paid(book, before, on=on)


async def _once(book: Book, decision: FundDecision, shares: Shares, money: Backing, on: date) -> Allocation:
    """Allocate what does not go over; whether it does is asked once more when it is written."""
    while True:
        seen = await versions(book, shares, decision.month)  # before it is asked what was allocated
        over = await goes_over(book, shares, decision.month, decision.points, money)
        if over:
            raise over
        try:
            first = (await book.journal.post_together(drafts(book, decision, shares, money, on, seen=seen)))[
                0
            ]
        except Moved:  # one of these funds moved meanwhile: was it given points? Then it goes over
            continue
        points, month = decision.points, decision.month
        return Allocation(decision.under, month, points, shares, first.repeated, money)


async def with_line_paid(book: Book, allocation: Allocation, *, on: date) -> Allocation:
    """The allocation, once the lines of its funds were paid as far as they reach."""
    paid = await line.pay(book, [(code, allocation.month) for code, _ in allocation.shares], on=on)
    return Allocation(
        allocation.under,
        allocation.month,
        allocation.points,
        allocation.shares,
        allocation.repeated,
        allocation.backing,
        paid,
    )


def check(month: str, points: int, key: str, money: Backing) -> None:
    """Raise BadAmount, BadMonth, BadKey, BadMoney or UnknownSponsor for what cannot be asked."""
    if type(points) is not int or not 0 < points < 2**53:
        raise BadAmount(points=points)
    if not _MONTH.fullmatch(month):
        raise BadMonth(month=month)
    if not _KEY.fullmatch(key):
        raise BadKey(key=key)
    sponsors.check(money)


async def shared(book: Book, under: str, points: int) -> Shares:
    """Equal shares for the communities of an area. Raises NoCommunities, UnknownArea."""
    codes = [area.code for area in await areas.communities(book, under)]
    if not codes:
        raise NoCommunities(under=under)
    return tuple(zip(codes, equal(points, len(codes)), strict=True))


async def decided(
    book: Book, under: str, month: str, points: int, key: str, backing: Backing | None
) -> Allocation | None:
    """The allocation as it was decided before, with the communities of that day. Raises AllocatedOtherwise."""
    before = await FundDecision.get_or_none(under=under, month=month, key=key, using_db=book.reader)
    if before is None:
        return None
    money = (await sponsors.of(book, [before.id])).get(before.id)
    same = backing is None or money is None or (backing.sponsor, backing.fen) == (money.sponsor, money.fen)
    if before.points != points or not same:
        raise AllocatedOtherwise(under=under, month=month, key=key, points=before.points, asked=points)
    kept = await SnapshotText.get(snapshot=f"decision/{before.id}", using_db=book.reader)
    shares = tuple((each["community"], each["points"]) for each in json.loads(kept.text)["shares"])
    return Allocation(under, month, points, shares, repeated=True, backing=money)


def _decision(under: str, month: str, points: int, key: str, *, by: str, on: date) -> FundDecision:
    return FundDecision(
        id=new_key(),
        under=under,
        month=month,
        points=points,
        key=key,
        decided_by=by,
        decided_on=on.isoformat(),
    )


def drafts(
    book: Book,
    decision: FundDecision,
    shares: Shares,
    money: Backing,
    on: date,
    *,
    request: str | None = None,
    seen: Mapping[str, int] | None = None,
) -> list[Draft]:
    """The entries of a decision, its rows with the first: one for each community that gets something.

    Of more than TOGETHER communities several share one, so that they still stand or fall together. Without the
    `request` that two people agreed to, none of them stands once one of these funds moved beyond the version that was
    `seen`.
    """
    evidence, kept = snapshots.take(
        "decision", decision.id, _facts(decision, shares, money, request), at=book.now()
    )
    backing = sponsors.rows(decision.id, money, request=request)
    given = [share for share in shares if share[1]]
    size = -(-len(given) // TOGETHER)
    assert size <= LINES_AT_MOST, "a quarter of a million communities are not one decision"
    made: list[Draft] = []
    for start in range(0, len(given), size or 1):
        part = given[start : start + size]
        made.append(
            Draft(
                reference=f"allocate/{decision.month}/{part[0][0]}/{decision.key}",
                kind="allocate",
                evidence=evidence,
                effective_on=on,
                request=_request(decision, part),
                postings=tuple(_posting(decision.month, *share) for share in part),
                rows=() if made else (decision, *backing, *kept),
                seen=() if seen is None else tuple(_seen(decision.month, share[0], seen) for share in part),
            )
        )
    return made


def _facts(decision: FundDecision, shares: Shares, money: Backing, request: str | None) -> dict[str, Any]:
    """What the decision's snapshot says; what a sponsor is called is not in it."""
    return {
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on,
        "fen": money.fen,
        "key": decision.key,
        "month": decision.month,
        "points": decision.points,
        **({"request": request} if request else {}),
        "shares": [{"community": community, "points": share} for community, share in shares],
        "sponsor": money.sponsor,
        "under": decision.under,
    }


def _request(decision: FundDecision, part: Sequence[tuple[str, int]]) -> str:
    """What was asked for one community, as in every book so far; of several, for all of them."""
    facts: dict[str, Any] = {"in_all": decision.points, "under": decision.under}
    if len(part) == 1:
        return encoding.digest_of({**facts, "community": part[0][0], "points": part[0][1]})
    return encoding.digest_of({**facts, "shares": [[community, points] for community, points in part]})


def _posting(month: str, community: str, points: int) -> Posting:
    return Posting(chart.ISSUED, chart.fund(community, month), points, chart.POINTS)


def _seen(month: str, community: str, seen: Mapping[str, int]) -> tuple[str, str, int]:
    return (chart.fund(community, month), chart.POINTS, seen[community])


_ALLOCATED = """
SELECT f.address, coalesce(sum(p.amount), 0) AS allocated
FROM ledger_account AS f JOIN ledger_posting AS p ON p.target = f.id
JOIN ledger_account AS s ON s.id = p.source
WHERE f.address IN (SELECT value FROM json_each(?)) AND f.unit = ? AND s.address = ?
GROUP BY f.address"""


async def state(book: Book, community: str, month: str) -> State:
    """What became of a community's fund for a month; `left` is its balance, and allocated − awarded = left."""
    return (await states(book, [(community, month)]))[community, month]


async def states(book: Book, funds: Sequence[tuple[str, str]]) -> dict[tuple[str, str], State]:
    """The same for many funds. Two statements, which read what came in and the last entry of each, not each award."""
    keys = {chart.fund(*fund): fund for fund in funds}
    rows = await book.reader.execute_query_dict(
        _ALLOCATED, [json.dumps(list(keys)), chart.POINTS, chart.ISSUED]
    )
    allocated = {row["address"]: int(row["allocated"]) for row in rows}
    balances = await statements.balances_of(book.reader, [(address, chart.POINTS) for address in keys])
    found = {}
    for address, fund in keys.items():
        given, left = allocated.get(address, 0), balances[address, chart.POINTS]
        found[fund] = State(given, given - left, left)
    return found
