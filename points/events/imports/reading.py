"""Reading a file of rows: a table as text or spreadsheet, or records in JSON or XML, as rows of trimmed texts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ledger import digests
from points.events.errors import UnreadableFile
from points.events.imports import encodings, jsonrecords, spreadsheets, tables, xmlrecords
from points.events.imports.errors import (
    ControlCharacter,
    Damaged,
    FileTooBig,
    RowError,
    TooLong,
    TooManyColumns,
    TooManyRows,
)
from points.events.imports.rows import Cells, Rows

BYTES_AT_MOST = 48 * 1024 * 1024
ROWS_AT_MOST = 200_000
COLUMNS_AT_MOST = 200
CELL_AT_MOST = 2_000
PROSE_AT_MOST = 4_000
"""What an import takes: bytes of a file, rows, columns, characters in a cell and in one of prose."""

NOTHING = frozenset({"", "-", "—", "–", "－"})
"""How files write that there is nothing."""
FORMULA_STARTS = "=+-@＝＋－＠"
"""What begins a formula; our files of errors put an apostrophe before it, which is taken off again."""
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as rows. Row n is `rows[n - 1]`; blank rows are kept, so that the numbers are those people see.

    `titles` are those of records (JSON, XML), whose first row is the first record; None where the file has a header.
    """

    file_name: str
    digest: str
    encoding: str
    rows: Sequence[Cells]
    titles: Cells | None = None


def read(path: Path, *, name: str | None = None, rows_at_most: int = ROWS_AT_MOST) -> Sheet:
    """Read a file whole; raises UnreadableFile, which says what is wrong and where. `name` is what people call it.

    What it is, its first bytes say, not its name. A cell is trimmed, in NFC, and None where the file has nothing or a
    dash. Text is UTF-8, with or without a BOM, or else strictly GB18030; the separator is the comma, semicolon or tab
    its first line has most of. Of a spreadsheet the first sheet is read; its whole numbers come without a decimal
    point, its dates as 2026-11-21, its formulas as the values they had.
    """
    name = (name or path.name).encode("utf-8", "replace").decode()
    data = _bytes(path, name)
    digest = digests.BOOK.named(data)
    if spreadsheets.is_one(data, path.suffix):
        del data
        rows = spreadsheets.rows(name, path)
        return Sheet(name, digest, "spreadsheet", limited(name, rows, rows_at_most))
    beginning = data[:1024].removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    reader = {b"[": jsonrecords.read, b"{": jsonrecords.read, b"<": xmlrecords.read}.get(beginning)
    if reader is not None:
        records = reader(name, data, rows_at_most)
        encoding = "xml" if beginning == b"<" else "json"
        return Sheet(name, digest, encoding, limited(name, records.rows(), rows_at_most), records.titles())
    tables.require_shape(name, data, rows_at_most)
    encoding = encodings.of(name, data)
    return Sheet(name, digest, encoding, limited(name, tables.rows(name, data, encoding), rows_at_most))


def _bytes(path: Path, name: str) -> bytes:
    try:
        size = path.stat().st_size
        if size > BYTES_AT_MOST:
            raise FileTooBig(file=name, size=size, most=BYTES_AT_MOST)
        return path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file=name, problem=error.strerror or str(error)) from error


def limited(name: str, rows: Iterable[Sequence[str]], rows_at_most: int = ROWS_AT_MOST) -> Rows:
    """Rows with their cells cleaned, unless they are too many or too wide; blank ones at the end are left off."""
    kept = Rows()
    for row in rows:
        if len(kept) >= rows_at_most:
            raise TooManyRows(file=name, most=rows_at_most)
        if len(row) > COLUMNS_AT_MOST:
            raise TooManyColumns(file=name, line=len(kept) + 1, most=COLUMNS_AT_MOST)
        kept.append([_cell(cell) for cell in row])
    kept.drop_blank_end()
    return kept


def _cell(text: str) -> str | None:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(INVISIBLE))
    text = text.strip()
    if len(text) > 1 and text[0] == "'" and text[1] in FORMULA_STARTS:
        text = text[1:]
    return None if text in NOTHING else text


def damage_in(text: str, *, prose: bool = False) -> RowError | None:
    """What is wrong with a cell whatever it means: control characters, characters lost before, or too much text.

    Prose may have line ends and be longer.
    """
    most = PROSE_AT_MOST if prose else CELL_AT_MOST
    if len(text) > most:
        return TooLong(most=most)
    if "\ufffd" in text:
        return Damaged()
    if not text.isprintable() and _has_control(text, "\r\n\t" if prose else ""):
        return ControlCharacter()
    return None


def _has_control(text: str, but: str) -> bool:
    return any(c not in but and unicodedata.category(c) in ("Cc", "Cs", "Co") for c in text)
