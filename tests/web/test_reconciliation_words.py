"""A month in lines that anybody can add up."""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import Any

from points.awards.fund_flows import Flows, Standing
from points.market.reconciliation import Goods, Purse, Reconciliation
from web import reconciliation_words
from web.i18n import speaking

GOODS = Goods(
    1, 7, 1200, opening=5, received=4, found=1, moved_in=2, moved_out=3, handed_out=2, lost=1, left=6
)
FOUND = Reconciliation(
    "440310001002",
    "2019-07",
    500,
    Purse(90, Flows(awarded=40, spent=25, expired=3, corrected=2), 100, Standing(60, 30, 10, 0)),
    (GOODS,),
    {1: 25},
)


def test_the_lines_add_up_as_their_signs_say() -> None:
    """What begins and what is added and taken makes the last line; so do the columns of a shelf."""
    total = 0
    lines = reconciliation_words.points(FOUND)
    for _label, sign, number in lines[:-1]:
        total += -number if sign == "−" else number
    assert lines[-1][1:] == ("=", total) == ("=", 100)
    assert (
        sum(number for _label, number in reconciliation_words.liability(FOUND))
        == FOUND.purse.liability
        == 100
    )
    numbers = dict(
        zip(
            (name for _label, name in reconciliation_words.GOODS),
            reconciliation_words.row(GOODS),
            strict=True,
        )
    )
    came = sum(numbers[name] for name in ("opening", "received", "found", "moved_in"))
    assert came - sum(numbers[name] for name in ("moved_out", "handed_out", "lost")) == numbers["left"]


def test_money_and_sheets() -> None:
    """What was handed out, lost and is left, by what one costs; three sheets, with a row for each thing."""
    assert [fen for _label, fen in reconciliation_words.costs(FOUND)] == [2400, 1200, 7200]
    thing: Any = SimpleNamespace(name="洗衣液", name_en="Laundry liquid")
    shop: Any = SimpleNamespace(number=1, name="超市")
    with speaking("zh"):
        points, goods, money = reconciliation_words.sheets(FOUND, {7: thing}, {1: shop}, ["above"])
    *rows, total = [list(row) for row in goods.rows]
    assert total == ["合计", *[""] * 12, "24.00", "72.00"]
    assert rows == [["超市", "洗衣液", 5, 4, 1, 2, 3, 2, 1, 6, 0, 0, "12.00", "24.00", "72.00"]]
    assert len(goods.headings) == len(rows[0])
    assert ["超市收到", "", 25] in [list(row) for row in points.rows]
    assert [list(row)[1] for row in money.rows] == ["24.00", "12.00", "72.00"]


def test_a_sheet_is_in_the_language_of_its_reader() -> None:
    """Names, headings, things and the row that adds up: nothing Chinese is left but what a shop is called."""
    thing: Any = SimpleNamespace(name="洗衣液", name_en="Laundry liquid")
    shop: Any = SimpleNamespace(number=1, name="Stall")
    with speaking("en"):
        made = reconciliation_words.sheets(FOUND, {7: thing}, {1: shop}, ["above"])
        said = [
            [sheet.name, *sheet.headings, *(cell for row in sheet.rows for cell in row)] for sheet in made
        ]
    assert not re.search("[\u4e00-\u9fff]", " ".join(str(cell) for cells in said for cell in cells))
    assert list(made[1].rows)[-1][0] == "Total"
    assert reconciliation_words.month("2019-07") == "2019年7月"
