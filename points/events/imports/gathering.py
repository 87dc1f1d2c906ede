"""A file on its way to a plan: its rows, and what is found while they are looked at."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

import anyio.to_thread

from points.errors import PointsError
from points.events.imports import columns, reading
from points.events.imports.choices import NO_CHOICES, Choices
from points.events.imports.columns import Column, Layout, Record
from points.events.imports.communities import Question
from points.events.imports.errors import Empty, Repeats
from points.events.imports.firsts import Firsts
from points.events.imports.packing import Packed
from points.events.imports.plan import Entry, Make, Plan, Problem
from points.events.imports.reading import Sheet
from points.keys import new_key
from points.progress import Progress

AT_ONCE = 500
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class How:
    """How somebody wants a file read: what they chose, which areas are theirs (None: all), what they call it."""

    choices: Choices = NO_CHOICES
    within: tuple[str, ...] | None = None
    name: str | None = None


HOW = How()
"""As the file says, everywhere."""


class Gathering:
    """Collects entries and problems; each row ends as an entry, as unchanged, or in error."""

    def __init__(self, sheet: Sheet, layout: Layout, known: Sequence[Column]) -> None:
        self.sheet, self.layout = sheet, layout
        self.rows = 0
        self.names = {column.key: layout.title(column.key) or column.name for column in known}
        self.prose = {column.key for column in known if column.prose}
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self.unchanged = 0
        self.tally: Counter[str] = Counter()
        self._entries: Packed[Entry] = Packed()
        self._firsts = Firsts()

    @property
    def records(self) -> Iterator[Record]:
        """The rows below the header, read anew each time: they are not all kept."""
        return columns.records(self.sheet, self.layout)

    def sound(self, progress: Progress) -> Iterator[Record]:
        """The rows whose cells can be read and which have what is needed; the others are put in error."""
        needed, about = (
            [key for key in self.names if key in self.needs],
            len(self.sheet.rows) - self.layout.header,
        )
        for done, record in enumerate(self.records):
            self.rows += 1
            if done % AT_ONCE == 0:
                progress(done, about)
            if self._readable(record) and self._complete(record, needed):
                yield record
        progress(about, about)

    def record(self, number: int) -> Record:
        """A row again, by its number."""
        return Record(number, self.layout.places, self.sheet.rows[number - 1])

    needs: frozenset[str] = frozenset()
    """The keys of columns that may not be empty."""

    def error(self, record: Record, key: str, why: PointsError) -> None:
        """This row stays out, because of its cell under `key`."""
        self.errors.append(Problem(record.number, self.names.get(key), record.get(key), why))

    def warn(self, record: Record, key: str, why: PointsError) -> None:
        """This row goes in, and somebody should know about its cell under `key`."""
        self.warnings.append(Problem(record.number, self.names.get(key), record.get(key), why))

    def repeats(self, record: Record, key: str, natural: str) -> bool:
        """Whether an earlier row has this natural key; then this one is in error, and names the first."""
        first = self._firsts.of(natural, record.number)
        if first != record.number:
            self.error(record, key, Repeats(row=first))
        return first != record.number

    def add(self, row: int, value: Any) -> None:
        """The row of this number would add something."""
        self._entries.append(Entry(row, value))

    def plan(
        self,
        kind: str,
        make: Make,
        *,
        source: str | None = None,
        questions: Sequence[Question] = (),
    ) -> Plan:
        """Freeze what was found."""
        return Plan(
            kind=kind,
            source=source,
            batch=new_key(),
            sheet=self.sheet,
            layout=self.layout,
            rows=self.rows,
            entries=self._entries,
            unchanged=self.unchanged,
            errors=tuple(sorted(self.errors, key=lambda p: p.row)),
            warnings=tuple(sorted(self.warnings, key=lambda p: p.row)),
            tally=tuple(sorted(self.tally.items())),
            make=make,
            questions=tuple(questions),
        )

    def _readable(self, record: Record) -> bool:
        whole = "".join(filter(None, record.whole))
        if len(whole) <= reading.CELL_AT_MOST and whole.isprintable() and "\ufffd" not in whole:
            return True  # so is each cell
        for key, cell in record.cells.items():
            if cell is not None and (damage := reading.damage_in(cell, prose=key in self.prose)):
                self.error(record, key, damage)
                return False
        return True

    def _complete(self, record: Record, needed: Sequence[str]) -> bool:
        for key in needed:
            if record.get(key) is None:
                self.error(record, key, Empty())
                return False
        return True


async def gather(
    path: Path,
    known: Sequence[Column],
    *,
    needs: Sequence[str],
    how: How = HOW,
    rows_at_most: int = reading.ROWS_AT_MOST,
) -> Gathering:
    """Read a file and find our columns in it; raises UnreadableFile and MissingColumns."""
    sheet = await read_sheet(path, how, rows_at_most=rows_at_most)
    return begin(sheet, known, needs=needs, how=how)


async def read_sheet(path: Path, how: How = HOW, *, rows_at_most: int = reading.ROWS_AT_MOST) -> Sheet:
    """Read a file in a thread; raises UnreadableFile."""
    read = functools.partial(reading.read, path, name=how.name, rows_at_most=rows_at_most)
    return await anyio.to_thread.run_sync(read)


def begin(sheet: Sheet, known: Sequence[Column], *, needs: Sequence[str], how: How = HOW) -> Gathering:
    """Find our columns in what was read; raises MissingColumns. `needs` are those that may not be empty."""
    gathering = Gathering(sheet, columns.lay_out(sheet, known, how.choices.columns), known)
    gathering.needs = frozenset(needs)
    return gathering


def chunks(keys: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Keys in groups of 500, for one statement each."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]


def batched(items: Iterable[Item]) -> Iterator[list[Item]]:
    """Items in lists of 500, taken as they come."""
    taking = iter(items)
    while part := list(islice(taking, AT_ONCE)):
        yield part
