"""Closing a community's year: one asks, another who sees the same figures confirms, and the statement is fixed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ledger import encoding
from ledger.book import Book
from ledger.errors import ReferenceConflict, RowConflict
from points.awards.records import YearClose, YearRefusal, YearRequest
from points.awards.years import closed, figures, waiting
from points.awards.years.closed import Closed
from points.awards.years.errors import (
    NoYear,
    YearChanged,
    YearClosed,
    YearNeedsOther,
    YearNoReason,
    YearNotAsked,
    YearNotOver,
)
from points.awards.years.figures import Figures
from points.awards.years.waiting import Waiting
from points.evidence import acts
from points.keys import new_key
from points.people import areas, requests, roles, sides

ASKERS = ("fund_keeper", "admin")
CONFIRMERS = (*ASKERS, "approver")
FIRST = 2000
REASONS = {"figures": "数字不对", "unfinished": "还有没办完的事", "not_now": "现在不结算", "other": "其他"}
"""Why a request is refused: every code with its word. A code is never taken out: entries cite it for good."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A year as the ledger says it now: its figures, what waits, and the digest of both."""

    figures: Figures
    waiting: Waiting

    @property
    def digest(self) -> str:
        """What both people see, as canonical text."""
        return encoding.digest_of(self.facts())

    def facts(self) -> dict[str, Any]:
        """The figures and how much waits."""
        return {"figures": self.figures.facts(), "waiting": dict(self.waiting.counts)}


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a request was refused (a code of REASONS), by whom and when."""

    reason: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asked that the year be closed; `same`: with the figures that stand in the ledger now."""

    id: str
    by: str
    at: datetime
    digest: str
    same: bool


async def statement(book: Book, community: str, year: int) -> Statement:
    """What the ledger says of a year now; raises NoYear and UnknownArea."""
    await _there(book, community, year)
    return Statement(await figures.read(book, community, year), await waiting.of(book, community, year))


async def _there(book: Book, community: str, year: int) -> None:
    area = await areas.find(book, community)
    if area.level != "community" or not FIRST <= year <= book.today().year:
        raise NoYear(area=area.name, year=year)


async def asked(book: Book, now: Statement) -> Asked | None:
    """The latest request to close this year that has neither lapsed nor been refused. Two statements."""
    year, community = now.figures.year, now.figures.community
    row = await _latest(book, community, year)
    if row is None or await refused(book, row.id):
        return None
    if requests.state(book, row.asked_at, None) == "lapsed":
        return None
    return Asked(row.id, row.asked_by, row.asked_at, row.digest, row.digest == now.digest)


async def ask(book: Book, community: str, year: int, *, by: str, key: str) -> Statement:
    """Ask that a year that has ended be closed with the figures of now; the same key again is the same request.

    Raises NoYear, YearNotOver, YearClosed, UnknownArea, and NotAllowed unless `by` keeps funds or is admin there.
    """
    await _may_close(book, community, year)
    await roles.require_any(book, by, ASKERS, await areas.path(book, community))
    called = f"year-asked/{book.today()}/{key}"
    request = {"by": by, "community": community, "verb": "ask to close", "year": year}
    now = await statement(book, community, year)
    if await acts.before(book, called, request) is None:
        row = YearRequest(
            id=new_key(),
            community=community,
            year=year,
            asked_by=by,
            asked_at=book.now(),
            digest=now.digest,
            reference=called,
        )
        facts = {"by": by, "community": community, "digest": now.digest, "year": year}
        await acts.post(book, called, ("year-asked", row.id), facts, [row], request=request)
    return now


async def _may_close(book: Book, community: str, year: int) -> None:
    await _there(book, community, year)
    if await closed.is_closed(book, community, year):
        raise YearClosed(year=year)
    if book.today().year <= year:
        raise YearNotOver(year=year, day=f"{year + 1}-01-01")


async def confirm(book: Book, community: str, year: int, *, digest: str, by: str) -> Closed:
    """Close a year as both people saw it; pressed twice it is closed once.

    `by` keeps funds, approves or is admin there, and is another side than who asked. Raises what `ask` raises,
    YearNotAsked, YearNeedsOther, and YearChanged when the ledger says something else by now.
    """
    before = await closed.find(book, community, year)
    if before and before.closed_by == by and before.digest == digest:
        return before
    await _may_close(book, community, year)
    await roles.require_any(book, by, CONFIRMERS, await areas.path(book, community))
    now = await statement(book, community, year)
    wanted = await asked(book, now)
    if wanted is None:
        raise YearNotAsked(year=year)
    if await sides.shares(book, by, [wanted.by]):
        raise YearNeedsOther
    if not wanted.same or digest != now.digest:
        raise YearChanged
    await _close(book, now, wanted, by=by)
    found = await closed.find(book, community, year)
    if found is None or found.closed_by != by:
        raise YearClosed(year=year)
    return found


async def refuse(book: Book, community: str, year: int, *, reason: str, digest: str, by: str) -> Refused:
    """Refuse the request to close a year, as it was seen, for a reason of REASONS; the same again changes nothing.

    Whoever might confirm may refuse. Raises what `confirm` raises, YearNoReason, and YearClosed when it was closed
    meanwhile; then nothing is written.
    """
    if reason not in REASONS:
        raise YearNoReason
    await _may_close(book, community, year)
    await roles.require_any(book, by, CONFIRMERS, await areas.path(book, community))
    wanted = await _latest(book, community, year)
    before = await refused(book, wanted.id) if wanted else None
    if before and (before.by, before.reason) == (by, reason):
        return before
    if wanted is None or before or requests.state(book, wanted.asked_at, None) == "lapsed":
        raise YearNotAsked(year=year)
    if await sides.shares(book, by, [wanted.asked_by]):
        raise YearNeedsOther
    if digest != wanted.digest:
        raise YearChanged
    reference = f"year-refused/{wanted.id}"
    row = YearRefusal(
        request=wanted.id, reason=reason, refused_by=by, refused_at=book.now(), reference=reference
    )
    facts = {"by": by, "digest": digest, "reason": reason, "request": wanted.id}
    try:
        await acts.post(book, reference, ("year-refused", wanted.id), facts, [row], request=facts)
    except (ReferenceConflict, RowConflict) as conflict:
        if await closed.is_closed(book, community, year):
            raise YearClosed(year=year) from conflict
        raise YearNotAsked(year=year) from conflict
    return Refused(reason, by, row.refused_at)


async def refused(book: Book, request: str) -> Refused | None:
    """Why and by whom a request was refused; None for one that was not. One statement."""
    row = await YearRefusal.get_or_none(request=request, using_db=book.reader)
    return Refused(row.reason, row.refused_by, row.refused_at) if row else None


async def last_refused(book: Book, community: str, year: int) -> Refused | None:
    """How the latest request to close this year was refused, if it was. Two statements."""
    row = await _latest(book, community, year)
    return await refused(book, row.id) if row else None


async def _latest(book: Book, community: str, year: int) -> YearRequest | None:
    rows = YearRequest.filter(community=community, year=year).using_db(book.reader)
    return await rows.order_by("-id").first()


async def _close(book: Book, now: Statement, wanted: Asked, *, by: str) -> None:
    """One act: the statement is its evidence. Of two who confirm at once one closes the year."""
    key = closed.key_of(now.figures.community, now.figures.year)
    reference = f"year/{key}"
    row = YearClose(
        id=key,
        request=wanted.id,
        asked_by=wanted.by,
        closed_by=by,
        closed_on=book.today().isoformat(),
        digest=now.digest,
        reference=reference,
    )
    facts = {**now.facts(), "asked_by": wanted.by, "closed_by": by, "digest": now.digest}
    request = {"by": by, "digest": now.digest, "verb": "close", "year": key}
    try:
        await acts.post(book, reference, ("year", key), facts, [row], request=request)
    except (ReferenceConflict, RowConflict) as conflict:
        raise YearClosed(year=now.figures.year) from conflict
