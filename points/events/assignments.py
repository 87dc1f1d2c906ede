"""Assignments: every event that waits gets a verifier by rota, never one of the people it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ledger.book import Book
from points.events.models import Assignment
from points.keys import new_key
from points.people import areas, households, roles
from points.people.roles import Grant
from points.progress import Progress, quiet

AT_ONCE = 500

NO_AREA = "没有社区，定了社区才能派"
NO_VERIFIER = "这里没有核实人"
ALL_INVOLVED = "这里的核实人都是参与者或其家人"
"""Why an event could not be assigned."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event with contributions to verify; `path` is its area's, None when it has no area."""

    event: str
    path: str | None
    contributors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Which verifier got each event, and which events stay without one, with the reason."""

    assigned: Mapping[str, str]
    left: Mapping[str, str]


async def assign_waiting(book: Book, on: date, *, progress: Progress = quiet) -> Outcome:
    """Give a verifier to each event that has unverified contributions, an area, and no assignment yet.

    In order of the events' time, each goes to the one with the fewest assignments among those whose role covers its
    area, by number when several have as few; never to a contributor or one of a contributor's household. Running it
    again assigns only what was left.
    """
    verifiers = await roles.holders(book, "verifier", on)
    async with book.write() as db:
        waiting = _waiting(await db.execute_query_dict(_WAITING))
        load = Counter({row["verifier"]: row["n"] for row in await db.execute_query_dict(_LOAD)})
        people = {g.member for g in verifiers}.union(*(w.contributors for w in waiting))
        homes = await households.of(book, people)
        outcome = rota(waiting, verifiers, homes, load)
        rows = [
            Assignment(id=new_key(), event=event, verifier=verifier, assigned_on=on.isoformat())
            for event, verifier in outcome.assigned.items()
        ]
        progress(0, len(rows))
        for start in range(0, len(rows), AT_ONCE):
            await Assignment.bulk_create(rows[start : start + AT_ONCE], using_db=db)
            progress(min(start + AT_ONCE, len(rows)), len(rows))
    return outcome


async def verifier_of(book: Book, event: str) -> str | None:
    """Who verifies an event: its latest assignment, None before the first."""
    latest = await Assignment.filter(event=event).using_db(book.reader).order_by("-id").first()
    return latest.verifier if latest else None


def rota(
    waiting: Iterable[Waiting],
    verifiers: Sequence[Grant],
    homes: Mapping[str, str | None],
    load: Mapping[str, int],
) -> Outcome:
    """Decide who gets what; pure, and the same for the same input. `load` counts the assignments each had before."""
    busy = Counter(load)
    covering: dict[str, list[str]] = {}
    assigned: dict[str, str] = {}
    left: dict[str, str] = {}
    for each in waiting:
        if each.path is None:
            left[each.event] = NO_AREA
            continue
        if each.path not in covering:
            covering[each.path] = sorted({g.member for g in verifiers if areas.covers(each.path, g.area)})
        fit = [v for v in covering[each.path] if not _involved(v, each.contributors, homes)]
        if fit:
            chosen = min(fit, key=lambda verifier: (busy[verifier], verifier))
            assigned[each.event] = chosen
            busy[chosen] += 1
        else:
            left[each.event] = ALL_INVOLVED if covering[each.path] else NO_VERIFIER
    return Outcome(assigned, left)


def _involved(verifier: str, contributors: Iterable[str], homes: Mapping[str, str | None]) -> bool:
    return any(households.same_side(verifier, member, homes) for member in contributors)


_WAITING = """
SELECT e.id AS event, a.path, c.member FROM events_contribution c
JOIN events_event e ON e.id = c.event
LEFT JOIN people_area a ON a.code = e.area
WHERE NOT EXISTS (SELECT 1 FROM events_assignment s WHERE s.event = e.id)
AND EXISTS (SELECT 1 FROM events_contribution w WHERE w.event = e.id
    AND NOT EXISTS (SELECT 1 FROM awards_verification v WHERE v.contribution = w.id))
ORDER BY e.occurred_at, e.id, c.member"""

_LOAD = "SELECT verifier, count(*) AS n FROM events_assignment GROUP BY verifier"


def _waiting(rows: Sequence[Mapping[str, str | None]]) -> list[Waiting]:
    return [
        Waiting(str(event), path, tuple(str(row["member"]) for row in group))
        for (event, path), group in groupby(rows, key=lambda row: (row["event"], row["path"]))
    ]
