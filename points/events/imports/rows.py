"""Rows of a file kept small: one run of bytes and where each row ends; no shape of file takes more than itself."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

Cells = tuple[str | None, ...]
BETWEEN = "\x1f"
INSTEAD = "\x1e"
"""What stands between two cells, and what it becomes inside one: a control character all the same, and said so."""


class Rows(Sequence[Cells]):
    """Rows of cells, read-only once they are filled. A row without any text comes back as no cells at all."""

    def __init__(self, rows: Iterable[Sequence[str | None]] = ()) -> None:
        self._text = bytearray()
        self._ends = array("Q")
        for row in rows:
            self.append(row)

    def append(self, cells: Sequence[str | None]) -> None:
        """One row more."""
        text = BETWEEN.join([cell or "" for cell in cells])
        if text.count(BETWEEN) >= max(len(cells), 1):
            text = BETWEEN.join([(cell or "").replace(BETWEEN, INSTEAD) for cell in cells])
        if len(cells) == 1 or text.strip(BETWEEN):
            self._text += text.encode("utf-8", "surrogatepass")
        self._ends.append(len(self._text))

    def drop_blank_end(self) -> None:
        """Take the blank rows off the end."""
        while self._ends and self._begins(len(self._ends) - 1) == self._ends[-1]:
            self._ends.pop()

    def __len__(self) -> int:
        return len(self._ends)

    def __iter__(self) -> Iterator[Cells]:
        begins = 0
        for ends in self._ends:
            yield self._cells(begins, ends)
            begins = ends

    @overload
    def __getitem__(self, at: int) -> Cells: ...
    @overload
    def __getitem__(self, at: slice) -> list[Cells]: ...
    def __getitem__(self, at: int | slice) -> Cells | list[Cells]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number = range(len(self))[at]
        return self._cells(self._begins(number), self._ends[number])

    def _begins(self, number: int) -> int:
        return self._ends[number - 1] if number else 0

    def _cells(self, begins: int, ends: int) -> Cells:
        if begins == ends:
            return ()
        text = self._text[begins:ends].decode("utf-8", "surrogatepass")
        return tuple([cell or None for cell in text.split(BETWEEN)])
