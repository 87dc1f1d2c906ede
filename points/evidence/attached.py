"""Is every file that was attached as evidence still there, and the same? A check for the audit of a book."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import anyio

from ledger import encoding
from ledger.findings import N_, PAGE, Audit, Check, Finding, Row
from ledger.row_by_row import UNREADABLE
from points.evidence import files

_KEPT = """
SELECT s.id, t.text, a.digest, a.thumbnail, r.removed_at FROM evidence_snapshot AS s
LEFT JOIN evidence_snapshot_text AS t ON t.snapshot = s.id
LEFT JOIN events_attachment AS a ON a.id = substr(s.id, 12)
LEFT JOIN events_attachment_removal AS r ON r.attachment = a.id
WHERE s.id > ? AND s.id < 'attachment/~' ORDER BY s.id LIMIT ?"""
_POSITION = "SELECT position FROM ledger_transaction WHERE evidence_kind = 'attachment' AND evidence_id = ?"

_FIND = N_("从备份文件夹里的 attachments 找回这个文件，放回原处；找不回的，照原件再传一次，并说明")
_COMPARE = N_("留一份副本作证据，和备份里的这个文件对照，查清谁动过；不要补改")
_MISSING = {"missing": N_("附件的文件不在了"), "changed": N_("附件的文件被改动")}
_ROW = N_("附件的记录和登记时不同")


def files_stand(folder: Path) -> Check:
    """The check for the files in a folder: each is there with the digest that was registered, unless it was erased.

    Every file is read every time: a disk forgets without telling anybody. The answer says how many were erased.
    """

    async def attachments_stand(audit: Audit) -> AsyncIterator[Finding]:
        """Each attached file is there, and what was registered."""
        after, erased = "attachment/", 0
        while page := await audit.db.execute_query_dict(_KEPT, [after, PAGE]):
            after = page[-1]["id"]
            for row in page:
                if row["removed_at"] is not None:
                    erased += 1
                elif problem := await anyio.to_thread.run_sync(_problem, folder, row):
                    yield await _finding(audit, row, problem)
        if erased:
            yield _remark(erased)

    return attachments_stand


def _problem(folder: Path, row: Row) -> str | None:
    """What is wrong with a file or its row."""
    try:
        said = encoding.parse(row["text"].encode())
        registered = str(said["digest"]), str(said["thumbnail"])
    except UNREADABLE:
        return None  # the check of evidence names it
    if (row["digest"], row["thumbnail"] or "") != registered:
        return _ROW
    for digest in filter(None, registered):
        if (state := files.standing(folder, digest)) != "whole":
            return _MISSING[state]
    return None


async def _finding(audit: Audit, row: Row, problem: str) -> Finding:
    attachment = str(row["id"]).partition("/")[2]
    found = await audit.db.execute_query_dict(_POSITION, [attachment])
    position = found[0]["position"] if found else None
    advice = _FIND if problem == _MISSING["missing"] else _COMPARE
    return Finding("attachments", position, f"events_attachment {attachment}", problem, advice=advice)


def _remark(erased: int) -> Finding:
    return Finding(
        "attachments",
        None,
        "events_attachment_removal",
        N_("{count} 个附件已按登记的原因删除"),
        {"count": erased},
        N_("不用办：谁删的、为什么，账上都有"),
        known=True,
    )
