"""A verifier's queue: the events that wait for them, the oldest first, and those they may not touch."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ledger.book import Book
from points.awards import foresight, in_line
from points.awards.cases import Doing
from points.awards.errors import AwardsError
from points.events import steps
from points.events.models import Event
from points.people import households

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits. `undecided` are the contributions to decide on, `points` what they would be given now.

    verifier   who it is given to, None when it is given to nobody
    refusal    why the one who looks may not decide on it; None when they may
    """

    event: Event
    undecided: tuple[Doing, ...]
    reporters: tuple[str, ...]
    points: int
    verifier: str | None
    refusal: AwardsError | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some events that wait, the oldest first; the next page begins after the event `after`, None on the last one.

    `apart` are those that the verifier or somebody of their household took part in, where they were asked for.
    """

    lines: tuple[Waiting, ...]
    after: str | None
    apart: tuple[Waiting, ...] = ()


_QUEUE = f"""
SELECT e.id FROM events_assignment AS a JOIN events_event AS e ON e.id = a.event
WHERE a.verifier = ? AND EXISTS (SELECT 1 FROM events_contribution AS c WHERE c.event = e.id
        AND NOT EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = c.id)
        AND NOT {in_line.IS_IN_LINE})
    AND NOT EXISTS (SELECT 1 FROM events_assignment AS l WHERE l.event = e.id AND l.id > a.id)
    AND NOT {steps.IS_FALSE}
    AND (? = '' OR (e.occurred_at, e.id) > (SELECT occurred_at, id FROM events_event WHERE id = ?))
ORDER BY e.occurred_at, e.id LIMIT ?"""  # noqa: S608 - a fragment of ours

_INVOLVING = f"""
SELECT DISTINCT e.id, e.occurred_at FROM events_contribution AS c JOIN events_event AS e ON e.id = c.event
WHERE c.member IN (SELECT value FROM json_each(?))
    AND NOT EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = c.id) AND NOT {in_line.IS_IN_LINE}
    AND NOT {steps.IS_FALSE}
ORDER BY e.occurred_at, e.id LIMIT ?"""  # noqa: S608 - a fragment of ours

_SOURCES = f"""
SELECT DISTINCT e.source FROM events_assignment AS a JOIN events_event AS e ON e.id = a.event
WHERE a.verifier = ? AND EXISTS (SELECT 1 FROM events_contribution AS c WHERE c.event = e.id
        AND NOT EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = c.id)
        AND NOT {in_line.IS_IN_LINE})
    AND NOT {steps.IS_FALSE}
ORDER BY e.source"""  # noqa: S608 - a fragment of ours


async def page(
    book: Book, verifier: str, *, on: date, after: str = "", limit: int = A_PAGE, apart: bool = False
) -> Page:
    """What waits for a verifier after an event of theirs (from the oldest when it is empty).

    `apart`: also the events that wait and that the verifier or somebody of their household took part in; others decide
    on these. A constant number of statements. The first reads the verifier's assignments, so it grows with those alone.
    """
    rows = await book.reader.execute_query_dict(_QUEUE, [verifier, after, after, limit + 1])
    keys = [row["id"] for row in rows]
    beside = await _involving(book, verifier, limit) if apart else []
    both = await _lines(book, keys[:limit], beside, by=verifier, on=on)
    return Page(
        tuple(both[key] for key in keys[:limit] if key in both),
        keys[limit - 1] if len(keys) > limit else None,
        tuple(both[key] for key in beside if key in both),
    )


async def following(book: Book, verifier: str) -> str | None:
    """The event that has waited longest for a verifier; None when nothing does. One statement."""
    rows = await book.reader.execute_query_dict(_QUEUE, [verifier, "", "", 1])
    return str(rows[0]["id"]) if rows else None


async def _involving(book: Book, verifier: str, limit: int) -> list[str]:
    home = (await households.of(book, [verifier]))[verifier]
    mine = await households.members_of(book, home) if home else [verifier]
    rows = await book.reader.execute_query_dict(_INVOLVING, [json.dumps(mine), limit])
    return [str(row["id"]) for row in rows]


async def sources(book: Book, verifier: str) -> list[str]:
    """The sources of the events that wait for a verifier."""
    return [row["source"] for row in await book.reader.execute_query_dict(_SOURCES, [verifier])]


async def _lines(
    book: Book, keys: Sequence[str], beside: Sequence[str], *, by: str, on: date
) -> dict[str, Waiting]:
    """By event; what is beside is looked at in the same statements."""
    if not keys and not beside:
        return {}
    others = [key for key in beside if key not in keys]
    ahead = await foresight.foresee(book, keys, by=by, on=on, beside=others)
    return {event.id: _waiting(event, ahead, ahead.bench.doings) for event in ahead.bench.events}


def _waiting(event: Event, ahead: foresight.Foresight, doings: Mapping[str, tuple[Doing, ...]]) -> Waiting:
    return Waiting(
        event=event,
        undecided=tuple(doing for doing in doings[event.id] if not doing.decided),
        reporters=tuple(doing.member for doing in doings[event.id] if doing.role == "reporter"),
        points=ahead.points(event.id),
        verifier=ahead.bench.verifiers.get(event.id),
        refusal=ahead.refusals.get(event.id),
    )
