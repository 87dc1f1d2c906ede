"""A delivery note as a file: items by name or number, quantities, and every problem by its row."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from points.events.errors import UnreadableFile
from points.market import delivery_sheets
from points.market.errors import BadDeliverySheet

CATALOGUE: list[Any] = [
    SimpleNamespace(number=1, name="香皂", name_en="Soap"),
    SimpleNamespace(number=2, name="食盐", name_en="Salt"),
]


def read(folder: Path, text: str) -> dict[int, int]:
    """The goods of a file with this text."""
    path = folder / "note.csv"
    path.write_text(text, encoding="utf-8")
    return delivery_sheets.read(path, CATALOGUE)


def test_a_table_with_both_headings_anywhere(tmp_path: Path) -> None:
    """What stands above it and the sum below it are passed over; one item twice is added up; full width is read."""
    text = "送货单,,\n序号,品名,数量\n1,香皂,６\n2,2,5\n3,soap,1\n,,\n,合计,12\n"
    assert read(tmp_path, text) == {1: 7, 2: 5}
    assert read(tmp_path, "item;quantity\nSalt;3\nTotal:;3\n") == {2: 3}


def test_every_problem_is_said_by_its_row(tmp_path: Path) -> None:
    """Unknown items and numbers that are none; five at most."""
    with pytest.raises(BadDeliverySheet) as refused:
        read(tmp_path, "物品,数量\n香皂,两箱\n飞船,1\n食盐,0\n")
    said = str(refused.value)
    for part in ("第 2 行的数量“两箱”不是整数", "第 3 行目录里没有“飞船”", "第 4 行的数量“0”不是整数"):
        assert part in said


@pytest.mark.parametrize("text", ["香皂,1\n", "物品,单价\n香皂,3\n", "物品,数量\n"])
def test_without_headings_or_rows_nothing_is_read(tmp_path: Path, text: str) -> None:
    """And it says what is missing."""
    with pytest.raises(BadDeliverySheet, match=r"“物品”和“数量”|没有一行物品"):
        read(tmp_path, text)


def test_a_long_file_is_not_a_delivery_note(tmp_path: Path) -> None:
    """More than 500 rows are refused before they are read."""
    with pytest.raises(UnreadableFile):
        read(tmp_path, "物品,数量\n" + "香皂,1\n" * 700)
