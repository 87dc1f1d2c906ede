"""Evidence that two people say is lost is told with their names, and is no finding; what is different always is."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from ledger import audit
from ledger.book import Book
from points import losses as verbs
from points.district import open_district
from points.errors import NoEvidenceLost, OnePersonTwice, ReasonMissing
from points.evidence import checks, losses
from points.people import roles
from tests import books
from tests.points.people import village

pytestmark = pytest.mark.anyio
ON = date(2026, 11, 21)


def test_positions_are_written_with_their_neighbours_and_read_back() -> None:
    """`1-3,7`; a loss names those, and nothing after its own entry."""
    assert losses.written([3, 1, 2, 7]) == "1-3,7"
    loss = losses.Loss(9, "2026-11-21", "A", "B", "x", losses._spans("1-3,7,12"))
    assert [position for position in range(1, 15) if loss.names(position)] == [1, 2, 3, 7]


async def laid(book: Book) -> tuple[str, str]:
    """An admin and an auditor."""
    await village.lay(book)
    numbers: list[str] = []
    for name, role in (("陈国强", "admin"), ("周静", "auditor")):
        who = await village.enrol(book, name, kind="staff")
        by = numbers[0] if numbers else roles.SYSTEM
        await roles.grant(book, member=who.number, role=role, area=None, by=by, on=ON)
        numbers.append(who.number)
    return numbers[0], numbers[1]


def lose(folder: Path, statement: str) -> None:
    """As a restore without these rows would."""
    with contextlib.closing(sqlite3.connect(folder / "book.db")) as file:
        for name in ("evidence_snapshot_no_delete", "evidence_snapshot_no_update"):
            (sql,) = file.execute("SELECT sql FROM sqlite_master WHERE name = ?", [name]).fetchone()
            file.execute(f"DROP TRIGGER {name}")
            file.execute(statement)
            file.execute(sql)
        file.commit()


async def test_two_people_put_a_loss_on_record(tmp_path: Path) -> None:
    """A finding before; afterwards a remark with day and names; the entry's own standing says so; different stays."""
    async with books.fresh(tmp_path) as book:
        by, approved_by = await laid(book)
        (row,) = await book.reader.execute_query_dict(
            "SELECT position, evidence_kind || '/' || evidence_id AS id FROM ledger_transaction"
            " ORDER BY position DESC LIMIT 1"
        )
    url = f"sqlite://{tmp_path / 'book.db'}"
    lose(tmp_path, f"DELETE FROM evidence_snapshot WHERE id = '{row['id']}'")
    lose(tmp_path, f"DELETE FROM evidence_snapshot_text WHERE snapshot = '{row['id']}'")
    async with open_district(url) as book:
        report = await audit.run(book.reader, [checks.evidence_matches], guards={})
        assert [(one.position, one.template) for one in report.findings] == [(row["position"], checks.GONE)]
        gone = await verbs.missing(book)
        assert gone == [row["position"]]
        who = {"by": by, "approved_by": approved_by, "on": ON}
        with pytest.raises(ReasonMissing):
            await verbs.acknowledge(book, gone, reason=" ", **who)
        with pytest.raises(OnePersonTwice):
            await verbs.acknowledge(book, gone, reason="x", by=by, approved_by=by, on=ON)
        receipt = await verbs.acknowledge(book, gone, reason="备份坏了", **who)
        report = await audit.run(book.reader, [checks.evidence_matches], guards={})
        assert report.whole
        assert [(one.position, one.facts["by"], one.facts["approved_by"]) for one in report.known] == [
            (receipt.position, by, approved_by)
        ]
        stands = await checks.standing(book.reader, row["position"])
        assert stands is not None
        assert stands.state == "lost"
        with pytest.raises(NoEvidenceLost):
            await verbs.acknowledge(book, await verbs.missing(book), reason="x", **who)
    lose(
        tmp_path, "UPDATE evidence_snapshot_text SET text = text || ' ' WHERE snapshot LIKE 'evidence-lost/%'"
    )
    async with open_district(url) as book:
        report = await audit.run(book.reader, [checks.evidence_matches], guards={})
        assert {one.template for one in report.findings} == {checks.GONE, checks.CHANGED}
