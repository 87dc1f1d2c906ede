"""Duplicates: members of one's areas who may be one person under two numbers, a stretch of the register at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ledger.book import Book
from ledger.errors import RowConflict
from points.people import acts, areas, clerks, members
from points.people.kinds import STAFF
from points.people.records import NotTheSame
from points.people.twice import likeness, merges
from points.people.twice.errors import SameMember
from points.people.twice.likeness import Traits

A_STRETCH = 500
"""Members looked at for one page: each is compared with those born on the same day, wherever in the areas."""
WHAT = "not-the-same"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two members who may be one, the smaller number first, and why."""

    one: Traits
    two: Traits
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The pairs whose first number lies in a stretch of the register; `looked` members were in it.

    The next stretch begins after `next`, None at the end.
    """

    pairs: tuple[Pair, ...]
    looked: int
    next: str | None


_STRETCH = """
SELECT m.number FROM people_member AS m JOIN people_area AS a ON a.code = m.area
WHERE {here} AND m.number > ? AND m.kind <> ? ORDER BY m.number LIMIT ?"""

_COLUMNS = ", ".join(
    f"{side}.{column} AS {side}_{column}"
    for side in "pq"
    for column in ("member", "name", "birthday", "born_year", "phone")
)
_PAIRS = f"""
SELECT {_COLUMNS} FROM people_member AS m JOIN people_area AS a ON a.code = m.area
JOIN people_person AS p ON p.member = m.number
JOIN people_person AS q ON {{same}} AND q.member > p.member
JOIN people_member AS n ON n.number = q.member JOIN people_area AS b ON b.code = n.area
WHERE {{here}} AND m.number > ? AND m.number <= ? AND m.kind <> ? AND {{there}} AND n.kind <> ?"""  # noqa: S608

_BORN = """q.birthday = p.birthday AND abs(length(p.name) - length(q.name)) <= 2
    AND (q.name LIKE '%' || substr(p.name, 1, 1) || '%'
        OR q.name LIKE '%' || substr(p.name, length(p.name), 1) || '%')"""
_TAIL = "q.phone_tail = p.phone_tail"


async def find(book: Book, mine: Sequence[str | None], *, after: str = "", stretch: int = A_STRETCH) -> Page:
    """The pairs that begin in the next stretch of the register of these areas (None: the book), by number.

    Both members are in these areas. Closed numbers, staff, the erased, and two of whom a clerk said that they are two
    are not there. A constant number of statements.
    """
    here, places = await _inside(book, mine, "a.path")
    there, elsewhere = await _inside(book, mine, "b.path")
    stretched = _STRETCH.format(here=here)
    rows = await book.reader.execute_query_dict(stretched, [*places, after, STAFF, stretch])
    if not rows:
        return Page((), 0, None)
    last = rows[-1]["number"]
    values = [*places, after, last, STAFF, *elsewhere, STAFF]
    found: dict[tuple[str, str], Pair] = {}
    for same in (_BORN, _TAIL):
        sql = _PAIRS.format(same=same, here=here, there=there)
        found |= _alike(await book.reader.execute_query_dict(sql, values))
    pairs = await _standing(book, found)
    return Page(tuple(pairs), len(rows), last if len(rows) == stretch else None)


async def apart(book: Book, one: str, two: str, *, by: str, key: str) -> None:
    """Write down that two members are two people, by a clerk of both their areas; said twice changes nothing.

    Raises UnknownMember, SameMember, NotAllowed.
    """
    first, second = sorted([(await members.exact(book, n)).number for n in (one, two)])
    if first == second:
        raise SameMember
    for someone in (await members.many(book, [first, second])).values():
        await clerks.require(book, by, someone.area)
    pair = f"{first}/{second}"
    if await NotTheSame.filter(pair=pair).using_db(book.reader).exists():
        return
    row = NotTheSame(pair=pair, said_on=book.today().isoformat(), said_by=by)
    try:
        await acts.post(book, WHAT, first, {"other": second}, [row], by=by, key=key)
    except RowConflict:
        return  # somebody else said so in the same moment


async def _inside(book: Book, mine: Sequence[str | None], column: str) -> tuple[str, list[str]]:
    return ("1 = 1", []) if None in mine else await areas.below(book, [c for c in mine if c], column)


def _alike(rows: Sequence[dict[str, Any]]) -> dict[tuple[str, str], Pair]:
    found = {}
    for row in rows:
        one, two = _traits(row, "p"), _traits(row, "q")
        if why := likeness.alike(one, two):
            found[one.number, two.number] = Pair(one, two, why)
    return found


def _traits(row: dict[str, Any], side: str) -> Traits:
    fields = ("member", "name", "birthday", "born_year", "phone")
    return Traits(*(row[f"{side}_{field}"] for field in fields))


async def _standing(book: Book, found: dict[tuple[str, str], Pair]) -> list[Pair]:
    """Those of whom nobody decided anything, by number."""
    closed = await merges.into(book, {number for pair in found for number in pair})
    named = [f"{one}/{two}" for one, two in found]
    said: set[str] = set()
    for start in range(0, len(named), merges.AT_ONCE):
        rows = NotTheSame.filter(pair__in=named[start : start + merges.AT_ONCE]).using_db(book.reader)
        said.update([str(pair) for pair in await rows.values_list("pair", flat=True)])
    return [
        pair
        for (one, two), pair in sorted(found.items())
        if one not in closed and two not in closed and f"{one}/{two}" not in said
    ]
