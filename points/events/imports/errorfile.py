"""The file of errors: the rows that stayed out, as they stood, with one more column that says why."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import xlsxwriter

from points.events.imports.plan import Plan, Problem

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
ADDED = "原因"
STEM_AT_MOST = 200
"""Bytes of a name: file systems take 255, and eighty Chinese characters are 240."""
SUFFIXES = (".csv", ".xlsx")


def write(plan: Plan, folder: Path, *, suffix: str = ".csv") -> Path | None:
    """Write NAME-errors.csv (or .xlsx) into a folder, replacing an older one; None, and no file, without errors.

    A CSV is UTF-8 with a BOM, so that a spreadsheet reads the Chinese; the original columns, then 原因, several reasons
    joined by ；. A cell that a spreadsheet would run as a formula begins with an apostrophe, which our reader takes off
    again, so that a corrected file can be imported as it is; in a spreadsheet every cell is text. It holds names and
    phones: only its owner may read it.
    """
    if not plan.errors:
        return None
    stem = Path(plan.sheet.file_name).stem.encode("utf-8", "replace")[:STEM_AT_MOST].decode("utf-8", "ignore")
    path = folder / f"{stem}-errors{suffix}"
    draft = path.with_name(path.name + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        if suffix == ".xlsx":
            spreadsheet(plan, file)
        else:
            text(plan, file)
    draft.replace(path)
    return path


def text(plan: Plan, file: BinaryIO) -> None:
    """Write the file of errors as a text, row by row."""
    out = io.TextIOWrapper(file, "utf-8-sig", "replace", newline="", write_through=True)
    writer = csv.writer(out)
    for row in rows(plan):
        writer.writerow([safe(cell) for cell in row])
    out.detach()


def spreadsheet(plan: Plan, file: BinaryIO) -> None:
    """The same as a spreadsheet whose cells are texts, whatever they look like."""
    plain = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "in_memory": True,
    }
    with xlsxwriter.Workbook(file, {**plain, "strings_to_numbers": False}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows(plan)):
            for place, cell in enumerate(row):
                sheet.write_string(number, place, cell[:32_767])


def rows(plan: Plan) -> Iterator[list[str]]:
    """The titles and each row in error, with the reason at the end."""
    titles = plan.layout.titles
    yield [*(title or "" for title in titles), ADDED]
    for number, problems in plan.refused.items():
        row = [cell or "" for cell in plan.sheet.rows[number - 1]][: len(titles)]
        yield [*row, *[""] * (len(titles) - len(row)), _why(problems)]


def safe(cell: str) -> str:
    """A cell no spreadsheet runs: an apostrophe goes before what begins like a formula."""
    return "'" + cell if cell.startswith(FORMULA_STARTS) else cell


def _why(problems: list[Problem]) -> str:
    return "；".join(f"{p.column}：{p.reason}" if p.column else p.reason for p in problems)
