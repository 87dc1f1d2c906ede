"""What waits to be verified, loaded for many events in a constant number of statements."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from ledger.book import Book
from points.awards import duty, in_line
from points.awards.cases import Case, Doing, Repetition
from points.awards.duty import Rota
from points.awards.errors import (
    AwardsError,
    NoArea,
    NotAssigned,
    NotVerifier,
    NotYet,
    OwnEvent,
    OwnHousehold,
    WasFalse,
)
from points.events import latest, steps
from points.events.hands import signers
from points.events.latest import AREA
from points.events.likeness import community_of
from points.events.models import Event, Step
from points.people import area_changes, areas, households
from points.people.area_changes import Changes
from points.people.models import Member
from points.people.roles import Grant
from points.people.twice import merges

_ASSIGNED = f"""
SELECT c.event, c.id AS contribution
FROM events_contribution AS c JOIN events_event AS e ON e.id = c.event
WHERE NOT EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = c.id) AND e.source = ?
    AND NOT {in_line.IS_IN_LINE}
    AND (SELECT a.verifier FROM events_assignment AS a WHERE a.event = e.id ORDER BY a.id DESC LIMIT 1) = ?
    AND (? OR NOT EXISTS (SELECT 1 FROM events_contribution AS o WHERE o.event = e.id AND o.role <> 'reporter'))
    AND NOT {steps.IS_FALSE}
ORDER BY e.occurred_at, e.id, c.id"""  # noqa: S608 - a fragment of ours

_UNPLACED = f"""
SELECT c.id AS contribution
FROM events_contribution AS c JOIN events_event AS e ON e.id = c.event
WHERE NOT EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = c.id) AND e.source = ?
    AND e.area IS NULL AND {AREA} IS NULL AND NOT {steps.IS_FALSE}
    AND NOT EXISTS (SELECT 1 FROM events_assignment AS a WHERE a.event = e.id)
ORDER BY e.occurred_at, e.id, c.id"""  # noqa: S608 - fragments of ours


def _quoted(*names: str) -> str:
    return ", ".join(f"'{name}'" for name in names)


async def assigned_to(book: Book, verifier: str, source: str, *, plain: bool = False) -> dict[str, list[str]]:
    """The contributions of a source that wait for a verifier, by event: the oldest first. One statement.

    With `plain` only events in which nobody did anything but report.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for row in await book.reader.execute_query_dict(_ASSIGNED, [source, verifier, not plain]):
        found[row["event"]].append(row["contribution"])
    return dict(found)


async def unplaced(book: Book, source: str) -> list[str]:
    """The contributions of a source that nobody can verify yet, because their event names no community."""
    return [row["contribution"] for row in await book.reader.execute_query_dict(_UNPLACED, [source])]


@dataclass(frozen=True, slots=True)
class Bench:
    """Some events with everything their verification asks for, as one read found it."""

    events: tuple[Event, ...]
    doings: Mapping[str, tuple[Doing, ...]]
    paths: Mapping[str, str]
    verifiers: Mapping[str, str]
    homes: Mapping[str, str | None]
    stepped: frozenset[str]
    hands: Mapping[str, frozenset[str]] = field(default_factory=dict)
    false: frozenset[str] = frozenset()
    changes: Changes = field(default_factory=Changes)
    rota: Rota = field(default_factory=Rota)
    turned: Mapping[str, int] = field(default_factory=dict)
    judged: frozenset[str] = frozenset()

    def refusal(
        self, event: Event, day: date, *, by: str, on: date, grants: Sequence[Grant]
    ) -> AwardsError | None:
        """Why this verifier may not decide on an event that day; None when they may.

        Asked again at verification, whoever it was assigned to: a role ends, a household forms.
        """
        refusal = self.involved(event, by=by)
        if refusal is None and self.verifiers.get(event.id) != by:
            refusal = NotAssigned(verifier=by)
        refusal = refusal or self.without_role(event, by=by, grants=grants)
        return refusal or (NotYet(day=day.isoformat()) if day > on else None)

    def involved(self, event: Event, *, by: str) -> AwardsError | None:
        """Why nobody may judge an event, or not somebody who took part in it or lives with one who did."""
        if event.area not in self.paths or event.id in self.false:
            return WasFalse() if event.id in self.false else NoArea()
        members = [*(doing.member for doing in self.doings[event.id]), *self.hands.get(event.id, ())]
        if by in members:
            return OwnEvent(verifier=by)
        if any(households.same_side(by, member, self.homes) for member in members):
            return OwnHousehold(verifier=by)
        return None

    def without_role(self, event: Event, *, by: str, grants: Sequence[Grant]) -> AwardsError | None:
        """Whether somebody does not verify where an event is."""
        path = self.paths.get(event.area or "", "")
        if any(grant.role == "verifier" and areas.covers(path, grant.area) for grant in grants):
            return None
        return NotVerifier(verifier=by, area=event.area)

    def case(self, event: Event, day: date, repeat: Repetition | None) -> Case:
        """The event as the rules see it."""
        return Case(
            event=event.id,
            day=day,
            community=self.changes.last(community_of(event.area or ""), day.isoformat()),
            kind=event.kind,
            category=event.category,
            type_name=event.type_name,
            severity=event.severity,
            found_first=event.found_first,
            contributions=tuple(self._doing(event, day, each) for each in self.doings[event.id]),
            repeat=repeat,
        )

    def _doing(self, event: Event, day: date, doing: Doing) -> Doing:
        """The same, knowing whether it was done on duty."""
        path = self.paths.get(event.area or "", "")
        paid = self.rota.on_duty(doing.member, doing.role, path, day.isoformat())
        return replace(doing, on_duty=paid) if paid else doing


async def load(book: Book, events: Sequence[str], *, by: str) -> Bench:
    """Read some events for a verifier: a dozen statements for 500 events; in their order of occurrence."""
    asked = [json.dumps(list(events))]
    rows = [_event(row) for row in await book.reader.execute_query_dict(_EVENTS, asked)]
    found = await latest.read(book.reader, rows)
    doings, judged = await in_line.marked(book, await _doings(book, asked))
    members = {doing.member for each in doings.values() for doing in each}
    assigned = await book.reader.execute_query_dict(_VERIFIERS, asked)
    taken = [Step(**row) for row in await book.reader.execute_query_dict(_STEPS, asked)]
    hands = {
        event: frozenset(each) for event, each in _hands(taken, await signers(book.reader, events)).items()
    }
    places = await areas.many(book, {event.area for event in found if event.area})
    return Bench(
        events=tuple(found),
        doings={event.id: doings.get(event.id, ()) for event in found},
        paths={area.code: area.path for area in places.values()},
        verifiers={row["event"]: row["verifier"] for row in assigned},
        homes=await households.of(book, members.union({by}, *hands.values())),
        stepped=frozenset(step.event for step in taken if step.name == "verified"),
        hands=hands,
        judged=judged,
        turned=Counter(step.event for step in taken if step.name in steps.TURNS),
        false=frozenset(steps.false_ones(taken)),
        rota=await duty.read(book, members),
        changes=await area_changes.read(
            book.reader, {community_of(event.area) for event in found if event.area}
        ),
    )


def _event(row: Mapping[str, Any]) -> Event:
    """PostgreSQL has a type for instants and for truth; SQLite keeps a text and a number."""
    at, first = row["occurred_at"], bool(row["found_first"])
    at = at if isinstance(at, datetime) else datetime.fromisoformat(at)
    return Event(**{**row, "occurred_at": at, "found_first": first})


_COLUMNS = tuple(Event._meta.fields_db_projection)

_EVENTS = f"""
SELECT {", ".join(f"e.{column}" for column in _COLUMNS)} FROM events_event AS e
WHERE e.id IN (SELECT value FROM json_each(?)) ORDER BY e.occurred_at, e.id"""  # noqa: S608 - names of ours

_VERIFIERS = """
SELECT event, verifier FROM events_assignment WHERE event IN (SELECT value FROM json_each(?)) ORDER BY id"""

_STEPS = f"""
SELECT id, event, name, actor FROM events_step WHERE event IN (SELECT value FROM json_each(?))
    AND (name IN ({_quoted("verified", *steps.TURNS)}) OR (name IN ({_quoted(*steps.HANDS)}) AND actor IS NOT NULL))"""  # noqa: S608 - words of ours

_DOINGS = """
SELECT c.event, c.id, c.member, c.role, c.minutes, c.outcome, m.kind, v.decision, s.parts,
    v.points + coalesce((SELECT sum(x.points) FROM awards_share AS x WHERE x.award = v.reference), 0) AS points,
    CASE WHEN v.reference IS NOT NULL THEN v.rule END AS rule
FROM events_contribution AS c LEFT JOIN people_member AS m ON m.number = c.member
LEFT JOIN awards_verification AS v ON v.contribution = c.id
LEFT JOIN events_share AS s ON s.contribution = c.id AND c.role = 'mediator'
WHERE c.event IN (SELECT value FROM json_each(?)) ORDER BY c.id"""
"""As plain rows: of 50,000 contributions an object for each row of each table takes longer than judging them."""


def _hands(taken: Sequence[Step], hands: dict[str, set[str]]) -> dict[str, set[str]]:
    """Who wrote each event down here or handled it, together with those who signed people in."""
    for step in taken:
        if step.name in steps.HANDS and step.actor:
            hands.setdefault(step.event, set()).add(step.actor)
    return hands


async def _doings(book: Book, asked: Sequence[str]) -> dict[str, tuple[Doing, ...]]:
    rows = await book.reader.execute_query_dict(_DOINGS, list(asked))
    closed = await merges.into(book, {row["member"] for row in rows})
    kept = Member.filter(number__in=list(closed.values())).using_db(book.reader)
    kinds = {each.number: each.kind for each in await kept} if closed else {}
    found: dict[str, list[Doing]] = defaultdict(list)
    for row in rows:
        member = closed.get(row["member"], row["member"])
        found[row["event"]].append(
            Doing(
                id=row["id"],
                member=member,
                member_kind=kinds.get(member) or row["kind"] or "",
                role=row["role"],
                minutes=row["minutes"],
                outcome=row["outcome"],
                decided=row["decision"] or "",
                awarded=row["points"] or 0,
                rule=row["rule"] or "",
                parts=row["parts"] or 1,
            )
        )
    return {event: tuple(each) for event, each in found.items()}
