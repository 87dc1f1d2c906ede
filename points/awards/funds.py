"""Funds: the points that a community may award in a month. What is issued, awarded and left is asked of the ledger."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ledger import encoding
from ledger.book import Book
from ledger.transactions import Draft, Posting
from points import chart
from points.awards.errors import AllocatedOtherwise, BadAmount, BadKey, BadMonth, NoCommunities
from points.awards.models import FundDecision
from points.awards.shares import equal
from points.evidence import snapshots
from points.evidence.models import SnapshotText
from points.keys import new_key
from points.people import areas, roles

_KEY = re.compile(r"[0-9A-Za-z._-]{1,40}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Allocation:
    """What was decided: each community's share. `repeated`: it had been decided before, and nothing was written now."""

    under: str
    month: str
    points: int
    shares: tuple[tuple[str, int], ...]
    repeated: bool


@dataclass(frozen=True, slots=True)
class State:
    """A fund: what was allocated in all, what of it is awarded (corrections taken off), and what is left."""

    allocated: int
    awarded: int
    left: int


async def allocate(
    book: Book, *, under: str, month: str, points: int, by: str, on: date, key: str = "1"
) -> Allocation:
    """Share points equally among the communities of an area for a month, by largest remainder; all get them or none.

    The same decision again (area, month, key, points) is a no-op that says so; a second allocation for a month takes
    another key. Raises NotAllowed unless `by` keeps funds there, BadAmount, BadMonth, BadKey, NoCommunities,
    UnknownArea, AllocatedOtherwise when the key decided another sum, ReferenceConflict when it was used for an
    overlapping area.
    """
    _check(month, points, key)
    await roles.require(book, by, "fund_keeper", under, on)
    codes = [area.code for area in await areas.communities(book, under)]
    if not codes:
        raise NoCommunities(under=under)
    before = await _decided(book, under, month, points, key)
    if before:
        return before
    shares = tuple(zip(codes, equal(points, len(codes)), strict=True))
    decision = FundDecision(
        id=new_key(),
        under=under,
        month=month,
        points=points,
        key=key,
        decided_by=by,
        decided_on=on.isoformat(),
    )
    receipts = await book.journal.post_together(_drafts(book, decision, shares, on))
    return Allocation(under, month, points, shares, repeated=receipts[0].repeated)


def _check(month: str, points: int, key: str) -> None:
    if type(points) is not int or not 0 < points < 2**53:
        raise BadAmount(points=points)
    if not _MONTH.fullmatch(month):
        raise BadMonth(month=month)
    if not _KEY.fullmatch(key):
        raise BadKey(key=key)


async def _decided(book: Book, under: str, month: str, points: int, key: str) -> Allocation | None:
    """The allocation as it was decided before, with the communities of that day."""
    before = await FundDecision.get_or_none(under=under, month=month, key=key, using_db=book.reader)
    if before is None:
        return None
    if before.points != points:
        raise AllocatedOtherwise(under=under, month=month, key=key, points=before.points, asked=points)
    kept = await SnapshotText.get(snapshot=f"decision/{before.id}", using_db=book.reader)
    shares = tuple((each["community"], each["points"]) for each in json.loads(kept.text)["shares"])
    return Allocation(under, month, points, shares, repeated=True)


def _drafts(book: Book, decision: FundDecision, shares: Sequence[tuple[str, int]], on: date) -> list[Draft]:
    """One transaction for each community that gets something; the decision's rows go with the first."""
    facts = {
        "decided_by": decision.decided_by,
        "decided_on": decision.decided_on,
        "key": decision.key,
        "month": decision.month,
        "points": decision.points,
        "shares": [{"community": community, "points": share} for community, share in shares],
        "under": decision.under,
    }
    evidence, rows = snapshots.take("decision", decision.id, facts, at=book.now())
    drafts: list[Draft] = []
    for community, share in shares:
        if share:
            asked = {
                "community": community,
                "points": share,
                "under": decision.under,
                "in_all": decision.points,
            }
            posting = Posting(chart.ISSUED, chart.fund(community, decision.month), share, chart.POINTS)
            drafts.append(
                Draft(
                    reference=f"allocate/{decision.month}/{community}/{decision.key}",
                    kind="allocate",
                    evidence=evidence,
                    effective_on=on,
                    request=encoding.digest_of(asked),
                    postings=(posting,),
                    rows=() if drafts else (decision, *rows),
                )
            )
    return drafts


_FLOWS = """
SELECT coalesce(sum(CASE WHEN p.target = f.id AND s.address = ? THEN p.amount ELSE 0 END), 0) AS allocated,
    coalesce(sum(CASE WHEN p.source = f.id THEN p.amount WHEN s.address <> ? THEN -p.amount ELSE 0 END), 0) AS awarded
FROM ledger_account AS f
JOIN ledger_posting AS p ON p.source = f.id OR p.target = f.id
JOIN ledger_account AS s ON s.id = p.source
WHERE f.address = ? AND f.unit = ?"""


async def state(book: Book, community: str, month: str) -> State:
    """What became of a community's fund for a month; `left` is its balance, and allocated − awarded = left."""
    values = [chart.ISSUED, chart.ISSUED, chart.fund(community, month), chart.POINTS]
    (row,) = await book.reader.execute_query_dict(_FLOWS, values)
    return State(row["allocated"], row["awarded"], row["allocated"] - row["awarded"])
