"""Is what was settled with merchants what they handed over? A check for the audit of a book."""

from __future__ import annotations

from collections import Counter
from collections.abc import AsyncIterator

from ledger import encoding
from ledger.book import Book
from ledger.findings import N_, Audit, Check, Finding
from points import chart
from points.market import settlement_statements
from points.market.settlement_statements import REDEEMED

ADVICE = N_("先不要和这一家再结算；把这一条告诉维护程序的人，查清再办")

_SETTLED = """
SELECT s.id, s.shop, s.month, s.text, s.digest, s.points, s.fen, r.reference, x.position
FROM market_settlement AS s JOIN market_settlement_ruling AS r ON r.settlement = s.id
LEFT JOIN ledger_transaction AS x ON x.reference = r.reference WHERE r.approved ORDER BY s.id"""
_MOVED = """
SELECT x.reference, x.position, s.address AS source, t.address AS target, p.amount
FROM ledger_transaction AS x JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256
JOIN ledger_account AS s ON s.id = p.source JOIN ledger_account AS t ON t.id = p.target WHERE x.kind = 'settle'"""
_LINES = "SELECT settlement, entry, points, fen FROM market_settlement_line"
_TAKEN = """
SELECT x.reference, sum(CASE WHEN p.unit = ? THEN p.amount ELSE 0 END) AS points
FROM market_settlement_line AS l JOIN ledger_transaction AS x ON x.reference = l.entry
JOIN ledger_posting AS p ON p.id >= x.position * 256 AND p.id < x.position * 256 + 256 GROUP BY x.reference"""


def settlements_agree(_book: Book) -> Check:
    """Every approved statement is the text that was approved, its lines are the ledger's entries with their points, and
    its one entry moves just their sum out of what its shop took: so never more is settled than was taken."""

    async def settlements_agree(audit: Audit) -> AsyncIterator[Finding]:
        moved = {row["reference"]: row for row in await audit.db.execute_query_dict(_MOVED, [])}
        lines: dict[str, Counter[str]] = {}
        for row in await audit.db.execute_query_dict(_LINES, []):
            lines.setdefault(row["settlement"], Counter())[row["entry"]] = int(row["points"])
        rows = await audit.db.execute_query_dict(_TAKEN, [chart.POINTS])
        taken = {row["reference"]: int(row["points"]) for row in rows}
        for row in await audit.db.execute_query_dict(_SETTLED, []):
            said, move = settlement_statements.read(row["text"]), moved.pop(row["reference"], None)
            there = {line.reference: line.points for line in said.lines}
            wrong = encoding.digest(row["text"]) != row["digest"] or said.text != row["text"]
            wrong |= (said.shop, said.month, said.points, said.fen) != (
                row["shop"], row["month"], row["points"], row["fen"],
            )  # fmt: skip
            if wrong or there != dict(lines.get(row["id"], Counter())):
                yield _finding(row, N_("{shop} 号商户 {month} 的对账单和批准的不一样"), row)
            for line in said.lines:
                if taken.get(line.reference, 0) != abs(line.points):
                    facts = {**row, "number": line.position}
                    yield _finding(
                        row, N_("{shop} 号商户 {month} 的对账单里，第 {number} 号和账上的不一样"), facts
                    )
            paid = sum(line.points for line in said.lines if line.what == REDEEMED)
            way = (chart.taken(said.shop), chart.settled(said.shop), paid)
            if (move is None) != (paid == 0) or (
                move and (move["source"], move["target"], move["amount"]) != way
            ):
                yield _finding(row, N_("{shop} 号商户 {month} 结算动的分和对账单的不一样"), row)
        for reference, row in moved.items():
            yield _finding(row, N_("{reference} 结算了，但没有批准的对账单"), {"reference": reference})

    return settlements_agree


def _finding(row: dict[str, object], what: str, facts: dict[str, object]) -> Finding:
    said: dict[str, object] = {
        name: facts[name] for name in ("shop", "month", "number", "reference") if name in facts
    }
    position = row["position"]
    where = position if isinstance(position, int) else None
    return Finding("settlements", where, str(row["reference"]), what, said, ADVICE)
