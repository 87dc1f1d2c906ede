"""`jishan register`: the lines of the page on a terminal, as data and as a spreadsheet."""

from __future__ import annotations

from pathlib import Path

import python_calamine

from tests.typed import call


def test_a_register_is_printed_and_kept(book: Path, tmp_path: Path) -> None:
    """The same lines in all three; hazards stand in both registers."""
    said = ("--category", "F", "--what", "消防通道堵塞", "--on", "2018-07-04", "--by", "S-0008")
    call("event", "new", "--area", "440310001002", *said, book=book)
    file = tmp_path / "台账.xlsx"
    for kind in ("concerns", "risks"):
        asked = ("register", kind, "--area", "440310001002", "--month", "2018-07")
        data = call(*asked, "--xlsx", str(file), "--json", book=book).data
        (line,) = [each for each in data["entries"] if each["content"] == "消防通道堵塞"]
        assert line["category"] == "消防隐患"
        assert line["id"] in call(*asked, book=book).out
        sheet = python_calamine.load_workbook(str(file)).get_sheet_by_index(0).to_python()
        assert [row[3] for row in sheet[2:]] == [each["id"] for each in data["entries"]]
    assert call("register", "other", book=book).status == 2
