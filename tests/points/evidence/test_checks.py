"""The evidence of a transaction matches, was erased by a rule, or is a finding."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ledger import audit, encoding
from ledger.transactions import Draft
from points.district import open_district
from points.evidence import checks, snapshots
from tests import books

pytestmark = pytest.mark.anyio


async def three_acts(folder: Path) -> str:
    """A book whose transactions 1, 2 and 3 each cite a snapshot of their own."""
    async with books.fresh(folder) as book:
        for number in (1, 2, 3):
            evidence, rows = snapshots.take("note", str(number), {"said": f"第 {number} 句"}, at=book.now())
            request = encoding.digest_of({"number": number})
            await book.journal.post(
                Draft(f"note/{number}", "act", evidence, date(2026, 1, 1), request, rows=rows)
            )
    return f"sqlite://{folder / 'book.db'}"


def tamper(folder: Path, *statements: str) -> None:
    """As somebody with the file would."""
    with contextlib.closing(sqlite3.connect(folder / "book.db")) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


async def test_evidence_matches_or_was_erased_or_differs(tmp_path: Path) -> None:
    """Each of the three is told apart, for one transaction and in the audit; an erasure by rule is no finding."""
    url = await three_acts(tmp_path)
    tamper(
        tmp_path,
        "DELETE FROM evidence_snapshot_text WHERE snapshot = 'note/2'",
        "INSERT INTO evidence_erasure VALUES ('note/2', '2026-02-01', '本人申请')",
        "UPDATE evidence_snapshot_text SET text = replace(text, '第 3', '第 4') WHERE snapshot = 'note/3'",
    )
    async with open_district(url) as book:
        stands = [await checks.standing(book.reader, position) for position in (1, 2, 3, 4)]
        assert [one.state if one else None for one in stands] == ["matches", "erased", "different", None]
        assert stands[1] is not None
        assert (stands[1].erased_on, stands[1].rule) == ("2026-02-01", "本人申请")
        report = await audit.run(book.reader, [checks.evidence_matches], guards={})
        assert [(found.position, found.row) for found in report.findings] == [(3, "evidence_snapshot note/3")]


async def test_a_text_that_is_gone_without_a_record_is_a_finding(tmp_path: Path) -> None:
    """Only a recorded erasure explains a missing text."""
    url = await three_acts(tmp_path)
    tamper(tmp_path, "DELETE FROM evidence_snapshot_text WHERE snapshot = 'note/1'")
    async with open_district(url) as book:
        stands = await checks.standing(book.reader, 1)
        assert stands is not None
        assert (stands.state, stands.problem) == ("different", "凭据正文缺少，也没有删除记录")
