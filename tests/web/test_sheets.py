"""Spreadsheets to take away: what somebody wrote is never run."""

from __future__ import annotations

import io
import zipfile

import python_calamine

from web import sheets
from web.sheets import Sheet

DANGEROUS = ["=1+1", "+86 138", "@SUM(A1)", "-2", "{=1}", "http://localhost/", "007", "", "字" * 40_000]


def _written(*made: Sheet) -> bytes:
    out = io.BytesIO()
    sheets.write(out, made)
    return out.getvalue()


def test_texts_stay_texts_and_numbers_numbers() -> None:
    """No formula, no link, no lost zero; a text too long for a cell is cut and the file can be read."""
    written = _written(Sheet("甲", ["标题"], ["列", "数"], [[text, 7] for text in DANGEROUS]))
    rows = python_calamine.load_workbook(io.BytesIO(written)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[2:]] == [text[: sheets.CELL_AT_MOST] for text in DANGEROUS]
    assert {row[1] for row in rows[2:]} == {7.0}
    with zipfile.ZipFile(io.BytesIO(written)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in page
        assert "hyperlink" not in page


def test_a_name_a_sheet_cannot_have_is_made_fit() -> None:
    """Signs that are not allowed, and more than 31 characters."""
    written = _written(Sheet("a/b:c[d]" + "x" * 40, [], ["h"], []))
    (name,) = python_calamine.load_workbook(io.BytesIO(written)).sheet_names
    assert name == ("a b c d " + "x" * 40)[:31]


def test_rows_are_read_as_they_are_written() -> None:
    """Once, from anything that makes them."""
    written = _written(Sheet("甲", [], ["n"], ([n] for n in range(3))))
    rows = python_calamine.load_workbook(io.BytesIO(written)).get_sheet_by_index(0).to_python()
    assert rows == [["n"], [0.0], [1.0], [2.0]]
