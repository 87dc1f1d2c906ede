"""A delivery note as a file: a table, or a spreadsheet, with a column of items and one of numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from points.events.imports import reading
from points.market import baskets
from points.market.baskets import Named
from points.market.errors import BadDeliverySheet, UnknownItem

BYTES_AT_MOST = 2 * 1024 * 1024
ROWS_AT_MOST = 500
ITEMS = ("物品", "品名", "名称", "货名", "item", "name")
NUMBERS = ("数量", "件数", "个数", "quantity", "number", "count")
"""How delivery notes head their columns; the first that is there counts."""
TOTALS = frozenset({"合计", "总计", "小计", "total", "totals", "sum", "grand total", "subtotal"})
"""How the last row begins that only adds up."""
PROBLEMS_AT_MOST = 5


def read(path: Path, catalogue: Sequence[Named], *, name: str | None = None) -> dict[int, int]:
    """The goods of a file, item number → quantity; one named twice is added up. At most 500 rows.

    The first row that has both headings is the header; what stands above it is passed over, and so are rows without an
    item and those of totals. Raises UnreadableFile (points.events.errors), and BadDeliverySheet, which lists the first
    problems by row.
    """
    sheet = reading.read(path, name=name, rows_at_most=ROWS_AT_MOST)
    rows = [sheet.titles, *sheet.rows] if sheet.titles else list(sheet.rows)
    header, columns = _header(rows)
    goods: Counter[int] = Counter()
    problems = []
    for number, row in enumerate(rows[header + 1 :], header + 2):
        said, quantity = (_cell(row, column) for column in columns)
        if not said or baskets.folded(said).rstrip(":：") in TOTALS:
            continue
        try:
            goods[baskets.recognise(said, catalogue)] += _whole(quantity)
        except UnknownItem:
            problems.append(f"第 {number} 行目录里没有“{said}”")
        except ValueError:
            problems.append(f"第 {number} 行的数量“{quantity}”不是整数")
    if problems or not goods:
        raise BadDeliverySheet(problems="；".join(problems[:PROBLEMS_AT_MOST]) or "没有一行物品")
    return dict(goods)


def _header(rows: Sequence[Sequence[str | None]]) -> tuple[int, tuple[int, int]]:
    for place, row in enumerate(rows):
        cells = [baskets.folded(cell or "") for cell in row]
        item = next((cells.index(word) for word in ITEMS if word in cells), None)
        number = next((cells.index(word) for word in NUMBERS if word in cells), None)
        if item is not None and number is not None:
            return place, (item, number)
    raise BadDeliverySheet(problems="要有一行标题，有“物品”和“数量”两列")


def _cell(row: Sequence[str | None], column: int) -> str:
    return (row[column] or "") if column < len(row) else ""


def _whole(text: str) -> int:
    plain = baskets.folded(text).replace(",", "")
    if not plain.isascii() or not plain.isdigit() or not 0 < len(plain) <= 7 or not int(plain):
        raise ValueError(text)
    return int(plain)
