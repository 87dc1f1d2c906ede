"""Are the prices those that somebody set? A check that holds the price list against the acts that made it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import AsyncIterator, Iterator

from ledger.findings import N_, Audit, Finding, Row

ADVICE = N_("先不要按这个价兑换；以定价的凭据为准，查清谁写过数据库")
_PRICES = "SELECT item, points, from_on, set_by FROM market_price"
_SET = """
SELECT x.evidence_kind, x.evidence_id, k.text FROM ledger_transaction AS x
JOIN evidence_snapshot_text AS k ON k.snapshot = x.evidence_kind || '/' || x.evidence_id
WHERE x.evidence_kind IN ('price', 'items') AND x.kind = 'act' ORDER BY x.position"""

Price = tuple[int, int, str, str]
"""Item, points, from when, by whom."""


async def prices_agree(audit: Audit) -> AsyncIterator[Finding]:
    """Every price that stands was set by an act, to so many points from that day by them, and none is gone."""
    prices = await audit.db.execute_query_dict(_PRICES, [])
    there = Counter((row["item"], row["points"], row["from_on"], row["set_by"]) for row in prices)
    acts = await audit.db.execute_query_dict(_SET, [])
    wanted = Counter(price for row in acts for price in _set(row))
    for item, points, on, by in sorted((there - wanted).keys()):
        facts = {"points": points, "on": on, "by": by}
        what = N_("{on} 起 {points} 分（{by}），没有哪次定价是这样定的")
        yield Finding("prices", None, f"market_price item {item}", what, facts, ADVICE)
    for item, points, on, by in sorted((wanted - there).keys()):
        facts = {"points": points, "on": on, "by": by}
        what = N_("{by} 定的 {on} 起 {points} 分不在价目里")
        yield Finding("prices", None, f"market_price item {item}", what, facts, ADVICE)


def _set(row: Row) -> Iterator[Price]:
    try:
        text = json.loads(row["text"])
    except ValueError:
        return  # the check of evidence names it
    if row["evidence_kind"] == "price":
        yield text["item"], text["points"], text["from_on"], text["by"]
        return
    for number, item in enumerate(text["items"], int(row["evidence_id"])):
        yield number, item["points"], text["on"], text["by"]
