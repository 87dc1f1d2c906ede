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
_UNFIT = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, what stands above the table, the headings, and rows of texts and whole numbers.

    `widths` are the columns', in characters; the rows may be made while they are written, and are read once.
    """

    name: str
    above: Sequence[str]
    headings: Sequence[str]
    rows: Iterable[Sequence[str | int | None]]
    widths: Sequence[int] = ()


def write(out: BinaryIO, sheets: Iterable[Sheet]) -> None:
    """Write sheets for A4 across, each row as it comes, so that memory does not grow with the rows."""
    with xlsxwriter.Workbook(out, {"constant_memory": True, **PLAIN}) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "top"})
        cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top", "num_format": "0"})
        for sheet in sheets:
            page = book.add_worksheet(_UNFIT.sub(" ", sheet.name)[:31])
            page.set_landscape()
            page.set_paper(9)  # A4
            page.fit_to_pages(1, 0)
            page.repeat_rows(len(sheet.above))
            for place, width in enumerate(sheet.widths):
                page.set_column(place, place, width)
            for number, line in enumerate(sheet.above):
                page.write_string(number, 0, line)
            _row(page, len(sheet.above), sheet.headings, bold)
            for number, row in enumerate(sheet.rows, len(sheet.above) + 1):
                _row(page, number, row, cell)


def _row(
    page: xlsxwriter.worksheet.Worksheet, number: int, row: Sequence[str | int | None], look: object
) -> None:
    for place, value in enumerate(row):
        if isinstance(value, int):
            page.write_number(number, place, value, look)
        else:
            page.write_string(number, place, (value or "")[:CELL_AT_MOST], look)
