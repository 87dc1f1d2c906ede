"""What became of a community's points: of one month's fund, award by award; and what moved in a month.

A fund's points can be followed exactly until they vest: each award names its fund, its vesting and its correction.
After that they cannot: what can be spent stands in one account for each member and day of expiry, and two funds' points
are there together. So what was spent and what expired is told of the month in which it happened, for those who are
registered in the community now, whichever fund their points came from. Both add up exactly:

    allocated + corrected = awarded + left          awarded = noticed + vested + corrected + to groups
    what stands in the members' accounts changed by awarded + other in − spent (returns taken off) − expired − corrected
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ledger.book import Book
from points import chart
from points.awards import assessments, sponsors
from points.awards.assessments import Assessed
from points.awards.models import FundDecision
from points.awards.sponsors import Backing

ALLOCATIONS_AT_MOST = 100


@dataclass(frozen=True, slots=True)
class Chain:
    """What became of one fund. `awarded` is all that ever left it, `corrected` what of that came back.

    Of what was awarded, `noticed` is on notice or about to be (or frozen by an objection), `vested` can be spent or
    was, or settled what was owed; `groups` went to teams, studios and households. `awards` are so many.
    """

    allocated: int = 0
    awarded: int = 0
    corrected: int = 0
    left: int = 0
    noticed: int = 0
    vested: int = 0
    groups: int = 0
    awards: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """Points that came into a fund: by which decision, by whom, whose money, and this community's part of it in fen.

    `second` is who approved an allocation that went over; `backing` is None for one of before it was asked for.
    """

    position: int
    on: date
    points: int
    key: str
    decided_by: str
    second: str | None
    backing: Backing | None
    fen: int
    assessment: str | None = None
    """The monthly assessment that it rewards, instead of an allocation."""


_CHAIN = """
SELECT count(*) AS awards, coalesce(sum(p.amount), 0) AS awarded,
    coalesce(sum(CASE WHEN c.of_reference IS NOT NULL THEN p.amount END), 0) AS corrected,
    coalesce(sum(CASE WHEN c.of_reference IS NULL AND t.address NOT LIKE 'member/%' THEN p.amount END), 0) AS others,
    coalesce(sum(CASE WHEN c.of_reference IS NULL AND w.award IS NOT NULL THEN p.amount END), 0) AS vested
FROM ledger_account AS f JOIN ledger_posting AS p ON p.source = f.id
JOIN ledger_account AS t ON t.id = p.target
JOIN ledger_transaction AS x ON x.position = p.id / 256
LEFT JOIN awards_correction AS c ON c.of_reference = x.reference
LEFT JOIN awards_vesting AS w ON w.award = x.reference
WHERE f.address = ? AND f.unit = ?"""

_CAME_IN = """
SELECT x.position, x.effective_on, x.evidence_id, p.amount, s.address AS source
FROM ledger_account AS f JOIN ledger_posting AS p ON p.target = f.id
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_transaction AS x ON x.position = p.id / 256
WHERE f.address = ? AND f.unit = ? ORDER BY p.id"""


async def chain(book: Book, community: str, month: str) -> tuple[Chain, list[Given]]:
    """What became of a fund, and what came into it, the first first. Six statements, which read that fund's entries."""
    values = [chart.fund(community, month), chart.POINTS]
    (out,) = await book.reader.execute_query_dict(_CHAIN, values)
    came = await book.reader.execute_query_dict(_CAME_IN, values)
    issued = [row for row in came if row["source"] == chart.ISSUED]
    allocated = sum(row["amount"] for row in issued)
    back = sum(row["amount"] for row in came) - allocated
    awarded, corrected, vested = int(out["awarded"]), int(out["corrected"]), int(out["vested"])
    groups = int(out["others"])
    found = Chain(
        allocated=allocated,
        awarded=awarded,
        corrected=back,
        left=allocated + back - awarded,
        noticed=awarded - corrected - vested - groups,
        vested=vested,
        groups=groups,
        awards=int(out["awards"]),
    )
    return found, await _given(book, issued[-ALLOCATIONS_AT_MOST:])


_SECONDS = """
SELECT b.decision, r.decided_by FROM awards_fund_backing AS b JOIN awards_fund_ruling AS r ON r.request = b.request
WHERE b.decision IN (SELECT value FROM json_each(?))"""


async def _given(book: Book, rows: Sequence[Mapping[str, Any]]) -> list[Given]:
    keys = [row["evidence_id"] for row in rows]
    decisions = {row.id: row for row in await FundDecision.filter(id__in=keys).using_db(book.reader)}
    backings = await sponsors.of(book, keys)
    seconds = await book.reader.execute_query_dict(_SECONDS, [json.dumps(keys)])
    second = {row["decision"]: row["decided_by"] for row in seconds}
    assessed = await assessments.many(book, [key for key in keys if key not in decisions])
    return [
        _one(row, decisions[row["evidence_id"]], backings, second)
        if row["evidence_id"] in decisions
        else _rewarded(row, assessed[row["evidence_id"]])
        for row in rows
    ]


def _rewarded(row: Mapping[str, Any], asked: Assessed) -> Given:
    """What an assessment brought in: who scored, and who agreed."""
    return Given(
        position=row["position"],
        on=date.fromisoformat(row["effective_on"]),
        points=row["amount"],
        key=asked.month,
        decided_by=asked.assessed_by,
        second=asked.decided_by,
        backing=asked.backing,
        fen=asked.backing.fen if asked.backing else 0,
        assessment=asked.id,
    )


def _one(
    row: Mapping[str, Any], decision: FundDecision, backings: Mapping[str, Backing], second: Mapping[str, str]
) -> Given:
    backing = backings.get(decision.id)
    return Given(
        position=row["position"],
        on=date.fromisoformat(row["effective_on"]),
        points=row["amount"],
        key=decision.key,
        decided_by=decision.decided_by,
        second=second.get(decision.id),
        backing=backing,
        fen=backing.fen * row["amount"] // decision.points if backing else 0,
    )
