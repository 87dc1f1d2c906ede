"""The audit of a book finds whatever bit was changed, and says where; of a whole book it says nothing."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest

from ledger import audit
from ledger.errors import BookDamaged
from ledger.findings import is_long
from points.district import open_district
from tests.figures import figure
from tests.ledger.tampering import Original, change, flip, opened, some_row

pytestmark = pytest.mark.anyio

POSTING = (
    "unit",
    "source",
    "source_version",
    "source_balance",
    "target",
    "target_version",
    "target_balance",
    "amount",
)
ACCOUNT = ("address", "unit", "floor", "opened_at")
TRANSACTION = (
    "body",
    "leaf",
    "reference",
    "request",
    "kind",
    "evidence_kind",
    "evidence_id",
    "effective_on",
    "recorded_at",
)
PLACES = [
    *[("ledger_transaction", column) for column in TRANSACTION],
    *[("ledger_posting", column) for column in (*POSTING, "id")],
    *[("ledger_account", column) for column in (*ACCOUNT, "id")],
    *[("ledger_tile", column) for column in ("hashes", "level", "index", "id")],
    *[("ledger_checkpoint", column) for column in ("size", "root", "note")],
    *[("evidence_snapshot", column) for column in ("id", "digest")],
    *[("evidence_snapshot_text", column) for column in ("snapshot", "salt", "text")],
]


MUST = ("body", "amount", "hashes", "note")
"""What is tried more often in the short version: the texts, what moves, the tree and what was signed."""


async def test_a_whole_book_has_no_findings(original: Original) -> None:
    """Nothing is said of a book that nobody touched."""
    assert await original.findings(original.book) == ()


@pytest.mark.parametrize(("table", "column"), PLACES, ids=lambda name: name)
async def test_a_bit_changed_anywhere_is_found(original: Original, table: str, column: str) -> None:
    """One bit of any value in any row, whatever it makes of the value: found, with the position it belongs to."""
    chance = random.Random(f"{table}.{column}")
    for _ in range(figure(short=4 if column in MUST else 1, full=40)):
        with original.copy() as spoilt:
            with opened(spoilt) as file:
                rowid, value = some_row(file, table, column, chance)
                wanted = position_of(file, table, rowid)
                new = flip(value, chance)
                try:
                    change(file, table, column, rowid, new)
                except sqlite3.IntegrityError:
                    continue  # a key that another row has: not even a bare connection takes it
                if table == "ledger_checkpoint":
                    wanted |= position_of(file, table, rowid)
            findings = await original.findings(spoilt)
            assert findings, f"{table}.{column} of row {rowid}: {value!r} became {new!r}, and nobody noticed"
            assert wanted & {finding.position for finding in findings}, (rowid, wanted, findings)


def position_of(file: sqlite3.Connection, table: str, rowid: int) -> set[int | None]:
    """The positions by which a finding may name a row."""
    if table == "ledger_transaction":
        return {rowid}
    if table == "ledger_posting":
        return {rowid // 256}
    if table == "ledger_account":
        return {rowid // 512}
    if table == "ledger_tile":
        return {None, *range(1, 257)}
    if table == "ledger_checkpoint":
        return {None, *(size for (size,) in file.execute("SELECT size FROM ledger_checkpoint"))}
    key = "id" if table == "evidence_snapshot" else "snapshot"
    (snapshot,) = file.execute(f"SELECT {key} FROM {table} WHERE rowid = ?", [rowid]).fetchone()
    query = "SELECT position FROM ledger_transaction WHERE evidence_kind || '/' || evidence_id = ?"
    return {position for (position,) in file.execute(query, [snapshot])}


@pytest.mark.parametrize("column", ["body", "leaf"])
async def test_the_verifier_finds_a_changed_text_in_an_export(
    original: Original, column: str, tmp_path: Path
) -> None:
    """A bit in a text or its leaf: the export is not written, or the offline verifier refuses it with our key."""
    chance = random.Random(column)
    for number in range(figure(short=6, full=100)):
        with original.copy() as spoilt:
            with opened(spoilt) as file:
                rowid, value = some_row(file, "ledger_transaction", column, chance)
                change(file, "ledger_transaction", column, rowid, flip(value, chance))
            refused = await original.export_is_refused(spoilt, tmp_path / str(number))
            in_tile_only = column == "leaf" and rowid <= 256
            assert refused or in_tile_only, f"position {rowid}"


async def test_a_changed_tile_cannot_be_exported(original: Original, tmp_path: Path) -> None:
    """A bit in a tile: what was signed no longer follows from the book, and nothing is exported."""
    chance = random.Random(7)
    for number in range(figure(short=4, full=60)):
        with original.copy() as spoilt:
            with opened(spoilt) as file:
                rowid, value = some_row(file, "ledger_tile", "hashes", chance)
                change(file, "ledger_tile", "hashes", rowid, flip(value, chance))
            assert await original.export_is_refused(spoilt, tmp_path / str(number))


async def test_an_untouched_book_exports_well(original: Original, tmp_path: Path) -> None:
    """The same way to export and to verify says yes to a book that nobody touched."""
    assert not await original.export_is_refused(original.book, tmp_path / "out")


async def test_a_missing_guard_is_named_and_the_book_stays_shut(original: Original) -> None:
    """Without one of its triggers a book is not opened, and the refusal names it; so does the audit of an open one."""
    async with open_district(f"sqlite://{original.book}") as book:
        wanted = {**book.guards, "a_guard_of_ours": "CREATE TRIGGER a_guard_of_ours"}
        report = await audit.run(book.reader, guards=wanted)
        assert [(f.check, f.row) for f in report.findings] == [("guards", "a_guard_of_ours")]
    with original.copy() as spoilt:
        file = sqlite3.connect(spoilt)
        file.execute("DROP TRIGGER ledger_posting_no_update")
        file.close()
        with pytest.raises(BookDamaged, match="ledger_posting_no_update"):
            await original.findings(spoilt)


async def test_the_progress_reaches_the_end(original: Original) -> None:
    """What is done never goes back, never beyond what there is, and ends there."""
    told: list[tuple[int, int]] = []
    async with open_district(f"sqlite://{original.book}") as book:
        report = await audit.run(
            book.reader, guards=book.guards, progress=lambda done, all_: told.append((done, all_))
        )
    assert told == sorted(told)
    assert told[-1] == (report.size * sum(map(is_long, audit.CHECKS)),) * 2
    assert report.size > 400
    assert report.checks == tuple(check.__name__ for check in audit.CHECKS)


async def test_a_damaged_text_does_not_change_how_others_read(original: Original) -> None:
    """After an audit the reader refuses a text whose bytes are none, as before."""
    with original.copy() as spoilt:
        with opened(spoilt) as file:
            change(
                file,
                "ledger_posting",
                "unit",
                file.execute("SELECT max(id) FROM ledger_posting").fetchone()[0],
                b"\xff",
            )
        async with open_district(f"sqlite://{spoilt}") as book:
            before = book.reader.connection.text_factory
            report = await audit.run(book.reader, guards=book.guards)
            assert book.reader.connection.text_factory is before
    assert {finding.check for finding in report.findings} == {"postings"}
