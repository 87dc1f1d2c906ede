"""Columns: which of a file's columns is which, by the spellings people use for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from points.events.errors import MissingColumns
from points.events.imports.reading import Sheet
from points.events.imports.rows import Cells

HEADER_WITHIN = 5
"""The header is the first of these rows with every needed column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column we know: our key for it, its name in messages, what else it is called, whether we need it.

    A column of `prose` may be long and have several lines.
    """

    key: str
    name: str
    spellings: tuple[str, ...] = ()
    needed: bool = True
    prose: bool = False


class Record:
    """One row: its number in the file, the row as it stood, and every cell that we know, by our keys.

    `get` is the cell under one of our keys; None when it is empty or the file has no such column. A row is asked for
    dozens of cells, so it is the dictionary's own.
    """

    __slots__ = ("cells", "get", "number", "whole")

    def __init__(self, number: int, places: Mapping[str, int], whole: Cells) -> None:
        self.number, self.whole = number, whole
        width = len(whole)
        self.cells = {key: whole[place] if place < width else None for key, place in places.items()}
        self.get = self.cells.get


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header stands and which of our columns stands where in each row."""

    header: int
    titles: Cells
    places: Mapping[str, int]

    def title(self, key: str) -> str | None:
        """What the file calls one of our columns; None when it has none."""
        return self.titles[self.places[key]] if key in self.places else None


def lay_out(sheet: Sheet, columns: Sequence[Column], chosen: Mapping[str, str] | None = None) -> Layout:
    """Find the header and our columns in it; raises MissingColumns, which names those missing and those found.

    `chosen` says of some of our keys which title stands for it here, "" that none does; it goes before any spelling.
    """
    layout = guess(sheet, columns, chosen)
    missing = _missing(layout, columns)
    if missing:
        found = "、".join(title for title in layout.titles if title)
        raise MissingColumns(file=sheet.file_name, missing="、".join(missing), found=found or "（空）")
    return layout


def guess(sheet: Sheet, columns: Sequence[Column], chosen: Mapping[str, str] | None = None) -> Layout:
    """The first row with every needed column, or else the one with most of ours, even if that is none."""
    if sheet.titles is not None:
        return Layout(0, sheet.titles, _places(sheet.titles, columns, chosen))
    best = Layout(min(1, len(sheet.rows)), sheet.rows[0] if sheet.rows else (), {})
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN], 1):
        layout = Layout(number, row, _places(row, columns, chosen))
        if not _missing(layout, columns):
            return layout
        if len(layout.places) > len(best.places) or not any(best.titles):
            best = layout
    return best


def records(sheet: Sheet, layout: Layout) -> Iterator[Record]:
    """The rows below the header; blank ones are passed over. Short rows lack their last cells."""
    for number, row in enumerate(islice(sheet.rows, layout.header, None), layout.header + 1):
        if any(row):
            yield Record(number, layout.places, row)


def _missing(layout: Layout, columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns if column.needed and column.key not in layout.places]


def _places(titles: Cells, columns: Sequence[Column], chosen: Mapping[str, str] | None) -> dict[str, int]:
    """The first column of a known spelling; what was chosen and then the spelling written first win over others."""
    by_title: dict[str, int] = {}
    for place, title in enumerate(titles):
        by_title.setdefault(_plain(title or ""), place)
    by_title.pop("", None)
    places: dict[str, int] = {}
    for column in columns:
        said = (chosen or {}).get(column.key)
        for spelling in (column.name, *column.spellings) if said is None else (said,):
            if (found := by_title.get(_plain(spelling))) is not None:
                places[column.key] = found
                break
    return places


def _plain(title: str) -> str:
    """时长（小时）, 时长(小时) and ' 时长 (小时) * ' are one title."""
    return "".join(unicodedata.normalize("NFKC", title).split()).strip("*:").replace("_", "").casefold()
