"""Who stands in line for money: contributions that were accepted and that their fund could not pay yet."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tortoise.backends.base.client import BaseDBAsyncClient

from ledger.book import Book
from points.awards.cases import Doing
from points.awards.planning import Fund
from points.events import steps
from points.people.twice import merges

_TURNED = "(SELECT count(*) FROM events_step AS t WHERE t.event = q.event AND t.name IN ('found_false', 'reopened'))"
_UNDECIDED = "NOT EXISTS (SELECT 1 FROM awards_verification AS w WHERE w.contribution = q.contribution)"
STANDS = f"q.turns = {_TURNED} AND {_UNDECIDED}"
"""Whether a place in line, `q`, still counts: nothing was decided since, and its event took no turn."""
IS_IN_LINE = f"EXISTS (SELECT 1 FROM awards_in_line AS q WHERE q.contribution = c.id AND {STANDS})"  # noqa: S608
"""Whether a contribution, `c`, was accepted and waits for money."""
_WAITING = f"""FROM awards_in_line AS q JOIN events_event AS e ON e.id = q.event
WHERE q.community = ? AND q.month = ? AND {STANDS} AND NOT {steps.IS_FALSE}"""
_COLUMNS = "q.id, q.contribution, q.event, q.member, q.verifier, q.decided_on, q.community, q.month"


@dataclass(frozen=True, slots=True)
class Place:
    """A contribution that waits for money, accepted by somebody on a day; `ahead` are those before it in its line."""

    id: str
    contribution: str
    event: str
    member: str
    verifier: str
    decided_on: date
    community: str
    month: str
    ahead: int | None = None


async def first(book: Book, fund: Fund, *, after: str = "", limit: int) -> list[Place]:
    """Those who stand in line for a fund, the first first, after one of them. One statement.

    It walks the places ever taken in that one community and month, whatever else the book holds.
    """
    sql = f"SELECT {_COLUMNS} {_WAITING} AND q.id > ? ORDER BY q.id LIMIT ?"
    rows = await book.reader.execute_query_dict(sql, [*fund, after, limit])
    return [_place(row) for row in rows]


async def lengths(book: Book, funds: Collection[Fund]) -> dict[Fund, int]:
    """How many stand in each of these lines; those where nobody does are absent. One statement."""
    sql = f"""SELECT q.community, q.month, count(*) AS n
FROM json_each(?) AS wanted JOIN awards_in_line AS q
    ON q.community = wanted.value ->> 0 AND q.month = wanted.value ->> 1
JOIN events_event AS e ON e.id = q.event
WHERE {STANDS} AND NOT {steps.IS_FALSE} GROUP BY q.community, q.month"""  # noqa: S608 - fragments of ours
    rows = await book.reader.execute_query_dict(sql, [json.dumps([list(fund) for fund in funds])])
    return {(row["community"], row["month"]): int(row["n"]) for row in rows}


async def everywhere(book: Book) -> list[Fund]:
    """The funds that somebody waits for. One statement, which walks all places ever taken: for the sweep."""
    sql = f"""SELECT DISTINCT q.community, q.month FROM awards_in_line AS q JOIN events_event AS e ON e.id = q.event
WHERE {STANDS} AND NOT {steps.IS_FALSE} ORDER BY q.community, q.month"""  # noqa: S608 - fragments of ours
    return [(row["community"], row["month"]) for row in await book.reader.execute_query_dict(sql, [])]


async def accepted(db: BaseDBAsyncClient, events: Sequence[str]) -> set[str]:
    """The contributions to these events that were accepted and wait for money. One statement."""
    sql = f"""SELECT q.contribution FROM awards_in_line AS q
WHERE q.event IN (SELECT value FROM json_each(?)) AND {STANDS}"""  # noqa: S608 - a fragment of ours
    rows = await db.execute_query_dict(sql, [json.dumps(list(events))])
    return {row["contribution"] for row in rows}


async def marked(
    book: Book, doings: Mapping[str, tuple[Doing, ...]]
) -> tuple[Mapping[str, tuple[Doing, ...]], frozenset[str]]:
    """The same contributions, those in line being accepted and given nothing yet; and the events that ever had a place.

    What those repeat was judged when they took it, and is not judged again. One statement.
    """
    sql = f"""SELECT q.event, q.contribution, CASE WHEN {STANDS} THEN 1 ELSE 0 END AS stands FROM awards_in_line AS q
WHERE q.event IN (SELECT value FROM json_each(?))"""  # noqa: S608 - a fragment of ours
    rows = await book.reader.execute_query_dict(sql, [json.dumps(list(doings))])
    if not rows:
        return doings, frozenset()
    there = {row["contribution"] for row in rows if row["stands"]}
    found = {
        event: tuple(replace(one, decided="accepted") if one.id in there else one for one in each)
        for event, each in doings.items()
    }
    return found, frozenset(row["event"] for row in rows)


async def of_event(book: Book, event: str) -> list[Place]:
    """The contributions to an event that wait for money, each with how many are before it. One statement."""
    return await _ranked(book, "q.event = ?", [event])


async def of_member(book: Book, member: str) -> list[Place]:
    """What of a member's waits for money, each with how many are before it. Two statements."""
    mine = await merges.group(book, member)
    condition = f"c.member IN ({', '.join('?' for _ in mine)})"
    return await _ranked(book, condition, list(mine))


async def _ranked(book: Book, condition: str, values: list[str]) -> list[Place]:
    """Places with their rank. The line is walked once for each of them."""
    before = f"""SELECT count(*) FROM awards_in_line AS b JOIN events_event AS f ON f.id = b.event
    WHERE b.community = q.community AND b.month = q.month AND b.id < q.id
    AND {STANDS.replace("q.", "b.")} AND NOT {steps.IS_FALSE.replace("e.id", "f.id")}"""  # noqa: S608 - of ours
    sql = f"""SELECT {_COLUMNS}, ({before}) AS ahead
FROM events_contribution AS c JOIN awards_in_line AS q ON q.contribution = c.id JOIN events_event AS e ON e.id = q.event
WHERE {condition} AND {STANDS} AND NOT {steps.IS_FALSE} ORDER BY q.id"""  # noqa: S608 - fragments of ours
    return [_place(row) for row in await book.reader.execute_query_dict(sql, values)]


def _place(row: dict[str, str]) -> Place:
    ahead = row.get("ahead")
    return Place(
        id=row["id"],
        contribution=row["contribution"],
        event=row["event"],
        member=row["member"],
        verifier=row["verifier"],
        decided_on=date.fromisoformat(row["decided_on"]),
        community=row["community"],
        month=row["month"],
        ahead=None if ahead is None else int(ahead),
    )
