"""Does nobody pay for what another took, but as their household agreed? And is what is written of a redemption, and
of its undoing, what moved? Checks for the audit of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from points import chart

ADVICE = N_("先不要给这一家兑换；把这一条告诉维护程序的人，查清再办")

ADVICE_REDEEMED = N_("先不要更正这一笔；对照小票和货架，把这一条告诉维护程序的人")

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


_LINES_OF = "JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256"
_TARGETS = f"{_LINES_OF} JOIN ledger_account AS t ON t.id = p.target"
_REDEEMED = f"""
SELECT a.reference, max(x.position) AS position, a.what, sum(a.there) AS there, sum(a.wanted) AS wanted FROM (
    SELECT r.reference, p.unit AS what, p.amount AS there, 0 AS wanted FROM market_redemption AS r
        JOIN ledger_transaction AS x ON x.reference = r.reference {_TARGETS}
        WHERE t.address = 'system/handed-out'
    UNION ALL SELECT redemption, 'item:' || item, 0, quantity FROM market_redemption_line
    UNION ALL SELECT r.reference, t.address, p.amount, 0 FROM market_redemption AS r
        JOIN ledger_transaction AS x ON x.reference = r.reference {_TARGETS}
        WHERE p.unit = 'points'
    UNION ALL SELECT reference, 'shop/' || shop || '/taken', 0, points FROM market_redemption
    UNION ALL SELECT redemption, 'points', quantity * price, 0 FROM market_redemption_line
    UNION ALL SELECT reference, 'points', 0, points FROM market_redemption
    UNION ALL SELECT u.reference, t.address || ' ' || p.unit, p.amount, 0 FROM market_undoing AS u
        JOIN ledger_transaction AS x ON x.reference = u.reference {_TARGETS}
    UNION ALL SELECT u.reference, s.address || ' ' || p.unit, 0, p.amount FROM market_undoing AS u
        JOIN ledger_transaction AS x ON x.reference = u.of_reference {_LINES_OF}
        JOIN ledger_account AS s ON s.id = p.source
) AS a LEFT JOIN ledger_transaction AS x ON x.reference = a.reference
GROUP BY a.reference, a.what HAVING sum(a.there) <> sum(a.wanted) ORDER BY a.reference, a.what"""  # noqa: S608
_UNWRITTEN = """
SELECT x.reference, x.position, o.position AS original FROM ledger_transaction AS x
JOIN ledger_transaction AS o ON o.position = x.reverses JOIN market_redemption AS r ON r.reference = o.reference
LEFT JOIN market_undoing AS u ON u.reference = x.reference AND u.of_reference = o.reference
WHERE x.kind = 'undo' AND u.reference IS NULL ORDER BY x.position"""


def redemptions_agree(_book: Book) -> Check:
    """What is written of a redemption is what moved: each item, the points of its lines and of the till; and an undoing
    gave back to each account exactly what its redemption had taken there, and is written down."""

    async def redemptions_agree(audit: Audit) -> AsyncIterator[Finding]:
        for row in await audit.db.execute_query_dict(_REDEEMED, []):
            what = N_("{what}：账上动了 {there}，写的是 {right}")
            facts = {name: row[name] for name in ("what", "there", "wanted")}
            facts["right"] = facts.pop("wanted")
            yield Finding("redemption", row["position"], row["reference"], what, facts, ADVICE_REDEEMED)
        for row in await audit.db.execute_query_dict(_UNWRITTEN, []):
            what = N_("更正了第 {position} 条兑换，但没有写明原因和经办人")
            facts = {"position": row["original"]}
            yield Finding("redemption", row["position"], row["reference"], what, facts, ADVICE_REDEEMED)

    return redemptions_agree
