"""Spreadsheets (xlsx, xls, xlsb, ods), unpacked by a process of their own that may take little memory and time."""

from __future__ import annotations

import codecs
import subprocess
import sys
import zipfile
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import IO

from points.events.imports import unpacking
from points.events.imports.errors import LockedSpreadsheet, NotSpreadsheet, SpreadsheetTooBig

SUFFIXES = {".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"}
BEGINNINGS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
UNPACKED_AT_MOST = 256 * 1024 * 1024
"""Bytes of what is packed, by its own directory; what lies is stopped by the limits of the process."""
A_PIECE = 1 << 16
REFUSALS = {unpacking.BROKEN: NotSpreadsheet, unpacking.LOCKED: LockedSpreadsheet}


def is_one(data: bytes, suffix: str) -> bool:
    """Whether a file says by its beginning or its name that it is a spreadsheet."""
    return data.startswith(BEGINNINGS) or suffix.lower() in SUFFIXES


def rows(name: str, path: Path) -> Iterator[list[str]]:
    """The rows of the first sheet; raises NotSpreadsheet, LockedSpreadsheet, SpreadsheetTooBig."""
    _require_size(name, path)
    command = [sys.executable, "-I", unpacking.__file__, str(path.resolve())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        try:
            ended = yield from _rows(process.stdout)
        except GeneratorExit:
            process.kill()
            raise
    if process.returncode in REFUSALS:
        raise REFUSALS[process.returncode](file=name)
    if process.returncode or not ended:
        raise SpreadsheetTooBig(file=name)


def _rows(out: IO[bytes]) -> Generator[list[str], None, bool]:
    """The rows as they come, and whether they came to their end."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogatepass")
    held = ""
    while piece := out.read(A_PIECE):
        *whole, held = (held + decoder.decode(piece)).split(unpacking.ENDS)
        for row in whole:
            yield row.split("\x1f")
    return held == unpacking.ENDED


def _require_size(name: str, path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED_AT_MOST:
                raise SpreadsheetTooBig(file=name)
    except zipfile.BadZipFile:
        with path.open("rb") as file:
            if file.read(4) == BEGINNINGS[0]:
                raise NotSpreadsheet(file=name) from None
    except (NotImplementedError, ValueError) as error:
        raise NotSpreadsheet(file=name) from error
