"""A household's page: who lives there, what happened, and what can be changed and taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import areas, clerks, household_changes, households, members
from points.people.twice import merges
from web import access, pages, paging, register
from web.access import form
from web.bodies import Malformed
from web.i18n import N_, Say
from web.refusals import said
from web.register import Pressed
from web.views import members as register_pages

WHAT = {
    "joined": N_("住进来"),
    "left": N_("搬出去"),
    "split": N_("分户"),
    "merged": N_("并户"),
    "undone": N_("撤销了一次变动"),
}


async def show(request: Request) -> Response:
    """GET /households/{household}"""
    return await _shown(request)


async def move(request: Request) -> Response:
    """POST /members/{member}/household: into one, into a new one, or out of any."""
    known, sent = await register.the_member(request), form(request)
    number, by, key = known.member.number, access.who(request).member, _key(request)
    try:
        await merges.require_open(access.book(request), number)
        if sent.one("what") == "leave":
            await household_changes.leave(access.book(request), number, by=by, key=key)
        else:
            home = sent.one("household").strip() or None
            await household_changes.join(access.book(request), number, home, by=by, key=key)
    except PointsError as refusal:
        return await register_pages.shown(request, Pressed("household", said(refusal)))
    return pages.see(f"/members/{number}")


async def split(request: Request) -> Response:
    """POST /households/{household}/split: those who were ticked begin one of their own."""
    household, leaving = request.path_params["household"], form(request).all("member")

    async def work(book: Any, by: str, key: str) -> None:
        await household_changes.split(book, household, leaving, by=by, key=key)

    return await _done(request, work)


async def merge(request: Request) -> Response:
    """POST /households/{household}/merge: everybody goes to live in another."""
    household, into = request.path_params["household"], form(request).one("into").strip()

    async def work(book: Any, by: str, key: str) -> None:
        await household_changes.merge(book, household, into=into, by=by, key=key)

    return await _done(request, work)


async def undo(request: Request) -> Response:
    """POST /households/{household}/undo: a change is taken back."""
    household, change = request.path_params["household"], form(request).one("change")

    async def work(book: Any, by: str, key: str) -> None:
        found = await household_changes.of_change(book, change)
        if found is None or not any(household in (line.before, line.after) for line in found.lines):
            raise HTTPException(404)
        await household_changes.undo(book, change, by=by, key=key)

    return await _done(request, work)


async def _done(request: Request, work: Callable[[Any, str, str], Awaitable[None]]) -> Response:
    await _of_mine(request)
    try:
        await work(access.book(request), access.who(request).member, _key(request))
    except PointsError as refusal:
        return await _shown(request, said(refusal))
    return pages.see(f"/households/{request.path_params['household']}")


async def _of_mine(request: Request) -> list[str]:
    """Who lives there; 404 unless somebody of it, now or ever, is in one's areas."""
    book, household = access.book(request), request.path_params["household"]
    there = await households.members_of(book, household)
    people = await members.many(book, {*there, *await household_changes.ever(book, household)})
    places = await areas.many(book, {one.area for one in people.values()})
    mine = register.mine(access.who(request), clerks.ROLES)
    if not any(areas.covers(place.path, code) for place in places.values() for code in mine):
        raise HTTPException(404)
    return there


async def _shown(request: Request, refused: Say | None = None) -> Response:
    there, book = await _of_mine(request), access.book(request)
    past = await household_changes.history(book, request.path_params["household"], paging.turn(request))
    numbers = {*there, *(line.member for each in past for line in each.lines)}
    words: dict[str, Any] = {
        "household": request.path_params["household"],
        "there": there,
        "past": past,
        "turns": paging.links(request, past),
        "people": await members.many(book, numbers),
        "what": WHAT,
        "refused": refused,
    }
    return pages.render(request, "household.html", status_code=422 if refused else 200, **words)


def _key(request: Request) -> str:
    key = form(request).one("key")
    if not key.isalnum() or not key.isascii() or len(key) > 40:
        raise Malformed("key")
    return key
