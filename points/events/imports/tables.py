"""A table as text: lines of cells between commas, semicolons or tabs, as spreadsheets save them (RFC 4180)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from points.events.imports.errors import BrokenQuotes, LineTooLong, NulCharacter, TooManyRows

LINE_AT_MOST = 1 << 20
"""Bytes between two line ends."""
LINES_IN_A_ROW = 100
"""A cell in quotes may go over several lines; a quote that nobody closed would take the rest of the file."""


def require_shape(name: str, data: bytes, rows_at_most: int) -> None:
    """Look at the bytes before reading them: NUL characters, too many lines, endless lines; raises UnreadableFile."""
    nul = data.find(b"\x00")
    if nul >= 0 and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise NulCharacter(file=name, line=data.count(b"\n", 0, nul) + 1)
    if data.count(b"\n") > rows_at_most + LINES_IN_A_ROW:
        raise TooManyRows(file=name, most=rows_at_most)
    start = line = 0
    while start <= len(data):
        line += 1
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        if end - start > LINE_AT_MOST:
            raise LineTooLong(file=name, line=line)
        start = end + 1


def rows(name: str, data: bytes, encoding: str) -> Iterator[Sequence[str]]:
    """The rows of a text whose encoding is known; raises BrokenQuotes."""
    text = io.TextIOWrapper(io.BytesIO(data), "utf-8-sig" if encoding == "utf-8" else encoding, newline="")
    first = text.readline()
    text.seek(0)
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=max(",\t;", key=first.count), strict=True)
    try:
        for row in reader:
            lines.since = 0
            yield row
    except csv.Error as error:
        raise BrokenQuotes(file=name, line=reader.line_num) from error


class _Lines:
    """The lines of a text; an error when a row has taken too many of them."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self.text, self.since = text, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.text:
            self.since += 1
            if self.since > LINES_IN_A_ROW:
                raise csv.Error("a row without an end")
            yield line
