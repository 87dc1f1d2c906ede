"""Does every transaction's evidence exist, and is it what was cited? A check for the audit of a book."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import encoding
from ledger.checks_of_texts import UNREADABLE
from ledger.findings import Audit, Finding, Row, pages
from points.evidence.snapshots import matches

_CITED = """
SELECT x.position, x.evidence_kind, x.evidence_id, x.body, s.digest, k.salt, k.text, e.erased_on, e.rule
FROM ledger_transaction AS x
LEFT JOIN evidence_snapshot AS s ON s.id = x.evidence_kind || '/' || x.evidence_id
LEFT JOIN evidence_snapshot_text AS k ON k.snapshot = s.id
LEFT JOIN evidence_erasure AS e ON e.snapshot = s.id
WHERE x.position > ? ORDER BY x.position LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a transaction's evidence stands: `matches`, `erased` (when, by which rule), or `different`, and why."""

    state: str
    erased_on: str = ""
    rule: str = ""
    problem: str = ""


async def standing(db: BaseDBAsyncClient, position: int) -> Standing | None:
    """The same question as the audit's, of one transaction; None beyond the end. One statement."""
    rows = await db.execute_query_dict(_CITED, [position - 1, 1])
    if not rows or rows[0]["position"] != position:
        return None
    problem = _problem(rows[0])
    if problem:
        return Standing("different", problem=problem)
    if rows[0]["text"] is None:
        return Standing("erased", rows[0]["erased_on"], rows[0]["rule"])
    return Standing("matches")


async def evidence_matches(audit: Audit) -> AsyncIterator[Finding]:
    """Each snapshot is there with the digest its transaction cites, and its text matches or was erased by a rule."""
    async for page in pages(audit, _CITED):
        for row in page:
            what = _problem(row)
            if what:
                where = f"evidence_snapshot {row['evidence_kind']}/{row['evidence_id']}"
                yield Finding("evidence", row["position"], where, what)


def _problem(row: Row) -> str | None:
    if row["digest"] is None:
        return "找不到凭据"
    if row["digest"] != _cited(row):
        return "凭据的摘要与正文所引不同"
    if row["text"] is None:
        return None if row["erased_on"] else "凭据正文缺少，也没有删除记录"
    texts = isinstance(row["text"], str) and isinstance(row["salt"], str)
    return None if texts and matches(row["digest"], row["salt"], row["text"]) else "凭据正文被改动"


def _cited(row: Row) -> str | None:
    try:
        return str(encoding.parse(bytes(row["body"]))["evidence"]["digest"])
    except UNREADABLE:
        return None
