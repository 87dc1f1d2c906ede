"""Cards over the counter: issued, reported lost, issued anew. Acts that name the member, never the card."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.book import Book
from points.people import acts, areas, cards, clerks, members
from points.people.directory import Areas
from points.people.errors import UnknownCard
from points.people.models import Card

SHEET = 10
"""Cards of 85 × 54 mm on one A4 page: two by five."""
MOST = 200
A_PAGE = 10 * SHEET
"""Cards of a place on one page of the site: ten sheets, which a small printer still takes."""


@dataclass(frozen=True, slots=True)
class Printed:
    """One card as it is printed; the name is whole, because it is its owner's."""

    number: str
    token: str
    member: str
    name: str
    area_name: str


async def renew(book: Book, member: str, *, by: str, key: str) -> Card:
    """Give somebody a new card; one they had before finds nobody from this moment. The same key gives the same card.

    Raises UnknownMember, NotAllowed.
    """
    someone = await members.find(book, member)
    await clerks.require(book, by, someone.area, clerks.PIN_ROLES)
    if await acts.before(book, "card", someone.number, {}, by=by, key=key):
        card = await cards.of(book, someone.number)
        if card is not None:
            return card
    else:
        await acts.post(book, "card", someone.number, {}, [], by=by, key=key)
    return await cards.issue(book, someone.number, by=by, on=book.today())


async def lost(book: Book, card: str, *, by: str, key: str) -> None:
    """A card was lost and finds nobody from this moment; twice is as good as once.

    Raises BadCardNumber, UnknownCard, NotAllowed.
    """
    found = await cards.named(book, card)
    someone = await members.find(book, found.member)
    await clerks.require(book, by, someone.area)
    await cards.lost(book, found.number, by=by, on=book.today())
    if not await acts.before(book, "card-lost", someone.number, {}, by=by, key=key):
        await acts.post(book, "card-lost", someone.number, {}, [], by=by, key=key)


async def printed(book: Book, wanted: Sequence[str], mine: Areas) -> list[Printed]:
    """The usable cards of these members, of those in one's areas, in the order asked for. Four statements.

    Raises UnknownCard when nobody among them has one.
    """
    people = await members.many(book, wanted[:MOST])
    places = await areas.many(book, {one.area for one in people.values()})
    usable = await cards.of_many(book, people)
    found = []
    for number in dict.fromkeys(wanted[:MOST]):
        one, card = people.get(number), usable.get(number)
        if one is None or card is None or one.area not in places:
            continue
        place = places[one.area]
        if any(areas.covers(place.path, code) for code in mine):
            found.append(Printed(card.number, card.token, number, one.name or "", place.name))
    if not found:
        raise UnknownCard
    return found


async def of_place(book: Book, area: str, *, after: str = "", limit: int = A_PAGE) -> list[str]:
    """The members of an area and below who have a card they can use, by number after one of them. Two statements."""
    inside, codes = await areas.below(book, [area])
    return [
        row["number"]
        for row in await book.reader.execute_query_dict(
            _OF_PLACE.format(inside=inside), [*codes, after, limit]
        )
    ]


_OF_PLACE = """
SELECT m.number FROM people_member AS m JOIN people_area AS a ON a.code = m.area
WHERE {inside} AND m.number > ? AND EXISTS (SELECT 1 FROM people_card AS c WHERE c.member = m.number
    AND NOT EXISTS (SELECT 1 FROM people_card_loss AS l WHERE l.card = c.number))
ORDER BY m.number LIMIT ?"""
