"""Records on their way to rows: each has some of the fields, the titles are all of them in the order they were met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from points.events.imports.errors import NoRecords, RecordTooLong, TooManyRows
from points.events.imports.rows import Cells, Rows

RECORD_AT_MOST = 1 << 18
"""Characters of one record: nothing that people reported is longer, and nothing shorter takes much memory."""
FIELDS_AT_MOST = 200


class Records:
    """Collects records of a file as rows; raises TooManyRows, RecordTooLong."""

    def __init__(self, name: str, rows_at_most: int) -> None:
        self.name, self.rows_at_most = name, rows_at_most
        self._places: dict[str, int] = {}
        self._rows = Rows()

    def __len__(self) -> int:
        return len(self._rows)

    def add(self, fields: Mapping[str, str]) -> None:
        """One record more."""
        if len(self._rows) >= self.rows_at_most:
            raise TooManyRows(file=self.name, most=self.rows_at_most)
        for title in fields:
            self._places.setdefault(title, len(self._places))
        if len(self._places) > FIELDS_AT_MOST:
            raise self.too_long()
        row = [""] * len(self._places)
        for title, text in fields.items():
            row[self._places[title]] = text
        self._rows.append(row)

    def too_long(self) -> RecordTooLong:
        """What to raise when the next record cannot be one."""
        return RecordTooLong(file=self.name, number=len(self._rows) + 1)

    def titles(self) -> Cells:
        """Every title; raises NoRecords when there is none."""
        if not self._places:
            raise NoRecords(file=self.name)
        return tuple(self._places)

    def rows(self) -> Iterator[list[str]]:
        """The rows, each with a cell for every title."""
        width = len(self._places)
        for row in self._rows:
            yield [*(cell or "" for cell in row), *[""] * (width - len(row))]
