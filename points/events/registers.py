"""Registers by place and month: 民情台账, and 矛盾隐患排查预警工作台账, in the order things happened.

A line has what the event's own rows say: never the prose somebody wrote, and never the parties of a mediation, so that
a register can lie on a desk. Who answers for it is the handler it was last sent to, else who wrote down the handling.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.book import Book
from points.events import figures, listing, selection
from points.events.latest import CATEGORY
from points.events.listing import Line
from points.events.models import Step
from points.events.periods import Period
from points.events.records import Mediation
from points.events.selection import Wanted
from points.openness import masking
from points.people import members

KINDS = {"concerns": "民情台账", "risks": "矛盾隐患排查预警工作台账"}
"""Every register: of all that was reported; of disputes, mediations and hazards."""
RISKS = ("D", "S", "F", "H")
"""Categories of the second: disputes, public order, fire, work safety."""
A_PAGE = 50
AT_ONCE = 500

_WHICH = {
    "concerns": "e.kind IN ('report', 'mediation')",
    "risks": f"e.kind IN ('report', 'mediation') AND (e.kind = 'mediation' OR {CATEGORY} IN {RISKS})",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a register.

    outcome      one of points.events.figures.OUTCOMES
    unit         the department that handles it
    responsible  whose name stands there: masked, unless the reader may see names
    mediation    what came of mediating: oral, ordinary, difficult, failed
    """

    line: Line
    outcome: str
    unit: str | None
    responsible: str | None
    mediation: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines; the next page begins after the event `after`, None on the last page."""

    entries: tuple[Entry, ...]
    after: str | None


async def page(
    book: Book,
    kind: str,
    area: str | None,
    period: Period,
    *,
    names: bool,
    after: str = "",
    limit: int = A_PAGE,
) -> Page:
    """A page of a register, the first event first; `names`: the reader may see whole names. None counts.

    A constant number of statements, each of which reads a page and no more.
    """
    assert kind in KINDS, f"there is no register {kind}"
    wanted = Wanted((area,), since=period.first, until=period.last)
    ways = [way.narrowed(_WHICH[kind]) for way in await selection.ways(book, wanted)]
    sql, values = selection.page(ways, after, limit + 1, earliest=True)
    keys = [row["id"] for row in await book.reader.execute_query_dict(sql, values)]
    found = await _entries(book, keys[:limit], names=names)
    return Page(tuple(found), keys[limit - 1] if len(keys) > limit else None)


async def parts(
    book: Book, kind: str, area: str | None, period: Period, *, names: bool
) -> AsyncIterator[tuple[Entry, ...]]:
    """All lines of a register, AT_ONCE at a time, the first event first."""
    after: str | None = ""
    while after is not None:
        part = await page(book, kind, area, period, names=names, after=after, limit=AT_ONCE)
        yield part.entries
        after = part.after


async def whole(book: Book, kind: str, area: str | None, period: Period, *, names: bool) -> list[Entry]:
    """All lines of a register."""
    return [entry async for part in parts(book, kind, area, period, names=names) for entry in part]


async def _entries(book: Book, keys: Sequence[str], *, names: bool) -> list[Entry]:
    lines = await listing.lines_of(book, keys)
    cases = await figures.of(book, keys)
    mediated = await Mediation.filter(event__in=list(keys)).using_db(book.reader)
    results = {row.event: row.outcome for row in mediated}
    answers = await _responsible(book, lines)
    called = await _called(book, answers, names=names)
    return [
        Entry(
            line=line,
            outcome=cases[line.event.id].outcome,
            unit=cases[line.event.id].unit,
            responsible=called.get(answers.get(line.event.id, "")),
            mediation=results.get(line.event.id),
        )
        for line in lines
    ]


async def _responsible(book: Book, lines: Sequence[Line]) -> dict[str, str]:
    """Who answers for each event, by member number."""
    keys = [line.event.id for line in lines]
    steps: Any = Step.filter(event__in=keys, name="handled", actor__isnull=False).using_db(book.reader)
    handled = {step.event: step.actor for step in await steps.order_by("id")}
    sent = {line.event.id: line.sent.dispatch.handler for line in lines if line.sent}
    return handled | {event: handler for event, handler in sent.items() if handler}


async def _called(book: Book, answers: dict[str, str], *, names: bool) -> dict[str, str]:
    """What they are called, by number; the number itself of somebody whose name was erased."""
    people = await members.many(book, answers.values())
    known = {number: someone.name or number for number, someone in people.items()}
    if names:
        return known
    masked = masking.mask_list({number: name for number, name in known.items() if name != number})
    return known | masked
