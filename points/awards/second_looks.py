"""Second looks: one award in twenty, drawn in the commit that wrote it, is looked at by another verifier of the area.

Who looks took no part, and is not, nor lives with, whoever did or verified it first. To agree is a row; to disagree is
a request that the award be corrected, which a second person decides. Points vest meanwhile: whoever is drawn by chance
does not wait for it, the notice leaves days to look, and a correction finds the points wherever they are.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from points.awards import correction_requests, waiting
from points.awards.errors import (
    AwardsError,
    LookAnswered,
    NotAssigned,
    OwnEvent,
    OwnHousehold,
    UnknownLook,
)
from points.awards.look_records import SecondLook, SecondLookAnswer, SecondLookGiven
from points.awards.models import Verification
from points.events import assignments, hands, latest, steps
from points.events.assignments import Waiting
from points.events.latest import AREA
from points.events.models import Event
from points.evidence import acts
from points.keys import new_key
from points.people import area_changes, areas, households, roles
from points.people.roles import Grant

DUE_AFTER = timedelta(days=14)
"""After so many days somebody who audits sees that it was not looked at."""
GIVEN_FOR = timedelta(days=60)
"""How far back draws are given to somebody; older ones nobody could be found for."""
A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Look:
    """An award that was drawn. `given` is who looks, None while there is nobody; `answer` None until they did."""

    award: Verification
    event: Event
    drawn_on: str
    given: str | None
    answer: SecondLookAnswer | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some looks that wait for somebody, the oldest first; the next page begins after `after`."""

    lines: tuple[Look, ...]
    after: str | None


_UNANSWERED = f"""NOT EXISTS (SELECT 1 FROM awards_second_look_answer AS n WHERE n.award = k.award)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS c WHERE c.of_reference = k.award) AND NOT {steps.IS_FALSE}"""  # noqa: S608 - a fragment of ours

_GIVEN = "(SELECT g.verifier FROM awards_second_look_given AS g WHERE g.award = k.award ORDER BY g.id DESC LIMIT 1)"

_OPEN = f"""
SELECT k.award, k.event, k.verifier, a.path, {_GIVEN} AS given FROM awards_second_look AS k
JOIN events_event AS e ON e.id = k.event LEFT JOIN people_area AS a ON a.code = {AREA}
WHERE k.drawn_on >= ? AND {_UNANSWERED} ORDER BY k.drawn_on, k.award"""  # noqa: S608 - fragments of ours

_INVOLVED = "SELECT event, member FROM events_contribution WHERE event IN (SELECT value FROM json_each(?))"

_LOAD = "SELECT verifier, count(*) AS n FROM awards_second_look_given WHERE given_on >= ? GROUP BY verifier"

_MINE = f"""
SELECT v.contribution FROM awards_second_look_given AS w JOIN awards_second_look AS k ON k.award = w.award
JOIN events_event AS e ON e.id = k.event JOIN awards_verification AS v ON v.reference = k.award
WHERE w.verifier = ? AND {_UNANSWERED}
    AND NOT EXISTS (SELECT 1 FROM awards_second_look_given AS l WHERE l.award = w.award AND l.id > w.id)
    AND (? = '' OR (k.drawn_on, v.contribution) > (SELECT o.drawn_on, p.contribution
        FROM awards_verification AS p JOIN awards_second_look AS o ON o.award = p.reference WHERE p.contribution = ?))
ORDER BY k.drawn_on, v.contribution LIMIT ?"""  # noqa: S608 - fragments of ours


async def give_waiting(book: Book, on: date) -> dict[str, str]:
    """Give the looks that nobody has, or has no right to any more, to other verifiers by rota: award → verifier.

    The fewest looks of the last sixty days first, then by number: the same for the same rows. Those that nobody may
    look at go on waiting.
    """
    since = (on - GIVEN_FOR).isoformat()
    if not await book.reader.execute_query_dict(f"{_OPEN} LIMIT 1", [since]):
        return {}
    verifiers = await roles.holders(book, "verifier", on)
    async with book.write() as db:
        rows = await db.execute_query_dict(_OPEN, [since])
        open_ = await _waiting(db, rows)
        homes = await households.of(
            book, {g.member for g in verifiers}.union(*(w.contributors for w in open_))
        )
        load = Counter({row["verifier"]: row["n"] for row in await db.execute_query_dict(_LOAD, [since])})
        left = [
            each
            for each, row in zip(open_, rows, strict=True)
            if not _kept(each, row["given"], verifiers, homes)
        ]
        given = assignments.rota(left, verifiers, homes, load).assigned
        new = [
            SecondLookGiven(id=new_key(), award=award, verifier=who, given_on=on.isoformat())
            for award, who in given.items()
        ]
        if new:
            await SecondLookGiven.bulk_create(new, using_db=db, batch_size=500)
    return dict(given)


async def _waiting(db: BaseDBAsyncClient, rows: Sequence[Mapping[str, Any]]) -> list[Waiting]:
    """The looks as the rota takes them: whoever took part, had a hand in it or verified it first does not look."""
    events = sorted({row["event"] for row in rows})
    people: dict[str, set[str]] = defaultdict(set)
    for found in await db.execute_query_dict(_INVOLVED, [json.dumps(events)]):
        people[found["event"]].add(found["member"])
    for event, members in (await hands.of(db, events)).items():
        people[event] |= members
    codes = {code for row in rows if row["path"] for code in areas.ancestors(row["path"])}
    changes = await area_changes.read(db, codes)
    return [
        Waiting(
            row["award"],
            changes.path(row["path"]) if row["path"] else None,
            tuple(sorted(people[row["event"]] | {row["verifier"]})),
        )
        for row in rows
    ]


def _kept(
    each: Waiting, given: str | None, verifiers: Sequence[Grant], homes: Mapping[str, str | None]
) -> bool:
    """Whether somebody has it who may look."""
    theirs = [grant for grant in verifiers if grant.member == given]
    return bool(theirs) and bool(assignments.rota([each], theirs, homes, {}).assigned)


async def page(book: Book, verifier: str, *, after: str = "", limit: int = A_PAGE) -> Page:
    """What waits for a verifier's second look, the oldest first, after the one of that contribution. Six statements."""
    rows = await book.reader.execute_query_dict(_MINE, [verifier, after, after, limit + 1])
    keys = [row["contribution"] for row in rows]
    found = await _read(book, keys[:limit])
    return Page(tuple(found), keys[limit - 1] if len(keys) > limit else None)


async def count(book: Book, verifier: str, *, most: int = 100) -> int:
    """How many second looks wait for a verifier; more than `most` are not counted. One statement."""
    return len(await book.reader.execute_query_dict(_MINE, [verifier, "", "", most]))


async def find(book: Book, contribution: str) -> Look:
    """The second look at the award of a contribution; raises UnknownLook when it was not drawn."""
    found = await _read(book, [contribution])
    if not found:
        raise UnknownLook
    return found[0]


async def _read(book: Book, contributions: Sequence[str]) -> list[Look]:
    rows = await Verification.filter(contribution__in=list(contributions)).using_db(book.reader)
    awards = [row.reference for row in rows if row.reference]
    drawn = {row.award: row for row in await SecondLook.filter(award__in=awards).using_db(book.reader)}
    events = Event.filter(id__in=[row.event for row in rows]).using_db(book.reader)
    by_key = {event.id: event for event in await latest.read(book.reader, await events)}
    given = SecondLookGiven.filter(award__in=awards).using_db(book.reader).order_by("id")
    holder = {row.award: row.verifier for row in await given}
    answers = {
        row.award: row for row in await SecondLookAnswer.filter(award__in=awards).using_db(book.reader)
    }
    found = [
        Look(row, by_key[row.event], drawn[name].drawn_on, holder.get(name), answers.get(name))
        for row in rows
        if (name := row.reference or "") in drawn
    ]
    return sorted(found, key=lambda each: (each.drawn_on, each.award.contribution))


async def refusal(book: Book, look: Look, *, by: str) -> AwardsError | None:
    """Why somebody may not look again, as things stand now; None when they may."""
    bench = await waiting.load(book, [look.event.id], by=by)
    (event,) = bench.events
    first = look.award.verifier
    homes = await households.of(book, [by, first])
    if by == first:
        return OwnEvent(verifier=by)
    if households.same_side(by, first, homes):
        return OwnHousehold(verifier=by)
    if look.given != by:
        return NotAssigned(verifier=by)
    grants = await roles.grants_of(book, by, book.today())
    return bench.involved(event, by=by) or bench.without_role(event, by=by, grants=grants)


async def agree(book: Book, contribution: str, *, by: str) -> Look:
    """Somebody else looked and agrees. Again by the same changes nothing.

    Raises UnknownLook, LookAnswered when it was answered otherwise, and what `refusal` says.
    """
    look = await find(book, contribution)
    if not _answered(look, by=by, agrees=True):
        await _require(book, look, by=by)
        await _answer(book, look, by=by, request=None)
    return await find(book, contribution)


async def disagree(book: Book, contribution: str, *, reason: str, note: str = "", by: str) -> Look:
    """Somebody else looked and does not agree: they ask for its correction, for a second person to decide.

    Again by the same changes nothing. Raises what `agree` raises, and what `correction_requests.ask` raises.
    """
    look = await find(book, contribution)
    if not _answered(look, by=by, agrees=False):
        await _require(book, look, by=by)
        key = f"second-look-{contribution}"
        asked = await correction_requests.ask(
            book, look.award.reference or "", reason, by=by, key=key, note=note
        )
        await _answer(book, look, by=by, request=asked.id)
    return await find(book, contribution)


def _answered(look: Look, *, by: str, agrees: bool) -> bool:
    """Whether just this was answered before; raises LookAnswered for anything else."""
    if look.answer is None:
        return False
    if (look.answer.verifier, look.answer.agrees) != (by, agrees):
        raise LookAnswered(day=look.answer.answered_on)
    return True


async def _require(book: Book, look: Look, *, by: str) -> None:
    why = await refusal(book, look, by=by)
    if why:
        raise why


async def _answer(book: Book, look: Look, *, by: str, request: str | None) -> None:
    contribution, award = look.award.contribution, look.award.reference or ""
    name = f"second-look/{contribution}"
    row = SecondLookAnswer(
        award=award,
        verifier=by,
        agrees=request is None,
        request=request,
        answered_on=book.today().isoformat(),
        reference=name,
    )
    facts = {"agrees": "no" if request else "yes", "by": by, "of": award, "request": request or ""}
    try:
        await acts.post(book, name, ("second-look", contribution), facts, [row])
    except (ReferenceConflict, RowConflict) as conflict:
        raise LookAnswered(day=row.answered_on) from conflict
