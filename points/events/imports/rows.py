"""Rows of a file kept small: one run of bytes and where each row ends; no shape of file takes more than itself."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from points.events.imports.spool import Spool

Cells = tuple[str | None, ...]
BETWEEN = "\x1f"
INSTEAD = "\x1e"
"""What stands between two cells, and what it becomes inside one: a control character all the same, and said so."""
AT_ONCE, BYTES_AT_ONCE = 256, 1 << 20
"""Rows that are read back together, unless they are so long."""


class Rows(Sequence[Cells]):
    """Rows of cells, read-only once they are filled. A row without any text comes back as no cells at all."""

    def __init__(self, rows: Iterable[Sequence[str | None]] = ()) -> None:
        self._text = Spool()
        self._ends = array("Q")
        self._held: tuple[int, list[Cells]] = (-1, [])
        for row in rows:
            self.append(row)

    def append(self, cells: Sequence[str | None]) -> None:
        """One row more."""
        text = BETWEEN.join([cell or "" for cell in cells])
        if text.count(BETWEEN) >= max(len(cells), 1):
            text = BETWEEN.join([(cell or "").replace(BETWEEN, INSTEAD) for cell in cells])
        if len(cells) == 1 or text.strip(BETWEEN):
            self._text.append(text.encode("utf-8", "surrogatepass"))
        self._ends.append(len(self._text))
        self._held = (-1, [])

    def drop_blank_end(self) -> None:
        """Take the blank rows off the end."""
        while self._ends and self._begins(len(self._ends) - 1) == self._ends[-1]:
            self._ends.pop()
        self._held = (-1, [])

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[Cells]:
        for first in range(0, len(self._ends), AT_ONCE):
            last = min(first + AT_ONCE, len(self._ends))
            if self._is_short(first, last):
                yield from self._read(first, last)
            else:
                yield from (self._read(number, number + 1)[0] for number in range(first, last))

    @overload
    def __getitem__(self, at: int) -> Cells: ...
    @overload
    def __getitem__(self, at: slice) -> list[Cells]: ...
    def __getitem__(self, at: int | slice) -> Cells | list[Cells]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        first = number - number % AT_ONCE
        if self._held[0] == first:
            return self._held[1][number - first]
        last = min(first + AT_ONCE, len(self._ends))
        if not self._is_short(first, last):
            return self._read(number, number + 1)[0]
        self._held = first, self._read(first, last)
        return self._held[1][number - first]

    def _is_short(self, first: int, last: int) -> bool:
        return self._ends[last - 1] - self._begins(first) <= BYTES_AT_ONCE

    def _begins(self, number: int) -> int:
        return self._ends[number - 1] if number else 0

    def _read(self, first: int, last: int) -> list[Cells]:
        """The rows from one to before another."""
        begins, rows, at = self._begins(first), list[Cells](), 0
        data = self._text.read(begins, self._ends[last - 1])
        for end in self._ends[first:last]:
            rows.append(_cells(data[at : end - begins]))
            at = end - begins
        return rows


def _cells(data: bytes) -> Cells:
    if not data:
        return ()
    return tuple([cell or None for cell in data.decode("utf-8", "surrogatepass").split(BETWEEN)])
