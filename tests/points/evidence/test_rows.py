"""Rows that say something else than the evidence are found, each column by its name, and rows that are gone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ledger import audit
from ledger.findings import Finding
from points.district import open_district
from points.evidence import rows
from points.evidence.rows import BOUND, LINES, MOVED, NO_ROW, rows_say_what_was_decided
from tests import town
from tests.ledger.tampering import opened

pytestmark = pytest.mark.anyio


async def found(path: Path) -> tuple[Finding, ...]:
    """What the check says of a book."""
    async with open_district(f"sqlite://{path}") as book:
        return (await audit.run(book.reader, [rows_say_what_was_decided], guards=book.guards)).findings


def other(value: Any) -> Any:
    """A value of the same kind."""
    if value is None:
        return "2030-01-01"
    if isinstance(value, int):
        return value + 1
    return "[]" if value.startswith("[") else f"{value}x"


async def test_every_bound_column_is_held_against_the_text(tmp_path: Path) -> None:
    """In a book that nobody touched none is named; of one row whose every column was changed, each is."""
    path = Path(town.copied(tmp_path).book.removeprefix("sqlite://"))
    assert await found(path) == ()
    wanted = set()
    with opened(path) as file:
        for bound in BOUND:
            names = [*bound.columns, *(MOVED if bound.moved else ()), *bound.lines[0]]
            key = file.execute(f"SELECT min(rowid) FROM {bound.table}").fetchone()[0]
            for name in names:
                (value,) = file.execute(f"SELECT {name} FROM {bound.table} WHERE rowid = ?", [key]).fetchone()
                file.execute(f"UPDATE {bound.table} SET {name} = ? WHERE rowid = ?", [other(value), key])
                wanted.add((bound.table, name if not bound.lines[0] else ""))
    findings = await found(path)
    assert {(one.row.split()[0], one.facts.get("column", "")) for one in findings} == wanted
    assert {one.template for one in findings} == {rows.OTHER, LINES}
    assert all(one.position and one.todo == rows.ADVICE for one in findings)


@pytest.mark.parametrize("table", [bound.table for bound in BOUND if bound.kind])
async def test_a_row_that_is_gone_is_named(table: str, tmp_path: Path) -> None:
    """Its evidence says that it was there."""
    path = Path(town.copied(tmp_path).book.removeprefix("sqlite://"))
    with opened(path) as file:
        first = f"SELECT reference FROM {table} WHERE rowid = (SELECT min(rowid) FROM {table})"
        file.execute(f"DELETE FROM {table} WHERE reference = ({first})")
    assert NO_ROW in {one.template for one in await found(path)}


async def test_a_moment_is_about_that_of_its_entry(tmp_path: Path) -> None:
    """Within the hour it was written; two hours off, another day or no moment at all, it is named."""
    path = Path(town.copied(tmp_path).book.removeprefix("sqlite://"))
    later = "UPDATE market_redemption SET redeemed_at = strftime('%Y-%m-%d %H:%M:%S+00:00', redeemed_at, ?)"
    for moved, wanted in (("+50 minutes", set[str]()), ("+70 minutes", {rows.WHEN})):
        with opened(path) as file:
            file.execute(later, [moved])
        assert {one.template for one in await found(path)} == wanted
    with opened(path) as file:
        file.execute("UPDATE market_redemption SET redeemed_at = 'yesterday'")
    (first, *_) = await found(path)
    assert first.template == rows.WHEN
    assert first.facts["column"] == "redeemed_at"
