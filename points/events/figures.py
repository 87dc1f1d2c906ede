"""Figures of a week or a month: how much was reported, how much of it was done in time, and how content people were.

Counted are reports and mediations that happened in the period, wherever they are today. Each has one `outcome`:

  on_time   done by the end of the second working day after the day it was reported (or, once it was taken up again,
            reopened); where a source says itself whether it was in time, that counts
  late      done, and later than that
  untold    done, and nothing says when
  open      not done, and there is time
  overdue   not done, and the time is over
  false     found false, and not reopened since: it is in no share

Done is what was handled, verified or archived, whichever came first, as the reminders have it: nobody's department is
late because a verifier is. The share on time is on_time of (on_time + late + overdue). Content is who gave four or
five stars to the whole, the latest word of each. The department is the unit the event was last sent to, else the one
its source names.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from functools import cache
from typing import Any

from ledger.book import Book
from points.events import listing, workdays
from points.events.latest import AREA, CATEGORY
from points.events.listing import Wanted
from points.events.periods import Period
from points.people import area_changes, areas

OUTCOMES = ("on_time", "late", "untold", "open", "overdue", "false")
CONTENT = 4
"""From so many stars on somebody is content."""


@dataclass(frozen=True, slots=True)
class Case:
    """An event as figures see it. `path` is that of its area today, empty without one; stars None: nobody said."""

    event: str
    path: str
    category: str
    unit: str | None
    happened_on: date
    outcome: str
    stars: int | None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of each outcome, how many said how content they are, and how many are."""

    on_time: int = 0
    late: int = 0
    untold: int = 0
    open: int = 0
    overdue: int = 0
    false: int = 0
    rated: int = 0
    content: int = 0

    @property
    def reported(self) -> int:
        """All of them."""
        return self.on_time + self.late + self.untold + self.open + self.overdue + self.false

    @property
    def done(self) -> int:
        """Those that somebody has finished."""
        return self.on_time + self.late + self.untold

    @property
    def in_time_hundredths(self) -> int | None:
        """The share on time in hundredths of a percent, rounded half up; None when there is nothing to share."""
        return share(self.on_time, self.on_time + self.late + self.overdue)

    @property
    def content_hundredths(self) -> int | None:
        """The share of the content among those who said, in hundredths of a percent; None when nobody said."""
        return share(self.content, self.rated)


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole, and the same by place below (None: named no lower one), category, department (None) and day."""

    whole: Tally
    places: Mapping[str | None, Tally]
    categories: Mapping[str, Tally]
    units: Mapping[str | None, Tally]
    days: Mapping[date, Tally]


def share(part: int, whole: int) -> int | None:
    """A share in hundredths of a percent, rounded half up: 1 of 3 is 3333; None of nothing."""
    return (20000 * part + whole) // (2 * whole) if whole else None


def count(cases: Iterable[Case]) -> Tally:
    """Count cases. Pure."""
    numbers = dict.fromkeys((field.name for field in fields(Tally)), 0)
    for case in cases:
        numbers[case.outcome] += 1
        if case.stars is not None:
            numbers["rated"] += 1
            numbers["content"] += case.stars >= CONTENT
    return Tally(**numbers)


def figures(cases: Sequence[Case], area: str | None) -> Figures:
    """All figures of some cases; the places are those directly below `area` (None: the roots). Pure."""
    return Figures(
        whole=count(cases),
        places=_by(cases, lambda case: below(case.path, area)),
        categories=_by(cases, lambda case: case.category),
        units=_by(cases, lambda case: case.unit),
        days=_by(cases, lambda case: case.happened_on),
    )


def below(path: str, area: str | None) -> str | None:
    """The place directly below an area on a path; None when the path ends there, or does not come by."""
    codes = areas.ancestors(path)
    place = 0 if area is None else (codes.index(area) + 1 if area in codes else len(codes))
    return codes[place] if place < len(codes) else None


def _by(cases: Sequence[Case], key: Callable[[Case], Any]) -> dict[Any, Tally]:
    found: dict[Any, list[Case]] = {}
    for case in cases:
        found.setdefault(key(case), []).append(case)
    return {name: count(those) for name, those in found.items()}


_DONE = "s.name IN ('handled', 'verified', 'archived', 'rated')"
_CASES = f"""
WITH chosen AS (
    SELECT e.id, {AREA} AS area, {CATEGORY} AS category, e.handler_name, e.occurred_at,
        coalesce((SELECT max(r.id) FROM events_step AS r WHERE r.event = e.id AND r.name = 'reopened'), '') AS turned
    FROM events_event AS e WHERE {{where}} AND e.kind IN ('report', 'mediation'))
SELECT c.id, c.category, c.occurred_at, (SELECT a.path FROM people_area AS a WHERE a.code = c.area) AS path,
    coalesce((SELECT u.name FROM events_dispatch AS d LEFT JOIN events_unit AS u ON u.code = d.unit
        WHERE d.event = c.id ORDER BY d.id DESC LIMIT 1), c.handler_name) AS unit,
    (SELECT r.stars FROM events_satisfaction AS r WHERE r.event = c.id AND r.unit IS NULL
        ORDER BY r.id DESC LIMIT 1) AS stars,
    max(CASE WHEN s.name IN ('reported', 'reopened') THEN s.taken_at END) AS begun_at,
    min(CASE WHEN {_DONE} THEN s.taken_at END) AS done_at,
    max(CASE WHEN {_DONE} THEN 1 ELSE 0 END) AS done,
    max(CASE WHEN s.on_time THEN 1 ELSE 0 END) AS in_time,
    max(CASE WHEN NOT s.on_time THEN 1 ELSE 0 END) AS out_of_time,
    max(CASE WHEN s.name = 'found_false' THEN 1 ELSE 0 END) AS is_false
FROM chosen AS c LEFT JOIN events_step AS s ON s.event = c.id AND s.id >= c.turned
GROUP BY c.id, c.area, c.category, c.handler_name, c.occurred_at, c.turned ORDER BY c.occurred_at, c.id"""  # noqa: S608


async def cases(book: Book, scope: Sequence[str | None], period: Period) -> list[Case]:
    """The cases of a period in these areas and below (None: the whole book), the first one first.

    A constant number of statements, one of which reads the events; it reads what the period has and no more.
    """
    where, values = await listing.condition(book, Wanted(tuple(scope), since=period.first, until=period.last))
    return await _read(book, where, values)


async def of(book: Book, keys: Sequence[str]) -> dict[str, Case]:
    """These reports and mediations as cases, by event. A constant number of statements."""
    found = await _read(book, ["e.id IN (SELECT value FROM json_each(?))"], [json.dumps(list(keys))])
    return {case.event: case for case in found}


async def _read(book: Book, where: Sequence[str], values: Sequence[Any]) -> list[Case]:
    changes = await area_changes.merges(book.reader)
    rows = await book.reader.execute_query_dict(_CASES.format(where=" AND ".join(where)), list(values))
    due = cache(workdays.due_on)
    return [_case(book, row, changes, due) for row in rows]


def _case(
    book: Book, row: Mapping[str, Any], changes: area_changes.Changes, due: Callable[[date], date]
) -> Case:
    happened_on = _day(book, row["occurred_at"])
    begun_on = _day(book, row["begun_at"]) if row["begun_at"] else happened_on
    return Case(
        event=row["id"],
        path=changes.path(row["path"] or ""),
        category=row["category"],
        unit=row["unit"] or None,
        happened_on=happened_on,
        outcome=_outcome(book, row, due(begun_on)),
        stars=row["stars"],
    )


def _outcome(book: Book, row: Mapping[str, Any], due_on: date) -> str:
    if row["is_false"]:
        return "false"
    if not row["done"]:
        return "overdue" if due_on < book.today() else "open"
    if row["in_time"] != row["out_of_time"]:
        return "on_time" if row["in_time"] else "late"
    if not row["done_at"]:
        return "untold"
    return "on_time" if _day(book, row["done_at"]) <= due_on else "late"


def _day(book: Book, moment: datetime | str) -> date:
    """The day of an instant where the book is; SQLite tells instants as text."""
    at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
    return at.astimezone(book.zone).date()
