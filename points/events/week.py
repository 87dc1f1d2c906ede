"""The week of 吹哨报到: Monday to Wednesday issues are collected, on Thursday listed, on Friday the units come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ledger.book import Book
from points.events import listing, workdays
from points.events.listing import Line
from points.events.records import Dispatch
from points.events.selection import Wanted
from points.keys import first_key

FRIDAY = "包保单位志愿日"
"""The type by which the rules know Friday's activity."""
MOST = 200


@dataclass(frozen=True, slots=True)
class Week:
    """A week in some areas. `days` are Monday to Friday, and `works` says which of them are working days.

    collected  reports of these days that are not over and were not whistled for, the first one first
    listed     of all events those that units were whistled for in this week
    held       Friday's activities
    more       there are more than MOST of one kind; the list of events has them all
    """

    days: tuple[date, ...]
    works: tuple[bool, ...]
    collected: tuple[Line, ...]
    listed: tuple[Line, ...]
    held: tuple[Line, ...]
    more: bool


async def read(book: Book, codes: Sequence[str | None], day: date) -> Week:
    """The week that a day is in, as these areas see it. A constant number of statements."""
    days = workdays.week_of(day)
    everything = await listing.page(
        book, Wanted(tuple(codes), kind="report", since=days[0], until=days[-1]), limit=MOST
    )
    friday = await listing.page(
        book, Wanted(tuple(codes), kind="activity", since=days[-1], until=days[-1]), limit=MOST
    )
    sent = await _whistled(book, days)
    whistled = await listing.within(book, tuple(codes), sent)
    lines = sorted(everything.lines, key=lambda line: line.event.id)
    return Week(
        days=days,
        works=tuple(workdays.is_workday(each) for each in days),
        collected=tuple(line for line in lines if not line.life.over and line.event.id not in whistled),
        listed=tuple(await listing.lines_of(book, whistled)),
        held=tuple(line for line in friday.lines if line.event.type_name == FRIDAY),
        more=everything.after is not None or len(sent) == MOST,
    )


async def _whistled(book: Book, days: Sequence[date]) -> list[str]:
    """The events that units were whistled for in these days, the first one first; keys begin with their time."""
    begin, end = [datetime.combine(day, time(), book.zone) for day in (days[0], days[-1] + timedelta(days=3))]
    rows = Dispatch.filter(id__gte=first_key(begin), id__lt=first_key(end), lane="whistle")
    found = await rows.using_db(book.reader).order_by("id").limit(MOST)
    return list(dict.fromkeys(row.event for row in found))
