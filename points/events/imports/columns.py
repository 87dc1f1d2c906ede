"""Columns: which of a file's columns is which, by the spellings people use for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from points.events.errors import MissingColumns
from points.events.imports.reading import Cells, Sheet

HEADER_WITHIN = 5
"""The header is the first of these rows with every needed column."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column we know: our key for it, its name in messages, what else it is called, whether we need it."""

    key: str
    name: str
    spellings: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Record:
    """One row: its number in the file, its cells by our keys, and the row as it stood, for the file of errors."""

    number: int
    cells: Mapping[str, str | None]
    whole: Cells

    def get(self, key: str) -> str | None:
        """The cell under one of our keys; None when it is empty or the file has no such column."""
        return self.cells.get(key)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the header stands and which of our columns stands where in each row."""

    header: int
    titles: Cells
    places: Mapping[str, int]


def lay_out(sheet: Sheet, columns: Sequence[Column]) -> Layout:
    """Find the header and our columns in it; raises MissingColumns, which names those missing and those found."""
    best: Layout | None = None
    for number, row in enumerate(sheet.rows[:HEADER_WITHIN], 1):
        layout = Layout(number, row, _places(row, columns))
        if not _missing(layout, columns):
            return layout
        if best is None or len(layout.places) > len(best.places):
            best = layout
    missing = _missing(best, columns) if best else [c.name for c in columns if c.needed]
    found = "、".join(title for title in best.titles if title) if best else ""
    raise MissingColumns(file=sheet.file_name, missing="、".join(missing), found=found or "（空）")


def records(sheet: Sheet, layout: Layout) -> Iterator[Record]:
    """The rows below the header; blank ones are passed over. Short rows lack their last cells."""
    for number, row in enumerate(sheet.rows[layout.header :], layout.header + 1):
        if any(row):
            cells = {key: row[place] if place < len(row) else None for key, place in layout.places.items()}
            yield Record(number, cells, row)


def _missing(layout: Layout, columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns if column.needed and column.key not in layout.places]


def _places(titles: Cells, columns: Sequence[Column]) -> dict[str, int]:
    """The first column of a known spelling; the spelling written first wins over the others."""
    by_title: dict[str, int] = {}
    for place, title in enumerate(titles):
        by_title.setdefault(_plain(title or ""), place)
    places: dict[str, int] = {}
    for column in columns:
        for spelling in (column.name, *column.spellings):
            if (found := by_title.get(_plain(spelling))) is not None:
                places[column.key] = found
                break
    return places


def _plain(title: str) -> str:
    """时长（小时）, 时长(小时) and ' 时长 (小时) * ' are one title."""
    return "".join(unicodedata.normalize("NFKC", title).split()).strip("*:").replace("_", "").casefold()
