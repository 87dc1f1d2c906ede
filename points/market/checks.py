"""Does nobody pay for what another took, but as their household agreed? A check for the audit of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from points import chart

ADVICE = N_("先不要给这一家兑换；把这一条告诉维护程序的人，查清再办")

_PAID = """
SELECT x.reference, x.position, s.address, p.amount
FROM market_redemption AS r
JOIN ledger_transaction AS x ON x.reference = r.reference
JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256
JOIN ledger_account AS s ON s.id = p.source
WHERE p.unit = ? AND s.address NOT LIKE 'member/' || r.member || '/%' ORDER BY p.id"""
_AGREED = """
SELECT m.redemption AS reference, m.owner, m.points
FROM market_redemption_part AS m JOIN market_redemption AS r ON r.reference = m.redemption
WHERE m.owner <> 'member/' || r.member AND m.points > 0"""


def parts_agree(_book: Book) -> Check:
    """Whatever a purse other than the taker's own gave to a redemption is what stands agreed, to the point."""

    async def parts_agree(audit: Audit) -> AsyncIterator[Finding]:
        paid, positions = Counter[tuple[str, str]](), dict[str, int]()
        for row in await audit.db.execute_query_dict(_PAID, [chart.POINTS]):
            owner = "/".join(row["address"].split("/")[:2])
            paid[row["reference"], owner] += row["amount"]
            positions[row["reference"]] = row["position"]
        rows = await audit.db.execute_query_dict(_AGREED, [])
        agreed = Counter({(row["reference"], row["owner"]): row["points"] for row in rows})
        for reference, owner in sorted(paid.keys() | agreed.keys()):
            there, right = paid[reference, owner], agreed[reference, owner]
            if there != right:
                what = N_("{owner} 付了 {there} 分，同意付的是 {right} 分")
                facts = {"owner": owner, "there": there, "right": right}
                yield Finding("parts", positions.get(reference), reference, what, facts, ADVICE)

    return parts_agree
