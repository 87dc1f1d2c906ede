"""Does every transaction's evidence exist, and is it what was cited? A check for the audit of a book."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger import encoding
from ledger.findings import N_, PAGE, Audit, Finding, Row, long
from ledger.row_by_row import UNREADABLE
from points.evidence import losses
from points.evidence.losses import Loss
from points.evidence.snapshots import matches

_CITED = """
SELECT x.position, x.evidence_kind, x.evidence_id, x.body, s.digest, k.salt, k.text, e.erased_on, e.rule
FROM ledger_transaction AS x
LEFT JOIN evidence_snapshot AS s ON s.id = x.evidence_kind || '/' || x.evidence_id
LEFT JOIN evidence_snapshot_text AS k ON k.snapshot = s.id
LEFT JOIN evidence_erasure AS e ON e.snapshot = s.id
WHERE x.position > ? AND x.position <= ? ORDER BY x.position LIMIT ?"""
_UNCITED = """
SELECT t.snapshot FROM {table} AS t LEFT JOIN evidence_snapshot AS s ON s.id = t.snapshot
WHERE s.id IS NULL ORDER BY t.snapshot LIMIT 20"""

_FIND = N_("从备份里找回这一份，或按原始单据补录；确实找不回的，由两个人 jishan recover --evidence 记下丢失")
_COMPARE = N_("留一份副本作证据，和原始单据、备份里的这一份对照，查清谁写过数据库；不要补改")
GONE, UNRECORDED = N_("找不到凭据"), N_("凭据正文缺少，也没有删除记录")
MISSING = (GONE, UNRECORDED)
"""What two people may put on record as lost; what is different is never excused."""
DIFFERENT, CHANGED = N_("凭据的摘要与正文所引不同"), N_("凭据正文被改动")


@dataclass(frozen=True, slots=True)
class Standing:
    """How a transaction's evidence stands: `matches`, `erased` (when, by which rule), `lost` (as two people said), or
    `different`, and why."""

    state: str
    erased_on: str = ""
    rule: str = ""
    problem: str = ""
    loss: Loss | None = None


async def standing(db: BaseDBAsyncClient, position: int) -> Standing | None:
    """The same question as the audit's, of one transaction; None beyond the end. Two statements at most."""
    rows = await db.execute_query_dict(_CITED, [position - 1, position, 1])
    if not rows:
        return None
    problem = _problem(rows[0])
    if problem:
        loss = losses.naming(await losses.every(db), position) if problem in MISSING else None
        return Standing("lost", loss=loss) if loss else Standing("different", problem=problem)
    if rows[0]["text"] is None:
        return Standing("erased", rows[0]["erased_on"], rows[0]["rule"])
    return Standing("matches")


@long
async def evidence_matches(audit: Audit) -> AsyncIterator[Finding]:
    """Each snapshot is there with the digest its transaction cites, and its text matches or was erased by a rule.

    What two people put on record as lost is a remark with their names, not a fault.
    """
    known, remarked = await losses.every(audit.db), dict[int, int]()
    after = audit.since
    while page := await audit.db.execute_query_dict(_CITED, [after, audit.size, PAGE]):
        after = page[-1]["position"]
        audit.step(len(page))
        for row in page:
            what = _problem(row)
            loss = losses.naming(known, row["position"]) if what in MISSING else None
            if loss is not None:
                remarked[loss.position] = remarked.get(loss.position, 0) + 1
            elif what:
                where = f"evidence_snapshot {row['evidence_kind']}/{row['evidence_id']}"
                advice = _FIND if what in MISSING else _COMPARE
                yield Finding("evidence", row["position"], where, what, advice=advice)
    for loss in known:
        if loss.position in remarked:
            yield _remark(loss, remarked[loss.position])
    async for finding in _of_nobody(audit):
        yield finding


def _remark(loss: Loss, count: int) -> Finding:
    facts = {"count": count, "on": loss.on, "by": loss.by, "approved_by": loss.approved_by}
    what = N_("{count} 份凭据已确认丢失：{on} 由 {by} 记下，{approved_by} 批准")
    where = f"ledger_transaction {loss.position}"
    return Finding(
        "evidence", loss.position, where, what, facts, N_("不用再办；找回来了就按原样放回"), known=True
    )


async def _of_nobody(audit: Audit) -> AsyncIterator[Finding]:
    """Texts and erasures whose snapshot is not there: a snapshot was renamed, or they were written by hand."""
    for table in ("evidence_snapshot_text", "evidence_erasure"):
        for row in await audit.db.execute_query_dict(_UNCITED.format(table=table)):
            yield Finding(
                "evidence", None, f"{table} {row['snapshot']}", N_("没有哪份凭据是它的"), advice=_COMPARE
            )


def _problem(row: Row) -> str | None:
    if row["digest"] is None:
        return GONE
    if row["digest"] != _cited(row):
        return DIFFERENT
    if row["text"] is None:
        return None if row["erased_on"] else UNRECORDED
    texts = isinstance(row["text"], str) and isinstance(row["salt"], str)
    return None if texts and matches(row["digest"], row["salt"], row["text"]) else CHANGED


def _cited(row: Row) -> str | None:
    try:
        return str(encoding.parse(bytes(row["body"]))["evidence"]["digest"])
    except UNREADABLE:
        return None
