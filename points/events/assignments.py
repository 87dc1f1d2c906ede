"""Assignments: every event that waits gets a verifier by rota, never one of the people it is about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.book import Book
from points.events import hands, steps
from points.events.latest import AREA
from points.events.models import Assignment
from points.keys import first_key, new_key
from points.people import area_changes, areas, households, roles
from points.people.roles import Grant
from points.progress import Progress, quiet

AT_ONCE = 500

NO_AREA = "没有社区，定了社区才能派"
NO_VERIFIER = "这里没有核实人"
ALL_INVOLVED = "这里的核实人都是参与者或其家人"
"""Why an event could not be assigned."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event with contributions to verify; `path` is its area's, None when it has no area.

    `contributors` are also those who wrote it down or handled it: whoever had a hand in it does not verify it.
    """

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
        waiting = await _with_hands(db, _waiting(await db.execute_query_dict(_WAITING)))
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


async def settle(book: Book, event: str, on: date) -> str | None:
    """See to it that one event is with somebody who may verify it, and say with whom; None when nobody may yet.

    Who has it keeps it while they may; otherwise the rota gives it to another. Nothing is given before it is to be
    verified: a report by hand waits until it was handled.
    """
    rows = await book.reader.execute_query_dict(_ONE, [event])
    latest = await verifier_of(book, event)
    if not rows:
        return latest
    (waiting,) = await _with_hands(book.reader, _waiting(rows))
    verifiers = await roles.holders(book, "verifier", on)
    homes = await households.of(book, {g.member for g in verifiers}.union(waiting.contributors))
    mine = [g for g in verifiers if g.member == latest]
    if latest and rota([waiting], mine, homes, {}).assigned:
        return latest
    since = first_key(book.now() - LOAD_OF)
    load = {row["verifier"]: row["n"] for row in await book.reader.execute_query_dict(_LOAD_SINCE, [since])}
    chosen = rota([waiting], verifiers, homes, load).assigned.get(event)
    if chosen and chosen != latest:
        async with book.write() as db:
            row = Assignment(id=new_key(), event=event, verifier=chosen, assigned_on=on.isoformat())
            await Assignment.bulk_create([row], using_db=db)
    return chosen


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


LOAD_OF = timedelta(days=30)
"""How far back the rota looks when it gives a single event."""

_TO_VERIFY = f"""
SELECT e.id AS event, a.path, c.member FROM events_contribution c
JOIN events_event e ON e.id = c.event
LEFT JOIN people_area a ON a.code = {AREA}
WHERE {{condition}}
AND EXISTS (SELECT 1 FROM events_contribution w WHERE w.event = e.id
    AND NOT EXISTS (SELECT 1 FROM awards_verification v WHERE v.contribution = w.id))
AND NOT {steps.IS_FALSE}
AND (e.source <> '{steps.BY_HAND}' OR e.kind <> 'report'
    OR EXISTS (SELECT 1 FROM events_step h WHERE h.event = e.id AND h.name = 'handled'))
ORDER BY e.occurred_at, e.id, c.member"""  # noqa: S608 - put together from fragments of ours

_WAITING = _TO_VERIFY.format(condition="NOT EXISTS (SELECT 1 FROM events_assignment s WHERE s.event = e.id)")

_ONE = _TO_VERIFY.format(condition="e.id = ?")

_LOAD = "SELECT verifier, count(*) AS n FROM events_assignment GROUP BY verifier"

_LOAD_SINCE = "SELECT verifier, count(*) AS n FROM events_assignment WHERE id >= ? GROUP BY verifier"


def _waiting(rows: Sequence[Mapping[str, str | None]]) -> list[Waiting]:
    return [
        Waiting(str(event), path, tuple(str(row["member"]) for row in group))
        for (event, path), group in groupby(rows, key=lambda row: (row["event"], row["path"]))
    ]


async def _with_hands(db: BaseDBAsyncClient, waiting: Sequence[Waiting]) -> list[Waiting]:
    """The same where it lies today, with those who had a hand in each event among its contributors."""
    hand_in = await hands.of(db, [each.event for each in waiting])
    laid = {each.path for each in waiting if each.path}
    changes = await area_changes.read(db, {code for path in laid for code in areas.ancestors(path)})
    return [
        replace(
            each,
            path=changes.path(each.path) if each.path else None,
            contributors=tuple(sorted({*each.contributors, *hand_in.get(each.event, ())})),
        )
        for each in waiting
    ]
