"""The directory: members found by number, phone, card or name, among those of the areas somebody answers for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.people import areas, cards, lookup, members, words
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


async def search(book: Book, text: str, mine: Areas, *, after: str = "", limit: int = A_PAGE) -> list[Listed]:
    """Members of these areas by number, phone, card, or the beginning of a name, by number after one of them.

    Nothing searched for is everybody. Those of other areas are not there. Raises CardStopped.
    """
    read = unicodedata.normalize("NFKC", text).strip()
    if any(c.isdigit() for c in read):
        number = await _number(book, read)
        where, values = "m.number = ?", [number or ""]
    elif read:
        where, values = "substr(p.name, 1, ?) = ?", [len(read), read]  # type: ignore[list-item]
    else:
        where, values = "1 = 1", []
    inside, codes = ("1 = 1", []) if None in mine else await areas.below(book, [c for c in mine if c])
    sql = f"""
SELECT m.number, m.kind, m.area, p.name, p.phone_tail FROM people_member AS m
JOIN people_area AS a ON a.code = m.area LEFT JOIN people_person AS p ON p.member = m.number
WHERE {where} AND {inside} AND m.number > ? ORDER BY m.number LIMIT ?"""  # noqa: S608 - fragments of ours
    rows = await book.reader.execute_query_dict(sql, [*values, *codes, after, limit])
    return [Listed(**row) for row in rows]


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
