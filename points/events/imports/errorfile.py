"""The file of errors: the rows that stayed out, as they stood, with why and what might be meant."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from points.events.imports.plan import Plan, Problem

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
ADDED = ("原因", "建议")


def write(plan: Plan, folder: Path) -> Path | None:
    """Write NAME-errors.csv into a folder, replacing an older one; None, and nothing written, when no row is in error.

    UTF-8 with a BOM, so that a spreadsheet reads the Chinese; the original columns, then 原因 and 建议, several reasons
    joined by ；. A cell that a spreadsheet would run as a formula begins with an apostrophe, which our reader takes off
    again, so that a corrected file can be imported as it is. It holds names and phones: only its owner may read it.
    """
    if not plan.errors:
        return None
    path = folder / f"{Path(plan.sheet.file_name).stem}-errors.csv"
    draft = path.with_name(path.name + ".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(text(plan).encode("utf-8-sig"))
    draft.replace(path)
    return path


def text(plan: Plan) -> str:
    """The text of the file of errors."""
    width = len(plan.layout.titles)
    titles = list(plan.layout.titles)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([safe(title or "") for title in titles] + list(ADDED))
    for number, problems in plan.refused.items():
        row = list(plan.sheet.rows[number - 1])[:width]
        row += [None] * (width - len(row))
        writer.writerow([safe(cell or "") for cell in row] + [safe(part) for part in _why(problems)])
    return out.getvalue()


def safe(cell: str) -> str:
    """A cell no spreadsheet runs: an apostrophe goes before what begins like a formula."""
    return "'" + cell if cell.startswith(FORMULA_STARTS) else cell


def _why(problems: list[Problem]) -> tuple[str, str]:
    reasons = "；".join(f"{p.column}：{p.reason}" if p.column else p.reason for p in problems)
    return reasons, "；".join(p.suggestion for p in problems if p.suggestion)
