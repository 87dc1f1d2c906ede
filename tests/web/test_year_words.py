"""A year's statement in lines that anybody can add up, whatever is in it."""

from __future__ import annotations

from points.awards.years.figures import Figures, Fund, Goods, Members
from web import year_words

TOLD = Figures(
    "440310001001",
    2018,
    Fund(opening=5, issued=100, awarded=30, corrected=8, moved=-3, left=80),
    Members(
        opening=10, awarded=30, corrected=8, spent=9, returned=2, expired=4, moved=1, left=22,
        vested=20, noticed=6, disputed=1, usable=18, held=2, owed=5, honour=30, minutes=60,
    ),
    7,
    (Goods(1, 1, 10, 3, 1, 0, 7),),
)  # fmt: skip


def test_every_part_adds_up_to_its_last_line() -> None:
    """With the signs that stand before the numbers."""
    for part in year_words.parts(TOLD):
        *lines, total = part.lines
        assert sum(-line.number if line.sign == "−" else line.number for line in lines) == total.number
        assert total.sign == "="


def test_the_sheets_hold_the_same_numbers() -> None:
    """As whole numbers, and a row for each thing by its name."""
    first, second = year_words.sheets(TOLD, {1: "香皂"}, ["六和社区 2018"])
    numbers = [row[3] for row in first.rows if row[0] == "积分资金"]
    assert numbers == [5, 100, 30, 8, -3, 80]
    assert list(second.rows) == [["香皂", 1, 10, 3, 1, 0, 7]]
