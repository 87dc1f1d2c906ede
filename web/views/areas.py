"""Areas: those of the one who asks, by links and by name; one with what is below, who may do what there, its past."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import NoMatchFound

from points.honours.boards import CLOSERS
from points.openness import masking
from points.people import area_acts, areas, branches, grants, grids, members, role_requests, roles
from points.people.errors import UnknownArea
from points.people.models import Area
from points.people.records import Poster, PosterEnd
from web import access, bodies, pages, place_words, places, qr, words
from web.views.roles import READERS as ROLE_READERS

STAFF = frozenset(roles.NAMES) - {"volunteer"}
CHANGERS = ("admin",)
NOTERS = ("admin", "grid_head")
A_PAGE = 60
REPORT = "report"
"""The door that the QR of a poster for reports opens."""


async def index(request: Request) -> Response:
    """GET /areas?q=: the areas one works in; with a name or code, those that fit among them and below."""
    book, asking = access.book(request), access.who(request)
    query = bodies.query(request)
    wanted, after = query.one("q").strip(), query.one("after")
    mine = places.codes(asking, STAFF)
    if wanted:
        found = await areas.search(book, mine, wanted, limit=A_PAGE)
    elif None in mine:
        found = await areas.roots(book, after=after, limit=A_PAGE)
    else:
        found = sorted((await areas.many(book, [c for c in mine if c])).values(), key=lambda a: a.code)
    more = found[-1].code if not wanted and None in mine and len(found) == A_PAGE else None
    return pages.render(
        request,
        "areas.html",
        found=found,
        wanted=wanted,
        above=await above(book, found),
        more=more,
        sees_roles=bool(asking.roles & set(ROLE_READERS)),
        told=place_words,
    )


async def show(request: Request) -> Response:
    """GET /areas/{area}: what lies below, its profile, who may do what since when, its branches and its past."""
    book, asking = access.book(request), access.who(request)
    area = await find(request)
    today = book.today()
    after = bodies.query(request).one("after")
    below = await areas.children(book, area.code, after=after, limit=A_PAGE)
    granted = await grants.over(book, area.path, today)
    past = await area_acts.history(book, area.code)
    profiles = await grids.of(book, [area.code, *(each.code for each in below)])
    profile = profiles.get(area.code, grids.Profile())
    people = await members.many(
        book,
        {g.member for g in granted} | {p.by for p in past} | {m for m in (profile.head, profile.worker) if m},
    )
    codes = (
        {g.area for g in granted if g.area}
        | set(areas.ancestors(area.path))
        | {p.into for p in past if p.into}
    )
    approved = await role_requests.approved_by(book, [g.id for g in granted])
    named = await areas.many(book, codes)
    parent = named.get(area.parent or "")
    return pages.render(
        request,
        "area.html",
        area=area,
        gone=any(p.what in ("merged", "closed") for p in past),
        below=below,
        more=below[-1].code if len(below) == A_PAGE else None,
        profiles=profiles,
        profile=profile,
        granted=granted,
        approved=approved,
        names={number: who.name or number for number, who in people.items()},
        places=named,
        parent=parent if parent and covers(asking, STAFF, parent) else None,
        branches=await branches.at(book, area.code),
        past=past,
        changes=covers(asking, CHANGERS, area),
        notes=covers(asking, NOTERS, area),
        closes=covers(asking, CLOSERS, area),
        told=place_words,
        words=words,
        today=today,
    )


async def card(request: Request) -> Response:
    """GET /areas/{area}/card: the service contact card of a grid, to print."""
    area = await find(request)
    if area.level != "grid":
        raise HTTPException(404)
    book = access.book(request)
    profile = (await grids.of(book, [area.code])).get(area.code, grids.Profile())
    people = await members.many(book, [m for m in (profile.head, profile.worker) if m])
    place = await areas.many(book, areas.ancestors(area.path))
    return pages.render(
        request,
        "area_card.html",
        area=area,
        profile=profile,
        head=_shown(people.get(profile.head or "")),
        worker=_shown(people.get(profile.worker or "")),
        community=next((a for a in place.values() if a.level == "community"), None),
        poster=await _poster(request, area),
        told=place_words,
    )


def _shown(someone: Any) -> tuple[str, str | None] | None:
    """How a card names somebody: staff whole and with their phone, anybody else masked and without."""
    if someone is None or not someone.name:
        return None
    if someone.kind == "staff":
        return someone.name, someone.phone
    return masking.mask_list({someone.number: someone.name})[someone.number], None


async def _poster(request: Request, area: Area) -> Any:
    """The QR of the poster for reports that hangs here, or in the community; None while none does."""
    book, codes = access.book(request), areas.ancestors(area.path)
    hung = (
        await Poster.filter(purpose="report", area__in=codes)
        .using_db(book.reader)
        .order_by("-made_on", "code")
    )
    gone = await PosterEnd.filter(poster__in=[each.code for each in hung]).using_db(book.reader)
    down = {each.poster for each in gone}
    up = sorted((p for p in hung if p.code not in down), key=lambda p: codes.index(p.area), reverse=True)
    try:
        return qr.inline(str(request.url_for(REPORT, poster=up[0].code)), label=area.name) if up else None
    except NoMatchFound:
        return None


async def find(request: Request, names: Collection[str] = STAFF) -> Area:
    """The area a path names, for somebody with such a role over it; for anyone else it is not there."""
    try:
        area = await areas.find(access.book(request), request.path_params["area"])
    except UnknownArea:
        raise HTTPException(404) from None
    if not covers(access.who(request), names, area):
        raise HTTPException(404)
    return area


def covers(asking: access.Who, names: Collection[str], area: Area) -> bool:
    """Whether somebody holds one of these roles over an area."""
    return any(areas.covers(area.path, code) for role in names for code in asking.areas(role))


async def above(book: Any, found: Collection[Area]) -> dict[str, str]:
    """Where each area lies, in names: 坪山区 › 坪山街道."""
    named = await areas.many(book, {code for area in found for code in areas.ancestors(area.path)})
    return {
        area.code: " › ".join(named[c].name for c in areas.ancestors(area.path)[:-1] if c in named)
        for area in found
    }
