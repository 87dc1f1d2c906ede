"""A member's statement, month by month: opening + in − out = closing, and what cannot be used yet apart from it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points import statement
from points.awards import coming, expiry_warnings, purse
from points.people import areas, members
from points.statement import Statement
from web import access, bodies, entries, owing_words, pages

MONTHS_A_PAGE = 12
_MONTH = re.compile(r"([12][0-9]{3})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Month:
    """One line of the list of months; each can be added up, and the next begins where it ends."""

    first: date
    opening: int
    came_in: int
    went_out: int
    closing: int


async def this_month(request: Request) -> Response:
    """GET /statement: this month, and what cannot be used yet."""
    return await _show(request, access.book(request).today())


async def month(request: Request) -> Response:
    """GET /statement/{month}: a month gone by, such as 2026-10."""
    asked = _read(request.path_params["month"])
    return await _show(request, asked)


async def everything(request: Request) -> Response:
    """GET /statement/all: the months in which something moved, the newest first, twelve to a page."""
    book, asking = access.book(request), access.who(request)
    before = bodies.query(request).one("before")
    until = _read(before) - timedelta(days=1) if before else book.today()
    whole = await statement.between(book, asking.member, statement.BEGINNING, until)
    found = months(whole)
    shown = found[:MONTHS_A_PAGE]
    older = shown[-1].first if len(found) > len(shown) else None
    return pages.render(
        request,
        "months.html",
        months=shown,
        older=older,
        newer=bool(before),
        last_month=_last_month(book.today()),
    )


def months(whole: Statement) -> list[Month]:
    """A statement cut into the months in which something moved, the newest first."""
    found: dict[date, Month] = {}
    balance = whole.opening
    for line in whole.lines:
        first = line.on.replace(day=1)
        before = found.get(first) or Month(first, balance, 0, 0, balance)
        came_in, went_out = before.came_in + max(line.amount, 0), before.went_out + max(-line.amount, 0)
        balance = before.opening + came_in - went_out
        found[first] = Month(first, before.opening, came_in, went_out, balance)
    return list(reversed(found.values()))


async def _show(request: Request, day: date) -> Response:
    book, asking = access.book(request), access.who(request)
    today = book.today()
    first, last = statement.month_of(day)
    if first > today:
        raise HTTPException(404)
    told = await statement.between(book, asking.member, first, min(last, today))
    now = first == today.replace(day=1)
    whole = (await members.many(book, [asking.member]))[asking.member]
    places = await areas.many(book, [whole.area])
    return pages.render(
        request,
        "statements.html",
        first=first,
        now=now,
        previous=(first - timedelta(days=1)).replace(day=1),
        following=last + timedelta(days=1) if not now else None,
        today=today,
        last_month=_last_month(today),
        told=told,
        rows=await entries.of_lines(request, list(reversed(told.lines))),
        soon=await expiry_warnings.soon(book, asking.member, today) if now else [],
        held=(await purse.summary(book, asking.member, today)).held if now else 0,
        owed=await owing_words.told(request, asking.member) if now else None,
        noticed=await entries.of_coming(request, await coming.noticed(book, asking.member)) if now else [],
        checked=await entries.of_coming(request, await coming.being_checked(book, asking.member))
        if now
        else [],
        member=asking.member,
        place=places[whole.area].name if whole.area in places else "",
    )


def _last_month(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _read(text: str) -> date:
    """The first day of a month written as 2026-10; anything else is no page of ours."""
    found = _MONTH.fullmatch(text)
    if found is None:
        raise HTTPException(404)
    return date(int(found[1]), int(found[2]), 1)
