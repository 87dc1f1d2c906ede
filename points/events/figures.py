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
from dataclasses import dataclass, field, fields
from datetime import date, datetime, tzinfo
from functools import cache
from typing import Any

from ledger.book import Book
from points.events import selection, workdays
from points.events.periods import Period
from points.events.selection import Wanted, Way
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
    numbers = dict.fromkeys((each.name for each in fields(Tally)), 0)
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


_DONE = ("handled", "verified", "archived", "rated")
_LAST = "NOT EXISTS (SELECT 1 FROM {table} AS l WHERE l.event = c.id AND {counts} AND l.id > {this}.id)"
_CASES = f"""
SELECT c.id, c.occurred_at, coalesce(k.category, c.category) AS category, a.path,
    coalesce(u.name, c.handler_name) AS unit, r.stars, s.id AS step, s.name, s.taken_at, s.on_time
FROM ({{events}}) AS c
LEFT JOIN events_amendment AS m ON m.event = c.id AND m.area IS NOT NULL
    AND {_LAST.format(table="events_amendment", counts="l.area IS NOT NULL", this="m")}
LEFT JOIN people_area AS a ON a.code = coalesce(m.area, c.area)
LEFT JOIN events_amendment AS k ON k.event = c.id AND k.category IS NOT NULL
    AND {_LAST.format(table="events_amendment", counts="l.category IS NOT NULL", this="k")}
LEFT JOIN events_dispatch AS d ON d.event = c.id
    AND {_LAST.format(table="events_dispatch", counts="1 = 1", this="d")}
LEFT JOIN events_unit AS u ON u.code = d.unit
LEFT JOIN events_satisfaction AS r ON r.event = c.id AND r.unit IS NULL
    AND {_LAST.format(table="events_satisfaction", counts="l.unit IS NULL", this="r")}
LEFT JOIN events_step AS s ON s.event = c.id AND (s.name <> 'reported' OR s.taken_at <> c.occurred_at)"""  # noqa: S608
"""A row for each step that says something: that it was reported when it happened says nothing.

What else is looked up is one row, the last, or none: joins, because PostgreSQL runs a subquery anew for every event.
"""


async def cases(book: Book, scope: Sequence[str | None], period: Period) -> list[Case]:
    """The cases of a period in these areas and below (None: the whole book), the first one first.

    A constant number of statements, one of which reads the events; it reads what the period has and no more.
    """
    wanted = Wanted(tuple(scope), since=period.first, until=period.last)
    return await _read(book, await selection.ways(book, wanted))


async def of(book: Book, keys: Sequence[str]) -> dict[str, Case]:
    """These reports and mediations as cases, by event. A constant number of statements."""
    way = await selection.listed(book, Wanted((None,)), selection.KEYS, json.dumps(list(keys)))
    return {case.event: case for case in await _read(book, [way])}


async def _read(book: Book, ways: Sequence[Way]) -> list[Case]:
    changes = await area_changes.merges(book.reader)
    counted = [way.narrowed("e.kind IN ('report', 'mediation')") for way in ways]
    events = " UNION ALL ".join(
        way.read("e.id, e.occurred_at, e.area, e.category, e.handler_name") for way in counted
    )
    values = [value for way in counted for value in way.values]
    taken: dict[str, list[Row]] = {}
    for row in await book.reader.execute_query_dict(_CASES.format(events=events), values):
        taken.setdefault(row["id"], []).append(row)
    clock = _Clock(book.zone, book.today())
    path = cache(changes.path)
    ordered = sorted(taken.values(), key=lambda rows: (rows[0]["occurred_at"], rows[0]["id"]))
    return [_case(rows, path, clock) for rows in ordered]


Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Clock:
    """What day an instant is, and by when what began that day is to be done. Days are worked out once."""

    zone: tzinfo
    today: date
    due: Callable[[date], date] = field(default_factory=lambda: cache(workdays.due_on))

    def day(self, moment: datetime | str) -> date:
        """The day of an instant where the book is; SQLite tells instants as text."""
        at = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        return at.astimezone(self.zone).date()


def _case(rows: Sequence[Row], path: Callable[[str], str], clock: _Clock) -> Case:
    """One event from its rows, one for each step that says something."""
    event = rows[0]
    happened_on = clock.day(event["occurred_at"])
    return Case(
        event=event["id"],
        path=path(event["path"] or ""),
        category=event["category"],
        unit=event["unit"] or None,
        happened_on=happened_on,
        outcome=_outcome(_since_reopened(rows), happened_on, clock),
        stars=event["stars"],
    )


def _since_reopened(rows: Sequence[Row]) -> Sequence[Row]:
    """The steps from the last time it was taken up again, that one included, in no order."""
    turned = max((row["step"] for row in rows if row["name"] == "reopened"), default="")
    return [row for row in rows if row["step"] and row["step"] >= turned]


def _outcome(steps: Sequence[Row], happened_on: date, clock: _Clock) -> str:
    if any(step["name"] == "found_false" for step in steps):
        return "false"
    begun = [step["taken_at"] for step in steps if step["name"] in _BEGUN and step["taken_at"]]
    due_on = clock.due(clock.day(max(begun)) if begun else happened_on)
    done = [step for step in steps if step["name"] in _DONE]
    if not done:
        return "overdue" if due_on < clock.today else "open"
    told = {bool(step["on_time"]) for step in steps if step["on_time"] is not None}
    if len(told) == 1:
        return "on_time" if told == {True} else "late"
    ends = [step["taken_at"] for step in done if step["taken_at"]]
    if not ends:
        return "untold"
    return "on_time" if clock.day(min(ends)) <= due_on else "late"


_BEGUN = ("reported", "reopened")
