"""Files that are meant to hurt, or grew too large: a sentence within two seconds and a hundred megabytes."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from tests.points.events import paper
from tests.points.events.imports.test_xmlrecords import LAUGHS

pytestmark = pytest.mark.embedded
"""No book is in these."""

SECONDS, MEGABYTES = 2.0, 100
READ = """
import resource, sys, time
from pathlib import Path
from points.events.errors import UnreadableFile
from points.events.imports import reading

def used():
    each = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in each), each[0].ru_maxrss / 1024, each[1].ru_maxrss / 1024

seconds, before, _ = used()
try:
    said = len(reading.read(Path(sys.argv[1])).rows)
except UnreadableFile as error:
    said = type(error).__name__
after = used()
print(said, after[0] - seconds, max(after[1] - before, after[2] - before))
"""


def text(line: bytes, times: int) -> Callable[[Path], None]:
    """A file of one line, many times."""

    def write(path: Path) -> None:
        with path.open("wb") as file:
            file.write(b"a,b\n")
            for _ in range(times // 10_000):
                file.write(line * 10_000)

    return write


def raw(data: bytes) -> Callable[[Path], None]:
    """A file of these bytes."""

    def write(path: Path) -> None:
        path.write_bytes(data)

    return write


def corners(path: Path) -> None:
    """Two cells, as far apart as a sheet allows."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write("A1", "a")
        sheet.write("XFD1048576", "b")
    path.write_bytes(out.getvalue())


def unfolding(path: Path) -> None:
    """A spreadsheet of two hundred million characters."""
    source = zipfile.ZipFile(io.BytesIO(paper.spreadsheet([("a",)])))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            body = source.read(name)
            archive.writestr(name, body.replace(b"<t>a</t>", b"<t>" + b"a" * 200_000_000 + b"</t>"))


def endless_strings(path: Path) -> None:
    """A spreadsheet of cells by the million."""
    source = zipfile.ZipFile(io.BytesIO(paper.spreadsheet([("a",)])))
    row = b"<row><c><v>1</v></c></row>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            body = source.read(name)
            archive.writestr(name, body.replace(b"<sheetData>", b"<sheetData>" + row * 5_000_000))


def half(path: Path) -> None:
    """A spreadsheet whose copy was cut off."""
    whole = paper.spreadsheet([("手机", "时长")] * 100)
    path.write_bytes(whole[: len(whole) // 2])


BOMBS: dict[str, tuple[str, Callable[[Path], None], str]] = {
    "ten million rows": (".csv", text(b"1,2\n", 10_000_000), "TooManyRows"),
    "more bytes than we take": (".csv", text(b"x" * 99 + b"\n", 600_000), "FileTooBig"),
    "a thousand columns": (".csv", text(b"1," * 999 + b"1\n", 10_000), "TooManyColumns"),
    "one line of commas": (".csv", raw(b"," * 40_000_000), "LineTooLong"),
    "one endless quote": (".csv", raw(b'a,b\n"' + b"x\n" * 150_000), "BrokenQuotes"),
    "a row over all lines": (".csv", raw(b'"a\n",' * 150_000), "BrokenQuotes"),
    "NUL bytes": (".csv", raw(b"\x00" * 40_000_000), "NulCharacter"),
    "no encoding": (".csv", raw(b"a,b\n" + b"\xff\xff" * 100_000), "UnknownEncoding"),
    "UTF-16": (".csv", raw("甲,乙\n".encode("utf-16")), "NotUtf16"),
    "an emoji in forty megabytes": (
        ".csv",
        raw(b"a,b\n" + b"x\n" * 20_000_000 + "😀".encode()),
        "TooManyRows",
    ),
    "two far corners": (".xlsx", corners, "SpreadsheetTooBig"),
    "one endless cell": (".xlsx", unfolding, "SpreadsheetTooBig"),
    "five million rows": (".xlsx", endless_strings, "SpreadsheetTooBig"),
    "half a spreadsheet": (".xlsx", half, "NotSpreadsheet"),
    "an empty spreadsheet": (".xls", raw(b""), "NotSpreadsheet"),
    "brackets": (".json", raw(b"[" * 20_000_000), "RecordTooLong"),
    "empty records": (".json", raw(b"[" + b"{}," * 6_000_000 + b"{}]"), "TooManyRows"),
    "one endless list": (".json", raw(b'[{"a":[' + b"[]," * 6_000_000 + b"[]]}]"), "RecordTooLong"),
    "half a list": (".json", raw(json.dumps([{"a": "b" * 99}] * 1000).encode()[:-500]), "NotJson"),
    "billion laughs": (".xml", raw(LAUGHS), "ForbiddenXml"),
    "one endless element": (".xml", raw(b"<a><request><b>" + b"x" * 20_000_000), "RecordTooLong"),
    "one endless comment": (".xml", raw(b"<a><!--" + b"x" * 20_000_000), "RecordTooLong"),
    "depths": (".xml", raw(b"<a>" * 6_000_000), "RecordTooLong"),
    "half an answer": (".xml", raw(b"<a><request><b>1</b></request>"), "NotXml"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_is_a_sentence(tmp_path: Path, name: str) -> None:
    """In a process of its own, whose processor time and memory are counted, its children's included."""
    suffix, make, refusal = BOMBS[name]
    path = tmp_path / f"bomb{suffix}"
    make(path)
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    said, seconds, megabytes = done.stdout.split()
    assert said == refusal
    assert float(seconds) <= SECONDS
    assert float(megabytes) <= MEGABYTES


def test_a_large_honest_file_is_read(tmp_path: Path) -> None:
    """A hundred thousand rows of ten columns are no bomb."""
    path = tmp_path / "large.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[f"第{n}行", *range(9)] for n in range(100_000)])
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, text=True, check=True)
    rows, _, megabytes = done.stdout.split()
    assert int(rows) == 100_000
    assert float(megabytes) <= MEGABYTES
