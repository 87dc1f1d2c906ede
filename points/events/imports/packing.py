"""Values put by in parts of 500: a file's rows on their way to a plan and out of it, never all in memory at once."""

from __future__ import annotations

import pickle
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from points.events.imports.spool import Spool

IN_A_PART = 500
Value = TypeVar("Value")


class Packed(Sequence[Value], Generic[Value]):
    """Values in their order, read-only once they are filled. What is read anew is equal, not the same object."""

    def __init__(self, values: Iterable[Value] = ()) -> None:
        self._spool = Spool()
        self._ends = [0]
        self._last: list[Value] = []
        self._held: tuple[int, list[Value]] = (-1, [])
        for value in values:
            self.append(value)

    def append(self, value: Value) -> None:
        """One value more."""
        if len(self._last) == IN_A_PART:
            self._spool.append(pickle.dumps(self._last, pickle.HIGHEST_PROTOCOL))
            self._ends.append(len(self._spool))
            self._last = []
        self._last.append(value)

    def parts(self) -> Iterator[list[Value]]:
        """All of them in order, 500 at a time."""
        for number in range(len(self._ends) - 1):
            yield self._part(number)
        if self._last:
            yield self._last

    def __len__(self) -> int:
        return (len(self._ends) - 1) * IN_A_PART + len(self._last)

    def __iter__(self) -> Iterator[Value]:
        for part in self.parts():
            yield from part

    @overload
    def __getitem__(self, at: int) -> Value: ...
    @overload
    def __getitem__(self, at: slice) -> list[Value]: ...
    def __getitem__(self, at: int | slice) -> Value | list[Value]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        number, place = divmod(range(len(self))[at], IN_A_PART)
        if number == len(self._ends) - 1:
            return self._last[place]
        if self._held[0] != number:
            self._held = number, self._part(number)
        return self._held[1][place]

    def _part(self, number: int) -> list[Value]:
        data = self._spool.read(self._ends[number], self._ends[number + 1])
        part: list[Value] = pickle.loads(data)  # noqa: S301 - a file of our own that has no name
        return part
