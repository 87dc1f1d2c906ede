"""Reading a file of rows: CSV in UTF-8 or GB18030, or a spreadsheet, as rows of trimmed texts. Never mojibake."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from ledger import digests
from points.events.errors import UnreadableFile

BYTES_AT_MOST = 64 * 1024 * 1024
UNPACKED_AT_MOST = 512 * 1024 * 1024
ROWS_AT_MOST = 200_000
COLUMNS_AT_MOST = 200
CELL_AT_MOST = 2_000
"""What an import takes: bytes of a file and of an unpacked spreadsheet, rows, columns, characters in a cell."""

SPREADSHEETS = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
NOTHING = frozenset({"", "-", "—", "–", "－"})
"""How files write that there is nothing."""
FORMULA_STARTS = "=+-@＝＋－＠"
"""What begins a formula; our files of errors put an apostrophe before it, which is taken off again."""
INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u200c\u200d\u2060"))

Cells = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file as rows. Row n is `rows[n - 1]`; blank rows are kept, so that the numbers are those people see."""

    file_name: str
    digest: str
    encoding: str
    rows: Sequence[Cells]


def read(path: Path) -> Sheet:
    """Read a file whole; raises UnreadableFile, which says what is wrong and where.

    A cell is trimmed, in NFC, and None where the file has nothing or a dash. CSV is UTF-8, with or without a BOM, or
    else strictly GB18030; the separator is the comma, semicolon or tab its first line has most of. Of a spreadsheet
    the first sheet is read; its whole numbers come without a decimal point, its dates as 2026-11-21.
    """
    name = path.name.encode("utf-8", "replace").decode()
    try:
        size = path.stat().st_size
        if size > BYTES_AT_MOST:
            raise UnreadableFile(file=name, problem=f"文件有 {size:,} 字节，最多 {BYTES_AT_MOST:,}")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(file=name, problem=error.strerror or str(error)) from error
    rows, encoding = _rows(name, data, path.suffix.lower())
    return Sheet(name, digests.BOOK.named(data), encoding, rows)


def _rows(name: str, data: bytes, suffix: str) -> tuple[list[Cells], str]:
    if suffix in SPREADSHEETS or data[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        return _limited(name, _of_spreadsheet(name, data)), "spreadsheet"
    text, encoding = decode(name, data)
    return _limited(name, _of_csv(name, text)), encoding


def decode(name: str, data: bytes) -> tuple[str, str]:
    """The text and its encoding. Damaged UTF-8 is refused, not read as GB18030, which would make other words of it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UnreadableFile(file=name, problem="是 UTF-16 编码，请另存为 CSV UTF-8")
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        damage = error
    if data.startswith(b"\xef\xbb\xbf") or _is_mostly_utf8(data):
        raise UnreadableFile(
            file=name, problem=f"第 {_line(damage.object, damage.start)} 行有坏掉的 UTF-8 字符"
        )
    try:
        return data.decode("gb18030"), "gb18030"
    except UnicodeDecodeError as error:
        line = _line(data, error.start)
        raise UnreadableFile(file=name, problem=f"第 {line} 行既不是 UTF-8 也不是 GB18030") from error


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether more characters beyond ASCII are whole UTF-8 than broken; Chinese in GB18030 is nearly all broken."""
    read = data.decode("utf-8", "replace")
    broken = read.count("\ufffd")
    return sum(c > "\x7f" for c in read) - broken > broken


def _line(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1


def _of_csv(name: str, text: str) -> Iterable[Sequence[str]]:
    if "\x00" in text:
        raise UnreadableFile(
            file=name, problem=f"第 {text[: text.index(chr(0))].count(chr(10)) + 1} 行有空字符（NUL）"
        )
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",\t;", key=first.count), strict=True)
    try:
        yield from reader
    except csv.Error as error:
        problem = f"第 {reader.line_num} 行附近的引号或长度不对（{error}）"
        raise UnreadableFile(file=name, problem=problem) from error


def _of_spreadsheet(name: str, data: bytes) -> Iterable[Sequence[str]]:
    try:
        _check_unpacked_size(name, data)
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        if not book.sheet_names:
            return
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    except (CalamineError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableFile(file=name, problem="不是完好的电子表格") from error
    yield from ([_text(cell) for cell in row] for row in rows)


def _check_unpacked_size(name: str, data: bytes) -> None:
    """A small archive can unpack to more than this machine holds; its own list says so before we begin."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED_AT_MOST:
                raise UnreadableFile(file=name, problem="解开以后太大")


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 2**53:
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def _limited(name: str, rows: Iterable[Sequence[str]]) -> list[Cells]:
    kept: list[Cells] = []
    for row in rows:
        if len(kept) >= ROWS_AT_MOST:
            raise UnreadableFile(file=name, problem=f"超过 {ROWS_AT_MOST:,} 行，请分成几个文件")
        if len(row) > COLUMNS_AT_MOST:
            raise UnreadableFile(file=name, problem=f"第 {len(kept) + 1} 行超过 {COLUMNS_AT_MOST} 列")
        kept.append(tuple(map(_cell, row)))
    while kept and not any(kept[-1]):
        kept.pop()
    return kept


def _cell(text: str) -> str | None:
    if not text.isascii():
        text = unicodedata.normalize("NFC", text.translate(INVISIBLE))
    text = text.strip()
    if len(text) > 1 and text[0] == "'" and text[1] in FORMULA_STARTS:
        text = text[1:]
    return None if text in NOTHING else text


def damage_in(text: str) -> str | None:
    """What is wrong with a cell whatever it means: control characters, characters lost before, or too much text."""
    if len(text) > CELL_AT_MOST:
        return f"超过 {CELL_AT_MOST:,} 个字"
    if "\ufffd" in text:
        return "有已经损坏的字符（�）"
    if not text.isprintable() and any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in text):
        return "有控制字符或换行"
    return None
