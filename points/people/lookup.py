"""Finding somebody at the counter: by card, member number or phone; or by phone tail, surname and birthday together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from ledger.book import Book
from points.people import areas, cards, identity_codes, members, scans, words
from points.people.errors import AskMore, BadBirthday, UnknownCard, UnknownMember
from points.people.models import Person
from points.people.twice import merges

TAIL = re.compile(r"\d{4}", re.ASCII)
TOKEN = re.compile(r"[0-9a-fA-F]{32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be meant. `found_by` is card, code, number, phone or manual: the last is 人工查找, and counted.

    The name is whole: pages mask it before they show it.
    """

    member: str
    name: str
    area: str
    area_name: str
    found_by: str


@dataclass(frozen=True, slots=True)
class Described:
    """What somebody without card and phone says of themself."""

    tail: str
    surname: str
    birthday: str


async def find(book: Book, text: str, *, by: str = "", pepper: bytes = b"") -> list[Candidate]:
    """Everyone who may be meant by what was scanned or typed, by member number; empty when nobody is.

        4827 1936 · JF1:… · a card's token · V-000123 · 10000900001 · 0001 王 03-12 (in any order, 3月12日 as well)

    With a pepper identity codes find their member too, once, for `by`: elsewhere than at a counter they find nobody.
    Raises AskMore for a phone tail without surname and birthday, CardStopped for a card reported lost, CodeOver,
    CodeUsed and CodeUnknown for an identity code.
    """
    read = scans.read(text)
    if cards.number_in(read) or TOKEN.fullmatch(read):
        found = await _by_card(book, read)
        if found or not (pepper and identity_codes.is_code(read)):
            return found
    if pepper and identity_codes.is_code(read):
        return await _by_code(book, read, by=by, pepper=pepper)
    if words.number(read):
        return await _by_member(book, read, "number")
    if len(re.sub(r"\D", "", read)) >= 11:
        return await _by_member(book, read, "phone")
    return await _by_description(book, described(read))


def described(text: str) -> Described:
    """Phone tail, surname and birthday out of one line, in any order; raises AskMore when one of them is missing.

    Of two groups of four digits the first is the tail and the second the birthday.
    """
    tail = surname = birthday = ""
    for part in re.split(r"[\s,;，；、]+", unicodedata.normalize("NFKC", text)):
        if TAIL.fullmatch(part) and not tail:
            tail = part
        elif day := _birthday(part):
            birthday = day
        elif part and not any(c.isdigit() for c in part):
            surname = part
    if not (tail and surname and birthday):
        raise AskMore
    return Described(tail, surname, birthday)


async def _by_card(book: Book, text: str) -> list[Candidate]:
    try:
        member = await cards.find(book, text)
    except UnknownCard:
        return []
    return await _candidates(book, [member], "card")


async def _by_code(book: Book, text: str, *, by: str, pepper: bytes) -> list[Candidate]:
    member = await identity_codes.find(book, text, by=by, pepper=pepper)
    return await _candidates(book, [member], "code")


async def _by_member(book: Book, text: str, found_by: str) -> list[Candidate]:
    try:
        someone = await members.find(book, text)
    except UnknownMember:
        return []
    return await _candidates(book, [someone.number], found_by)


async def _by_description(book: Book, said: Described) -> list[Candidate]:
    """The surname may be said whole, or with the given name: 王, 欧阳, 王秀兰."""
    same = Person.filter(phone_tail=said.tail, birthday=said.birthday).using_db(book.reader)
    found = [p for p in await same if said.surname in (words.surname(p.name), p.name[:1], p.name)]
    return await _candidates(book, [p.member for p in found], "manual")


async def _candidates(book: Book, numbers: list[str], found_by: str) -> list[Candidate]:
    closed = await merges.into(book, numbers)
    people = await members.many(book, {closed.get(number, number) for number in numbers})
    places = await areas.many(book, (someone.area for someone in people.values()))
    return [
        Candidate(
            number, who.name or "", who.area, places[who.area].name if who.area in places else "", found_by
        )
        for number, who in sorted(people.items())
    ]


def _birthday(part: str) -> str | None:
    try:
        return words.birthday(part)
    except BadBirthday:
        return None
