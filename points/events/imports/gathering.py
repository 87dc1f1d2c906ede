"""A file on its way to a plan: its rows, and what is found while they are looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import anyio.to_thread

from points.events.imports import columns, reading
from points.events.imports.columns import Column, Layout, Record
from points.events.imports.plan import Entry, Plan, Problem, Stamp
from points.events.imports.reading import Sheet
from points.keys import new_key
from points.progress import Progress

AT_ONCE = 500


class Gathering:
    """Collects entries and problems; each row ends as an entry, as unchanged, or in error."""

    def __init__(self, sheet: Sheet, layout: Layout, known: Sequence[Column]) -> None:
        self.sheet, self.layout = sheet, layout
        self.records = list(columns.records(sheet, layout))
        self.names = {column.key: column.name for column in known}
        self.errors: list[Problem] = []
        self.warnings: list[Problem] = []
        self.unchanged = 0
        self.tally: Counter[str] = Counter()
        self._entries: list[Entry] = []
        self._first: dict[Any, int] = {}

    def sound(self, progress: Progress) -> Iterator[Record]:
        """The rows whose cells can be read and which have what is needed; the others are put in error."""
        needed = [key for key in self.names if key in self.needs]
        for done, record in enumerate(self.records):
            if done % AT_ONCE == 0:
                progress(done, len(self.records))
            if self._readable(record) and self._complete(record, needed):
                yield record
        progress(len(self.records), len(self.records))

    needs: frozenset[str] = frozenset()
    """The keys of columns that may not be empty."""

    def error(self, record: Record, key: str, reason: str, suggestion: str | None = None) -> None:
        """This row stays out, because of its cell under `key`."""
        name = self.names.get(key)
        self.errors.append(Problem(record.number, name, record.get(key), reason, suggestion))

    def warn(self, record: Record, key: str, reason: str, suggestion: str | None = None) -> None:
        """This row goes in, and somebody should know about its cell under `key`."""
        name = self.names.get(key)
        self.warnings.append(Problem(record.number, name, record.get(key), reason, suggestion))

    def repeats(self, record: Record, key: str, natural: Any) -> bool:
        """Whether an earlier row has this natural key; then this one is in error, and names the first."""
        first = self._first.setdefault(natural, record.number)
        if first != record.number:
            self.error(record, key, f"与第 {first} 行重复", "删去一行")
        return first != record.number

    def add(self, record: Record, value: Any) -> None:
        """This row would add something."""
        self._entries.append(Entry(record.number, record.whole, value))

    def plan(
        self, kind: str, make: Callable[[Any, Stamp], tuple[Any, ...]], *, source: str | None = None
    ) -> Plan:
        """Freeze what was found."""
        return Plan(
            kind=kind,
            source=source,
            batch=new_key(),
            sheet=self.sheet,
            layout=self.layout,
            rows=len(self.records),
            entries=tuple(self._entries),
            unchanged=self.unchanged,
            errors=tuple(sorted(self.errors, key=lambda p: p.row)),
            warnings=tuple(sorted(self.warnings, key=lambda p: p.row)),
            tally=tuple(sorted(self.tally.items())),
            make=make,
        )

    def _readable(self, record: Record) -> bool:
        for key, cell in record.cells.items():
            if cell is not None and (damage := reading.damage_in(cell)):
                self.error(record, key, damage)
                return False
        return True

    def _complete(self, record: Record, needed: Sequence[str]) -> bool:
        for key in needed:
            if record.get(key) is None:
                self.error(record, key, "没有填")
                return False
        return True


async def gather(path: Path, known: Sequence[Column], *, needs: Sequence[str]) -> Gathering:
    """Read a file in a thread and find our columns in it; raises UnreadableFile and MissingColumns."""
    sheet = await anyio.to_thread.run_sync(reading.read, path)
    gathering = Gathering(sheet, columns.lay_out(sheet, known), known)
    gathering.needs = frozenset(needs)
    return gathering


def chunks(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    """Keys in groups of 500, for one statement each."""
    for start in range(0, len(keys), AT_ONCE):
        yield keys[start : start + AT_ONCE]
