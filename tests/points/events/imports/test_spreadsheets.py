"""Spreadsheets, read by a process that may take little."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from points.events.errors import UnreadableFile
from points.events.imports import reading, spreadsheets, unpacking
from points.events.imports.errors import LockedSpreadsheet, NotSpreadsheet, SpreadsheetTooBig
from tests.points.events import paper


def book(**cells: object) -> bytes:
    """A spreadsheet with these cells: A1="x"."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        for place, value in cells.items():
            sheet.write(place, value)
    return out.getvalue()


def put(folder: Path, data: bytes, name: str = "a.xlsx") -> Path:
    """A file of these bytes."""
    path = folder / name
    path.write_bytes(data)
    return path


def test_formulas_are_the_values_they_had(tmp_path: Path) -> None:
    """Nothing is computed, nothing is run: what the file kept of it is read."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write("A1", "数")
        sheet.write_formula("A2", '=HYPERLINK("http://example.invalid","x")', None, "看到的")
    assert list(reading.read(put(tmp_path, out.getvalue())).rows) == [("数",), ("看到的",)]


def test_two_cells_in_far_corners_are_a_bomb(tmp_path: Path) -> None:
    """Seventeen thousand million cells between them: a sentence, not the end of the process."""
    with pytest.raises(SpreadsheetTooBig):
        reading.read(put(tmp_path, book(A1="a", XFD1048576="b")))


def test_an_archive_that_lies_about_its_size_is_stopped(tmp_path: Path) -> None:
    """A thousand million characters in one cell, packed into a megabyte."""
    out = io.BytesIO()
    source = zipfile.ZipFile(io.BytesIO(paper.spreadsheet([("a",)])))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in source.namelist():
            with archive.open(name, "w") as part:
                text = source.read(name)
                if "sheet1" not in name:
                    part.write(text)
                    continue
                before, after = text.split(b"<t>a</t>")
                part.write(before + b"<t>")
                for _ in range(200):
                    part.write(b"a" * 1_000_000)
                part.write(b"</t>" + after)
    with pytest.raises(UnreadableFile):
        reading.read(put(tmp_path, out.getvalue()))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0" + b"x" * 600, b"a,b\n1,2\n"])
def test_what_is_no_spreadsheet_is_said(tmp_path: Path, data: bytes) -> None:
    """Whatever its name promises."""
    with pytest.raises(NotSpreadsheet):
        list(spreadsheets.rows("a.xlsx", put(tmp_path, data)))


def test_a_file_is_known_by_its_beginning() -> None:
    """Or, when that says nothing, by its name."""
    assert spreadsheets.is_one(b"PK\x03\x04", ".csv")
    assert spreadsheets.is_one(b"", ".ods")
    assert not spreadsheets.is_one(b"a,b", ".csv")


@pytest.mark.parametrize(
    ("status", "refusal"),
    [
        (unpacking.BROKEN, NotSpreadsheet),
        (unpacking.LOCKED, LockedSpreadsheet),
        (unpacking.TOO_MUCH, SpreadsheetTooBig),
        (0, SpreadsheetTooBig),
    ],
)
def test_how_the_process_ends_is_what_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, status: int, refusal: type[UnreadableFile]
) -> None:
    """A password, memory refused, and rows without an end among them."""
    child = put(tmp_path, f"import sys; print('a'); sys.exit({status})".encode(), "child.py")
    monkeypatch.setattr(unpacking, "__file__", str(child))
    with pytest.raises(refusal):
        list(spreadsheets.rows("a.xlsx", put(tmp_path, book(A1="a"))))
