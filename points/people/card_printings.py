"""Cards are printed, and who printed which stays known: a printing is an act, with a row for each of its cards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger.book import Book
from ledger.transactions import Draft
from points.evidence import acts
from points.people import areas, card_acts, cards, clerks, kinds, members
from points.people.card_records import CardPrint, CardPrinting
from points.people.code_errors import BadKeyOfPage
from points.people.directory import Areas
from points.people.errors import UnknownCard
from points.people.models import Card

WHAT = "cards-printed"
WHICH = ("waiting", "all")
_KEY = re.compile("[0-9a-zA-Z]{1,32}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One printing as it can be printed now: the cards of it that still work, in their order, and how many do not."""

    number: str
    printed_by: str
    printed_at: datetime
    cards: tuple[card_acts.Printed, ...]
    stopped: int


@dataclass(frozen=True, slots=True)
class Trace:
    """That a card was printed."""

    card: str
    printed_by: str
    printed_at: datetime


async def of_members(book: Book, wanted: Sequence[str], *, by: str, key: str) -> str:
    """Print the cards these members can use; the number of the printing. Its key gives the same again.

    Raises UnknownMember, UnknownCard when none of them has one, NotAllowed where one lives outside of one's areas.
    """
    numbers = list(dict.fromkeys(wanted))[: card_acts.A_PAGE]
    asked = {"by": by, "members": numbers}
    if await _before(book, key, asked):
        return key
    people = {number: await members.find(book, number) for number in numbers}
    for place in sorted({one.area for one in people.values()}):
        await clerks.require(book, by, place, clerks.PIN_ROLES)
    return await _print(book, numbers, None, asked, by=by, key=key)


async def of_place(book: Book, area: str, *, which: str, by: str, key: str, after: str = "") -> str:
    """Print the cards of a place, a hundred at most; the number of the printing. Its key gives the same again.

    `waiting`: of everybody there whose card was never printed, and who has none gets one; press again for the next
    hundred. `all`: the next hundred cards in use, `after` a number. Raises UnknownArea, NotAllowed, UnknownCard.
    """
    assert which in WHICH, which
    asked = {"after": after, "area": area, "by": by, "which": which}
    if await _before(book, key, asked):
        return key
    await clerks.require(book, by, area, clerks.PIN_ROLES)
    if which == "all":
        numbers = await card_acts.of_place(book, area, after=after, limit=card_acts.A_PAGE)
        return await _print(book, numbers, area, asked, by=by, key=key)
    numbers = await waiting(book, area)
    await cards.issue_missing(book, numbers, on=book.today())
    return await _print(book, numbers, area, asked, by=by, key=key)


async def waiting(book: Book, area: str) -> list[str]:
    """The first hundred members of a place and below whose card was never printed, by number. Two statements."""
    inside, codes = await areas.below(book, [area])
    sql = _WAITING.format(inside=inside)
    values = [*codes, kinds.STAFF, card_acts.A_PAGE]
    return [row["number"] for row in await book.reader.execute_query_dict(sql, values)]


async def find(book: Book, number: str, mine: Areas) -> Sheet:
    """A printing, with its cards in one's own areas; UnknownCard when there are none, or no such printing."""
    row = await CardPrinting.get_or_none(id=number, using_db=book.reader)
    if row is None:
        raise UnknownCard
    lines = sorted(await CardPrint.filter(printing=number).using_db(book.reader), key=lambda line: line.id)
    people = await members.many(book, {line.member for line in lines})
    places = await areas.many(book, {one.area for one in people.values()})
    if not any(areas.covers(place.path, code) for place in places.values() for code in mine):
        raise UnknownCard
    still = {line.card for line in lines}
    try:
        printed = await card_acts.printed(book, [line.member for line in lines], mine)
    except UnknownCard:
        printed = []  # all of them were stopped since
    usable = tuple(one for one in printed if one.number in still)
    return Sheet(row.id, row.printed_by, row.printed_at, usable, len(lines) - len(usable))


async def traces(book: Book, member: str) -> list[Trace]:
    """Every time a card of this member was printed, the latest first. Two statements."""
    lines = await CardPrint.filter(member=member).using_db(book.reader)
    rows = CardPrinting.filter(id__in=[line.printing for line in lines]).using_db(book.reader)
    printings = {row.id: row for row in await rows}
    found = [
        Trace(line.card, printings[line.printing].printed_by, printings[line.printing].printed_at)
        for line in lines
    ]
    return sorted(found, key=lambda trace: trace.printed_at, reverse=True)


async def _before(book: Book, key: str, asked: dict[str, Any]) -> bool:
    if not _KEY.fullmatch(key):
        raise BadKeyOfPage
    return await acts.before(book, f"{WHAT}/{key}", asked) is not None


async def _print(
    book: Book, numbers: Sequence[str], area: str | None, asked: dict[str, Any], *, by: str, key: str
) -> str:
    usable = await cards.of_many(book, numbers)
    chosen = [usable[number] for number in numbers if number in usable]
    if not chosen:
        raise UnknownCard
    await book.journal.post(_draft(book, chosen, area, asked, by=by, key=key))
    return key


def _draft(
    book: Book, chosen: Sequence[Card], area: str | None, asked: dict[str, Any], *, by: str, key: str
) -> Draft:
    """The act names the members, never their cards: a card's number finds its owner, and an act is read by many."""
    reference = f"{WHAT}/{key}"
    printing = CardPrinting(
        id=key, printed_by=by, printed_at=book.now(), area=area, cards=len(chosen), reference=reference
    )
    lines = [
        CardPrint(id=f"{key}/{place:04d}", printing=key, card=card.number, member=card.member)
        for place, card in enumerate(chosen)
    ]
    facts = {**asked, "members": [card.member for card in chosen]}
    return acts.draft(book, reference, (WHAT, key), facts, [printing, *lines], request=asked)


_WAITING = """
SELECT m.number FROM people_member AS m JOIN people_area AS a ON a.code = m.area
WHERE {inside} AND m.kind <> ? AND EXISTS (SELECT 1 FROM people_person AS p WHERE p.member = m.number)
AND NOT EXISTS (SELECT 1 FROM people_member_merge AS g WHERE g.gone = m.number
    AND NOT EXISTS (SELECT 1 FROM people_member_merge_undo AS u WHERE u."merge" = g.id))
AND NOT EXISTS (SELECT 1 FROM people_card AS c JOIN people_card_print AS x ON x.card = c.number
    WHERE c.member = m.number AND NOT EXISTS (SELECT 1 FROM people_card_loss AS l WHERE l.card = c.number))
ORDER BY m.number LIMIT ?"""
