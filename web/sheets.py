"""Spreadsheets that people take away: every cell a text that nothing runs, or a whole number."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import BinaryIO

import xlsxwriter

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
CELL_AT_MOST = 32_767
"""Characters that a cell can hold."""
Cells = Sequence[str | int | None]
"""A row of texts and whole numbers."""
_UNFIT = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what stands above the table, the headings, and rows of texts and whole numbers.

    `widths` are the columns', in characters; the rows may be made while they are written, and are read once.
    """

    name: str
    above: Sequence[str]
    headings: Sequence[str]
    rows: Iterable[Cells]
    widths: Sequence[int] = ()


class Writing:
    """A spreadsheet that is being written, for A4 across: each row as it comes, so memory does not grow with them."""

    def __init__(self, out: BinaryIO) -> None:
        self._book = xlsxwriter.Workbook(out, {"constant_memory": True, **PLAIN})
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
        self._cell = self._book.add_format(
            {"text_wrap": True, "border": 1, "valign": "top", "num_format": "0"}
        )
        self._page: xlsxwriter.worksheet.Worksheet | None = None
        self._next = 0

    def begin(self, sheet: Sheet) -> None:
        """Another sheet, with the rows it has already."""
        page = self._page = self._book.add_worksheet(_UNFIT.sub(" ", sheet.name)[:31])
        page.set_landscape()
        page.set_paper(9)  # A4
        page.fit_to_pages(1, 0)
        page.repeat_rows(len(sheet.above))
        for place, width in enumerate(sheet.widths):
            page.set_column(place, place, width)
        for number, line in enumerate(sheet.above):
            page.write_string(number, 0, line)
        _row(page, len(sheet.above), sheet.headings, self._bold)
        self._next = len(sheet.above) + 1
        self.add(sheet.rows)

    def add(self, rows: Iterable[Cells]) -> None:
        """Further rows of the sheet that was begun last."""
        assert self._page is not None, "a sheet is begun first"
        for row in rows:
            _row(self._page, self._next, row, self._cell)
            self._next += 1

    def end(self) -> None:
        """Put the file together; nothing can be added any more."""
        self._book.close()


def write(out: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write whole sheets."""
    writing = Writing(out)
    for sheet in sheets:
        writing.begin(sheet)
    writing.end()


def _row(page: xlsxwriter.worksheet.Worksheet, number: int, row: Cells, look: object) -> None:
    for place, value in enumerate(row):
        if isinstance(value, int):
            page.write_number(number, place, value, look)
        else:
            page.write_string(number, place, (value or "")[:CELL_AT_MOST], look)
