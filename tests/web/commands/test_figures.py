"""`jishan figures`: the same figures as on the page."""

from __future__ import annotations

from pathlib import Path

import python_calamine

from tests.typed import call


def test_figures_in_words_as_data_and_as_a_spreadsheet(book: Path, tmp_path: Path) -> None:
    """What was filed counts at once; the parts add up."""
    said = ("--category", "F", "--what", "消防通道堵塞", "--on", "2018-07-04", "--by", "S-0008")
    for _ in range(2):
        call("event", "new", "--area", "440310001002", *said, book=book)
    file = tmp_path / "七月.xlsx"
    shown = call("figures", "--area", "440310001000", "--month", "2018-07", "--xlsx", str(file), book=book)
    assert "消防隐患" in shown.out
    data = call("figures", "--area", "440310001000", "--month", "2018-07", "--json", book=book).data
    assert data["whole"]["reported"] >= 2
    for parts in ("places", "categories", "units"):
        assert sum(each["reported"] for each in data[parts].values()) == data["whole"]["reported"]
    assert python_calamine.load_workbook(str(file)).sheet_names == ["按网格和地方", "按类别", "按单位"]
    week = call("figures", "--week", "2018-W27", "--json", book=book).data
    assert (week["since"], week["until"]) == ("2018-07-02", "2018-07-08")
    english = call("--lang", "en", "figures", "--month", "2018-07", book=book).out
    assert "Fire hazards" in english


def test_what_is_no_week_or_place_is_said(book: Path, tmp_path: Path) -> None:
    """A sentence, and nothing written."""
    for wrong, said in (
        (("--week", "2018-W60"), "不是一周"),
        (("--week", "2018-W27", "--month", "2018-07"), "只写一个"),
        (("--area", "1"), "1"),
        (("--xlsx", str(tmp_path / "no" / "x.xlsx")), "x.xlsx"),
    ):
        answer = call("figures", *wrong, book=book)
        assert answer.status == 1
        assert said in answer.err
