"""The process that unpacks spreadsheets."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

from points.events.imports import unpacking
from tests.points.events import paper


def test_it_writes_rows_and_an_end(tmp_path: Path) -> None:
    """Between the cells \\x1f, after each row \\x1e, after all \\x1d."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(paper.spreadsheet([("手机", "时长"), (10000900001.0, 1.5)]))
    done = subprocess.run(
        [sys.executable, "-I", unpacking.__file__, str(path)], capture_output=True, check=True
    )
    assert done.stdout.decode() == "手机\x1f时长\x1e10000900001\x1f1.5\x1e\x1d"


def test_it_says_that_something_is_no_spreadsheet(tmp_path: Path) -> None:
    """By its status; nothing is written."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04")
    done = subprocess.run(
        [sys.executable, "-I", unpacking.__file__, str(path)], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (unpacking.BROKEN, b"")


def test_cells_are_what_people_read() -> None:
    """Whole numbers, days and moments; what stands between cells never stands in one."""
    assert unpacking.text(3.0) == "3"
    assert unpacking.text(1.5) == "1.5"
    assert unpacking.text(date(2026, 11, 21)) == "2026-11-21"
    assert unpacking.text(datetime.fromisoformat("2026-11-21 08:30")) == "2026-11-21 08:30:00"
    assert unpacking.text("a\x1fb\x1ec\x00") == "a\x1cb\x1cc\ufffd"
