"""Is what teams, studios and households were awarded just what the shares say? A check for the audit of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from points import chart

ADVICE = N_("先不要更正这一笔；把这一条告诉维护程序的人，查清再办")

_GIVEN = """
SELECT x.reference, x.position, t.address, p.amount
FROM ledger_account AS t
JOIN ledger_posting AS p ON p.target = t.id
JOIN ledger_account AS s ON s.id = p.source
JOIN ledger_transaction AS x ON x.position = p.id / 256
WHERE t.unit = ? AND t.address LIKE '%/noticed' AND s.address LIKE 'fund/%' AND (
    t.address >= 'household/' AND t.address < 'household0' OR t.address >= 'team/' AND t.address < 'team0'
    OR t.address >= 'studio/' AND t.address < 'studio0') ORDER BY p.id"""
_SHARES = "SELECT award, owner, points FROM awards_share"


def shares_agree(_book: Book) -> Check:
    """Every share stands in the ledger with its points, and nothing was awarded to a group without one."""

    async def shares_agree(audit: Audit) -> AsyncIterator[Finding]:
        given, positions = Counter[tuple[str, str]](), dict[str, int]()
        for row in await audit.db.execute_query_dict(_GIVEN, [chart.POINTS]):
            given[row["reference"], row["address"].removesuffix("/noticed")] += row["amount"]
            positions[row["reference"]] = row["position"]
        rows = await audit.db.execute_query_dict(_SHARES, [])
        shares = Counter({(row["award"], row["owner"]): row["points"] for row in rows})
        for award, owner in sorted(given.keys() | shares.keys()):
            there, right = given[award, owner], shares[award, owner]
            if there != right:
                what = N_("{owner} 入账 {there} 分，应得的是 {right} 分")
                facts = {"owner": owner, "there": there, "right": right}
                yield Finding("shares", positions.get(award), award, what, facts, ADVICE)

    return shares_agree
