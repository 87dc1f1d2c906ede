"""What a member has coming: what is on notice or waits for one, and what somebody still checks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from ledger.book import Book
from points.awards import in_line
from points.events import steps
from points.people.twice import merges

AT_MOST = 100
"""Lines of a kind that are read; a page says when there are more."""


@dataclass(frozen=True, slots=True)
class Coming:
    """One contribution whose points cannot be used yet.

    what        the event's own words
    happened_on the day of the event, in the book's zone
    points      what was awarded; None while it is being checked
    closes_on   the day its notice closes; None before it is published
    verifier    who decided, or who is to decide; None while nobody can be asked
    ahead       how many are before it in line for money, when it was accepted and waits; None otherwise
    disputed    an objection froze it
    """

    contribution: str
    what: str
    role: str
    minutes: int
    happened_on: date
    points: int | None
    closes_on: date | None
    verifier: str | None
    disputed: bool = False
    ahead: int | None = None


_NOTICED = """
SELECT v.contribution, e.subtype_name, e.type_name, c.role, v.minutes, e.occurred_at, v.points, n.closes_on, v.verifier,
    EXISTS (SELECT 1 FROM openness_freeze AS f WHERE f.award = v.reference
        AND NOT EXISTS (SELECT 1 FROM openness_release AS r WHERE r.freeze = f.reference)) AS disputed
FROM awards_verification AS v
JOIN events_event AS e ON e.id = v.event JOIN events_contribution AS c ON c.id = v.contribution
LEFT JOIN openness_notice_line AS l ON l.award = v.reference LEFT JOIN openness_notice AS n ON n.id = l.notice
WHERE v.member IN ({mine}) AND v.points > 0
    AND NOT EXISTS (SELECT 1 FROM awards_vesting AS w WHERE w.award = v.reference)
    AND NOT EXISTS (SELECT 1 FROM awards_correction AS x WHERE x.of_reference = v.reference)
ORDER BY e.occurred_at DESC, e.id LIMIT ?"""

_CHECKED = f"""
SELECT c.id AS contribution, e.subtype_name, e.type_name, c.role, c.minutes, e.occurred_at, NULL AS points,
    NULL AS closes_on,
    (SELECT a.verifier FROM events_assignment AS a WHERE a.event = e.id ORDER BY a.id DESC LIMIT 1) AS verifier
FROM events_contribution AS c JOIN events_event AS e ON e.id = c.event
WHERE c.member IN ({{mine}}) AND NOT EXISTS (SELECT 1 FROM awards_verification AS v WHERE v.contribution = c.id)
    AND NOT {steps.IS_FALSE}
ORDER BY e.occurred_at DESC, e.id LIMIT ?"""  # noqa: S608 - a fragment of ours


async def noticed(book: Book, member: str, *, limit: int = AT_MOST) -> list[Coming]:
    """Awards that have not vested, the latest event first, frozen ones among them. Two statements.

    Together they are the member's noticed and disputed points; those of numbers that were merged into it are theirs.
    """
    return await _read(book, _NOTICED, member, limit)


async def being_checked(book: Book, member: str, *, limit: int = AT_MOST) -> list[Coming]:
    """Contributions that were given nothing yet, the latest event first. They are promised, not in the ledger.

    Nobody decided on them, or they were accepted and wait in line for money. Four statements.
    """
    checked = await _read(book, _CHECKED, member, limit)
    ahead = {place.contribution: place.ahead for place in await in_line.of_member(book, member)}
    return [replace(each, ahead=ahead.get(each.contribution)) for each in checked]


async def _read(book: Book, statement: str, member: str, limit: int) -> list[Coming]:
    mine = await merges.group(book, member)
    sql = statement.format(mine=", ".join("?" for _ in mine))
    return [_coming(book, row) for row in await book.reader.execute_query_dict(sql, [*mine, limit])]


def _coming(book: Book, row: dict[str, Any]) -> Coming:
    closes_on = row["closes_on"]
    return Coming(
        contribution=row["contribution"],
        what=row["subtype_name"] or row["type_name"],
        role=row["role"],
        minutes=row["minutes"] or 0,
        happened_on=_instant(row["occurred_at"]).astimezone(book.zone).date(),
        points=row["points"],
        closes_on=date.fromisoformat(closes_on) if closes_on else None,
        verifier=row["verifier"],
        disputed=bool(row.get("disputed")),
    )


def _instant(value: datetime | str) -> datetime:
    """PostgreSQL has a type for instants; SQLite keeps a text."""
    return value if isinstance(value, datetime) else datetime.fromisoformat(value)
