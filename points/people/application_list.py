"""The applications that wait, for the clerks of a place: the oldest first, with what should be seen before deciding."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ledger.book import Book
from points.people import ages, applications, areas, members
from points.people.applications import Wanted
from points.people.directory import Areas
from points.people.models import Application, ApplicationText, Person

MOST = 50
"""Applications on one page, the oldest: when they are decided the next ones show."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An application that nobody decided yet, for a clerk. `phone_of` is the member who has this phone already, ""
    when that is somebody of another place; `again` says how many others wait with the same phone."""

    number: str
    area: str
    area_name: str
    asked_at: datetime
    wanted: Wanted
    child: bool
    phone_of: str | None = None
    again: int = 0


async def waiting(book: Book, mine: Areas, *, limit: int = MOST) -> list[Waiting]:
    """Those that wait in these areas and below, the oldest first. A constant number of statements."""
    inside, codes = ("1 = 1", []) if None in mine else await areas.below(book, [c for c in mine if c])
    sql = _WAITING.format(where=inside)
    found = await book.reader.execute_query_dict(sql, [*codes, limit])
    numbers = [row["number"] for row in found]
    rows = {row.number: row for row in await Application.filter(number__in=numbers).using_db(book.reader)}
    texts = {
        t.application: t for t in await ApplicationText.filter(application__in=numbers).using_db(book.reader)
    }
    return await _pointed_out(book, [(rows[n], texts[n]) for n in numbers if n in texts], mine)


async def one(book: Book, number: str, mine: Areas) -> Waiting | None:
    """One that waits in these areas; None for any other, for a decided one, and for one that does not exist."""
    row = await Application.get_or_none(number=number[:16], using_db=book.reader)
    text = await ApplicationText.get_or_none(application=number[:16], using_db=book.reader)
    if row is None or text is None or await applications.decision_of(book, row.number):
        return None
    path = await areas.path(book, row.area)
    if not any(areas.covers(path, code) for code in mine):
        return None
    return (await _pointed_out(book, [(row, text)], mine))[0]


_WAITING = """
SELECT w.number FROM people_application_text AS t JOIN people_application AS w ON w.number = t.application
JOIN people_area AS a ON a.code = w.area
WHERE NOT EXISTS (SELECT 1 FROM people_application_decision AS d WHERE d.application = w.number) AND {where}
ORDER BY w.asked_at, w.number LIMIT ?"""


async def _pointed_out(
    book: Book, found: Sequence[tuple[Application, ApplicationText]], mine: Areas
) -> list[Waiting]:
    """The same with what a clerk should see first: whose phone it is, and who else waits with it."""
    phones = [text.phone for _, text in found]
    people = await Person.filter(phone__in=phones).using_db(book.reader)
    known = await _of_mine(book, {str(each.phone): each.member for each in people}, mine)
    alike = await ApplicationText.filter(phone__in=phones).using_db(book.reader)
    places = await areas.many(book, {row.area for row, _ in found})
    return [
        Waiting(
            number=row.number,
            area=row.area,
            area_name=places[row.area].name if row.area in places else row.area,
            asked_at=row.asked_at,
            wanted=applications.said(text),
            child=ages.is_child(str(text.born)[5:], int(str(text.born)[:4]), book.today()),
            phone_of=known.get(text.phone),
            again=sum(each.phone == text.phone for each in alike) - 1,
        )
        for row, text in found
    ]


async def _of_mine(book: Book, holders: Mapping[str, str], mine: Areas) -> dict[str, str]:
    """Who has each phone, "" instead of the number of somebody of a place that is not one's own."""
    people = await members.many(book, holders.values())
    places = await areas.many(book, {who.area for who in people.values()})
    seen = {
        number
        for number, who in people.items()
        if who.area in places and any(areas.covers(places[who.area].path, code) for code in mine)
    }
    return {phone: number if number in seen else "" for phone, number in holders.items()}
