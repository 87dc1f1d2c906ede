"""Numbers that were merged: a closed number is from then on another name of the one that was kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ledger.book import Book
from points.people.errors import UnknownMember
from points.people.twice.errors import MergedInto

AT_ONCE = 500
_STANDING = """
SELECT m.id, m.kept, m.gone, m.merged_on, m.merged_by, m.reference FROM people_member_merge AS m
WHERE {condition} AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = m.id)
ORDER BY (SELECT x.position FROM ledger_transaction AS x WHERE x.reference = m.reference)"""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merge that stands: `gone` is closed and `kept` goes on for both. `reference` is its first entry."""

    id: str
    kept: str
    gone: str
    merged_on: str
    merged_by: str
    reference: str


async def into(book: Book, numbers: Iterable[str]) -> dict[str, str]:
    """Of these numbers the closed ones, each with the open number that stands for it now.

    One statement for each 500, and one more for each merge that a merge was followed by.
    """
    wanted, steps = set(numbers), dict[str, str]()
    asked = wanted
    while asked:
        found = {row.gone: row.kept for row in await _among(book, "gone", asked)}
        steps |= found
        asked = set(found.values()) - steps.keys()
    return {number: _end(steps, number) for number in wanted if number in steps}


async def stands_for(book: Book, number: str) -> str:
    """The open number by which a number is known now: itself, unless it was closed."""
    return (await into(book, [number])).get(number, number)


async def group(book: Book, number: str) -> list[str]:
    """A number and every closed one that led to it, itself first."""
    return list(await names(book, [number]))


async def names(book: Book, numbers: Iterable[str]) -> dict[str, str]:
    """Every name of these numbers: each of them, and each closed one that led to it, with the one asked for.

    One statement for each 500, and one more for each merge that followed a merge.
    """
    found = {number: number for number in numbers}
    asked = set(found)
    while asked:
        rows = [row for row in await _among(book, "kept", asked) if row.gone not in found]
        found |= {row.gone: found[row.kept] for row in rows}
        asked = {row.gone for row in rows}
    return found


async def of(book: Book, number: str) -> list[Merged]:
    """The merges that stand and have to do with a number, the earliest first: it was closed, or was kept. One
    statement."""
    condition = "(m.gone = ? OR m.kept = ?)"
    rows = await book.reader.execute_query_dict(_STANDING.format(condition=condition), [number, number])
    return [Merged(**row) for row in rows]


async def every(book: Book) -> list[Merged]:
    """All the merges that stand, the earliest first. One statement."""
    return [
        Merged(**row) for row in await book.reader.execute_query_dict(_STANDING.format(condition="1 = 1"), [])
    ]


async def require_open(book: Book, number: str) -> None:
    """Raise MergedInto for a number that was closed."""
    last = await stands_for(book, number)
    if last != number:
        raise MergedInto(member=number, into=last)


async def require_member(book: Book, number: str) -> None:
    """Raise UnknownMember for a number that nobody has, MergedInto for one that was closed. One statement."""
    rows = await book.reader.execute_query_dict(_MEMBER, [number])
    if not rows:
        raise UnknownMember(member=number)
    if rows[0]["kept"] is not None:
        raise MergedInto(member=number, into=await stands_for(book, number))


_MEMBER = """
SELECT m.number, (SELECT closed.kept FROM people_member_merge AS closed WHERE closed.gone = m.number
    AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = closed.id)
    ORDER BY closed.id DESC LIMIT 1) AS kept
FROM people_member AS m WHERE m.number = ?"""


async def _among(book: Book, column: str, numbers: Iterable[str]) -> list[Merged]:
    wanted, found = sorted(set(numbers)), list[Merged]()
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        condition = f"m.{column} IN ({', '.join('?' for _ in part)})"
        rows = await book.reader.execute_query_dict(_STANDING.format(condition=condition), part)
        found += [Merged(**row) for row in rows]
    return found


def _end(steps: dict[str, str], number: str) -> str:
    """The last number of a way. There are no circles; should rows ever say so, the way ends after one round."""
    for _ in range(len(steps)):
        number = steps.get(number, number)
    return number
