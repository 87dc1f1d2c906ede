"""Satisfaction: how content the reporter is with what was done, and with each unit; it earns and costs no points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from ledger.book import Book
from points.events import dispatches, events, life
from points.events.errors import BadStars, NotReporter, NotYetHandled, UnknownUnit
from points.events.events import Whole
from points.events.records import Satisfaction
from points.events.taking import life_of
from points.evidence import acts
from points.keys import first_key, new_key

LAST = timedelta(days=365)
"""How far back the ratings of units are counted."""


@dataclass(frozen=True, slots=True)
class Rating:
    """How many stars somebody gave, with whom: a unit, or None for the whole."""

    unit: str | None
    stars: int


@dataclass(frozen=True, slots=True)
class Board:
    """What reporters gave a unit within the last year: how many ratings, and the sum of their stars."""

    ratings: int
    stars: int

    @property
    def mean_tenths(self) -> int:
        """Stars on average, in tenths, rounded down."""
        return 10 * self.stars // self.ratings


async def rate(book: Book, event: str, stars: int, *, by: str, key: str, unit: str | None = None) -> None:
    """Say how content one is, once it was handled; the latest word counts. The same key again changes nothing.

    Raises UnknownEvent, NotReporter, NotYetHandled, UnknownUnit (for one it was not sent to) and BadStars.
    """
    reference = f"satisfaction/{event}/{unit or 'whole'}/{key}"
    facts = {"by": by, "event": event, "stars": stars, "unit": unit or ""}
    if await acts.before(book, reference, facts):
        return
    if not 1 <= stars <= 5:
        raise BadStars
    whole = await events.find(book, event)
    if not may_rate(whole, by):
        raise NotReporter
    if not is_rateable(whole, await life_of(book, whole)):
        raise NotYetHandled
    if unit is not None and unit not in {sent.dispatch.unit for sent in await dispatches.of(book, event)}:
        raise UnknownUnit(unit=unit)
    row = Satisfaction(id=new_key(), event=event, unit=unit, stars=stars, rated_at=book.now(), rated_by=by)
    await acts.post(book, reference, ("satisfaction", row.id), facts, [row])


def may_rate(whole: Whole, member: str) -> bool:
    """Whether somebody is the one who reported it."""
    return any(each.member == member and each.role == "reporter" for each in whole.contributions)


def is_rateable(whole: Whole, standing: life.Life) -> bool:
    """Whether there is something to be content with."""
    return whole.event.kind not in life.GATHERINGS and standing.state in (
        "handled",
        "verified",
        "archived",
        "rated",
    )


async def of(book: Book, event: str) -> list[Rating]:
    """The latest word of each kind on an event: on the whole first, then on its units."""
    rows = await Satisfaction.filter(event=event).using_db(book.reader).order_by("id")
    said = {row.unit: row.stars for row in rows}
    return [Rating(unit, said[unit]) for unit in sorted(said, key=lambda unit: unit or "")]


_BOARD = """
SELECT s.unit, count(*) AS ratings, sum(s.stars) AS stars FROM events_satisfaction AS s
WHERE s.id >= ? AND s.unit IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM events_satisfaction AS l WHERE l.event = s.event AND l.unit = s.unit AND l.id > s.id)
GROUP BY s.unit"""


async def boards(book: Book, units: Iterable[str]) -> dict[str, Board]:
    """What each unit was given within a year, the latest word on each event; units without ratings are absent."""
    wanted = set(units)
    rows = await book.reader.execute_query_dict(_BOARD, [first_key(book.now() - LAST)])
    return {row["unit"]: Board(row["ratings"], int(row["stars"])) for row in rows if row["unit"] in wanted}
