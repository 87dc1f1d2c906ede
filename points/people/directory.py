"""The directory: members found by number, phone, card or name, among those of the areas somebody answers for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.people import areas, cards, lookup, members, scans, words
from points.people.errors import BadCardNumber, CardStopped, UnknownCard
from points.people.models import Member, Person

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Listed:
    """One member in a list; the name is whole, for those who keep the register."""

    number: str
    kind: str
    area: str
    name: str | None
    phone_tail: str | None


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of one member."""

    member: Member
    person: Person | None
    area_name: str


Areas = Sequence[str | None]
"""The areas somebody answers for; None is the whole book."""


LAST = "\U0010ffff"
"""No character comes after this one."""


async def search(book: Book, text: str, mine: Areas, *, after: str = "", limit: int = A_PAGE) -> list[Listed]:
    """Members of these areas by number, phone, card, or the beginning of a name, those after one of them.

    By number, those of a name by name and number. Nothing searched for is everybody. Those of other areas are not
    there. Raises CardStopped.
    """
    sql, values = await statement(book, text, mine, after=after, limit=limit)
    return [Listed(**row) for row in await book.reader.execute_query_dict(sql, values)]


async def statement(
    book: Book, text: str, mine: Areas, *, after: str, limit: int
) -> tuple[str, list[str | int]]:
    """What `search` asks of the database, and with which values: along an index, whatever is searched for."""
    read = unicodedata.normalize("NFKC", text).strip()
    inside, codes = ("1 = 1", []) if None in mine else await areas.below(book, [c for c in mine if c])
    if read and not any(c.isdigit() for c in read):
        last = await Person.get_or_none(member=after, using_db=book.reader) if after else None
        beyond = (last.name, last.member) if last else ("", "")
        return _BY_NAME.format(inside=inside), [read, read + LAST, *beyond, *codes, limit]
    where, values = ("m.number = ?", [await _number(book, read) or ""]) if read else ("1 = 1", [])
    return _BY_NUMBER.format(where=where, inside=inside), [*values, after, *codes, limit]


_BY_NUMBER = """
SELECT m.number, m.kind, m.area, p.name, p.phone_tail FROM people_member AS m
JOIN people_area AS a ON a.code = m.area LEFT JOIN people_person AS p ON p.member = m.number
WHERE {where} AND m.number > ? AND {inside} ORDER BY m.number LIMIT ?"""

# A name is looked up first and its area after: a join would let SQLite begin with the area, and read all who are there.
_BY_NAME = """
SELECT m.number, m.kind, m.area, p.name, p.phone_tail FROM people_person AS p
JOIN people_member AS m ON m.number = p.member
WHERE p.name >= ? AND p.name < ? AND (p.name, p.member) > (?, ?)
    AND EXISTS (SELECT 1 FROM people_area AS a WHERE a.code = m.area AND {inside})
ORDER BY p.name, p.member LIMIT ?"""


async def known(book: Book, number: str, mine: Areas) -> Known | None:
    """A member of these areas by number; None for any other, as for one that does not exist."""
    member = await Member.get_or_none(number=number, using_db=book.reader)
    if member is None:
        return None
    place = (await areas.many(book, [member.area])).get(member.area)
    path = place.path if place else f"/{member.area}/"
    if not any(areas.covers(path, code) for code in mine):
        return None
    person = await Person.get_or_none(member=number, using_db=book.reader)
    return Known(member, person, place.name if place else member.area)


async def _number(book: Book, text: str) -> str | None:
    """The one member whom a number, a card or a whole phone names."""
    text = scans.read(text)
    if cards.number_in(text) or lookup.TOKEN.fullmatch(text):
        try:
            return await cards.find(book, text)
        except UnknownCard:
            return None
        except (BadCardNumber, CardStopped):
            raise
    if number := words.number(text):
        return number
    if len(re.sub(r"\D", "", text)) >= 11:
        return await members.number_of_phone(book, text)
    return None
