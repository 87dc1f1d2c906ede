"""What the book knows of a part of a file: one statement for each question, however many rows it is asked about."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from ledger.book import Book
from points.events.latest import AREA
from points.people.models import Area

_EVENTS = f"""
SELECT e.id, e.external_id, {AREA} AS area FROM events_event AS e
WHERE e.source = ? AND e.external_id IN (SELECT value FROM json_each(?))"""  # noqa: S608 - a fragment of ours
_CONTRIBUTIONS = """
SELECT c.event, c.member, c.role, c.minutes, c.outcome FROM events_contribution AS c
WHERE c.event IN (SELECT value FROM json_each(?))"""
_AREAS = """
SELECT a.code, a.name, a.level, a.parent, a.path FROM people_area AS a
WHERE a.code IN (SELECT value FROM json_each(?))"""
_HOUSEHOLDS = "SELECT h.number FROM people_household AS h WHERE h.number IN (SELECT value FROM json_each(?))"
_TEAMS = "SELECT t.name FROM people_team AS t WHERE t.name IN (SELECT value FROM json_each(?))"


class Happened(NamedTuple):
    """An event of the book: its key, and the code of the area where it is today."""

    key: str
    area: str | None


async def events(book: Book, source: str, numbers: Iterable[str]) -> dict[str, Happened]:
    """The events of a source by the numbers they have there; absent those the book has not."""
    rows = await _ask(book, _EVENTS, numbers, source)
    return {row["external_id"]: Happened(row["id"], row["area"]) for row in rows}


async def contributions(
    book: Book, events: Iterable[str]
) -> dict[tuple[str, str, str], tuple[int | None, str | None]]:
    """Minutes and outcome of what was done in these events, by event, member and role."""
    rows = await _ask(book, _CONTRIBUTIONS, events)
    return {(row["event"], row["member"], row["role"]): (row["minutes"], row["outcome"]) for row in rows}


async def households(book: Book, numbers: Iterable[str]) -> set[str]:
    """Those of these households that there are."""
    return {row["number"] for row in await _ask(book, _HOUSEHOLDS, numbers)}


async def teams(book: Book, names: Iterable[str]) -> set[str]:
    """Those of these teams that there are, by name."""
    return {row["name"] for row in await _ask(book, _TEAMS, names)}


async def areas(book: Book, codes: Iterable[str]) -> dict[str, Area]:
    """Areas by code, as they were laid: not as they were renamed or moved since."""
    return {row["code"]: Area(**row) for row in await _ask(book, _AREAS, codes)}


async def _ask(book: Book, statement: str, about: Iterable[str], *before: str) -> list[dict[str, Any]]:
    wanted = sorted(set(about))
    if not wanted:
        return []
    rows = await book.reader.execute_query_dict(statement, [*before, json.dumps(wanted, ensure_ascii=False)])
    return [dict(row) for row in rows]
