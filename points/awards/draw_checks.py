"""Are just those awards drawn that their evidence draws, and did who looked again have it? A check for the audit."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

from ledger.book import Book
from ledger.findings import N_, PAGE, Audit, Check, Finding, Row
from points.awards import drawing

ADVICE = N_("抽查名单被改过：由另一位核实人把这一笔再看一遍，并查清谁写过数据库")
ADVICE_GIVEN = N_("这一次抽查不算数：换一位没有参与的核实人再看一遍，并查清谁写过数据库")

_AWARDS = """
SELECT x.position, x.reference, s.digest, v.event, v.member, v.verifier, v.decided_on AS "on",
    k.event AS drawn_event, k.member AS drawn_member, k.verifier AS drawn_verifier, k.drawn_on AS drawn_on
FROM ledger_transaction AS x
JOIN awards_verification AS v ON v.reference = x.reference
JOIN evidence_snapshot AS s ON s.id = x.evidence_kind || '/' || x.evidence_id
LEFT JOIN awards_second_look AS k ON k.award = x.reference
WHERE x.position > ? ORDER BY x.position LIMIT ?"""
_FIRST = """
SELECT min(x.position) AS position FROM awards_second_look AS k JOIN ledger_transaction AS x ON x.reference = k.award"""
_OF_NOTHING = """
SELECT k.award FROM awards_second_look AS k LEFT JOIN awards_verification AS v ON v.reference = k.award
WHERE v.reference IS NULL ORDER BY k.award"""
_GIVEN = """
SELECT g.id, g.award, g.verifier FROM awards_second_look_given AS g
LEFT JOIN awards_second_look AS k ON k.award = g.award
WHERE k.award IS NULL OR g.verifier = k.verifier OR g.verifier = k.member
ORDER BY g.id"""
_ANSWERS = """
SELECT n.award, n.verifier, n.agrees, n.request, x.position, t.text,
    EXISTS (SELECT 1 FROM awards_second_look_given AS g WHERE g.award = n.award AND g.verifier = n.verifier) AS had
FROM awards_second_look_answer AS n
LEFT JOIN ledger_transaction AS x ON x.reference = n.reference
LEFT JOIN evidence_snapshot_text AS t ON t.snapshot = x.evidence_kind || '/' || x.evidence_id
ORDER BY n.award"""


def draws_agree(_book: Book) -> Check:
    """Every award from the first that was drawn on has a draw if its evidence's digest draws it, and none otherwise.

    The draw names what was verified; a look was given neither to whom it is about nor to who verified it, and was
    answered by who had it, as its act says.
    """

    async def draws_agree(audit: Audit) -> AsyncIterator[Finding]:
        (first,) = await audit.db.execute_query_dict(_FIRST, [])
        after = None if first["position"] is None else int(first["position"]) - 1
        while after is not None:
            page = await audit.db.execute_query_dict(_AWARDS, [after, PAGE])
            for row in page:
                if what := _wrong(row):
                    where = f"awards_second_look {row['reference']}"
                    yield Finding("draws", row["position"], where, what, advice=ADVICE)
            after = page[-1]["position"] if page else None
        for row in await audit.db.execute_query_dict(_OF_NOTHING, []):
            what = N_("抽到的这一笔奖励不在账上")
            yield Finding("draws", None, f"awards_second_look {row['award']}", what, advice=ADVICE)
        async for finding in _of_people(audit):
            yield finding

    return draws_agree


async def _of_people(audit: Audit) -> AsyncIterator[Finding]:
    """Who was given a look, and who answered it."""
    for row in await audit.db.execute_query_dict(_GIVEN, []):
        what = N_("抽查派给了 {verifier}：没有抽到这一笔，或者是这个人自己做的、核实的")
        where = f"awards_second_look_given {row['id']}"
        yield Finding("draws", None, where, what, {"verifier": row["verifier"]}, ADVICE_GIVEN)
    for row in await audit.db.execute_query_dict(_ANSWERS, []):
        where = f"awards_second_look_answer {row['award']}"
        if not row["had"]:
            what = N_("{verifier} 答复了没有派给自己的抽查")
            facts = {"verifier": row["verifier"]}
            yield Finding("draws", row["position"], where, what, facts, ADVICE_GIVEN)
        if row["position"] is None or not _as_said(row):
            what = N_("抽查的答复和账上引用的凭据不一样")
            yield Finding("draws", row["position"], where, what, advice=ADVICE_GIVEN)


def _wrong(row: Row) -> str:
    """What is wrong with the draw of an award; empty when nothing is."""
    drawn = row["drawn_event"] is not None
    if drawing.is_drawn(row["digest"]) != drawn:
        return N_("按凭据没有抽到这一笔，名单里却有") if drawn else N_("按凭据抽到了这一笔，名单里没有")
    same = all(row[name] == row[f"drawn_{name}"] for name in ("event", "member", "verifier", "on"))
    return N_("抽查名单上写的和核实的不一样") if drawn and not same else ""


def _as_said(row: Row) -> bool:
    """Whether an answer is what its act's evidence says; one whose text was erased says nothing."""
    if row["text"] is None:
        return True
    said = json.loads(row["text"])
    agrees = "yes" if row["agrees"] else "no"
    return bool(
        (said["agrees"], said["by"], said["of"], said["request"])
        == (agrees, row["verifier"], row["award"], row["request"] or "")
    )
