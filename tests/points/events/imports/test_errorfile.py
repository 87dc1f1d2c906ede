"""The file of errors."""

from __future__ import annotations

import csv
import io
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.book import Book
from points.events.imports import errorfile, members, reading
from tests.points.events import paper
from tests.points.events.paper import MEMBERS


@pytest.mark.anyio
async def test_wrong_rows_come_back_as_they_stood_with_reasons(book: Book, tmp_path: Path) -> None:
    """Only those in error, in the original columns; readable by its owner alone."""
    text = (
        MEMBERS + "=cmd(),10000900001,领导,六和社区,,,\n王,10000900002,居民,六和社区,,,\n李,1,居民,六和社区\n"
    )
    plan = await members.plan(book, paper.write(tmp_path, text, "成员.csv"))
    path = errorfile.write(plan, tmp_path)
    assert path == tmp_path / "成员-errors.csv"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert rows[0] == [*MEMBERS.strip().split(","), "原因"]
    assert rows[1][0] == "'=cmd()"
    assert rows[1][-1].startswith("成员类别：没有这种成员类别")
    assert rows[2][:4] == ["李", "1", "居民", "六和社区"]
    assert len(rows) == 3


@pytest.mark.anyio
async def test_a_corrected_file_of_errors_can_be_imported_as_it_is(book: Book, tmp_path: Path) -> None:
    """Its further column is passed over, and the apostrophes taken off again."""
    plan = await members.plan(book, paper.write(tmp_path, MEMBERS + "@王,10000900001,领导,六和社区,,,\n"))
    path = errorfile.write(plan, tmp_path)
    assert path is not None
    path.write_bytes(path.read_bytes().replace("领导".encode(), "居民".encode(), 1))
    again = await members.plan(book, path)
    assert (again.errors, [entry.value.someone.name for entry in again.entries]) == ((), ["@王"])


@pytest.mark.anyio
async def test_without_errors_nothing_is_written(book: Book, tmp_path: Path) -> None:
    """No file means no error."""
    plan = await members.plan(book, paper.write(tmp_path, MEMBERS + "王,10000900001,居民,六和社区,,,\n"))
    assert errorfile.write(plan, tmp_path) is None
    assert list(tmp_path.glob("*-errors.csv")) == []


@given(st.text(min_size=1, max_size=20))
def test_no_cell_begins_like_a_formula(cell: str) -> None:
    """Whatever somebody wrote into a name, a spreadsheet shows it and runs nothing; read back, it is the same."""
    safe = errorfile.safe(cell)
    assert not safe.startswith(errorfile.FORMULA_STARTS)
    assert safe.endswith(cell)
    assert reading._cell(safe) == reading._cell(cell) or cell[0] in "\t\r" or cell.startswith("'")
