"""What expires soon: a list to print for those who tell people at the door, and slips for those without a phone."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from points.awards import expiry_warnings
from points.awards.expiry_warnings import Page, Told
from points.openness import masking
from points.people import areas
from web import access, bodies, pages, places, words

READERS = ("counter", "grid_worker", "grid_head", "notice_publisher", "admin", "auditor")
ON_PAPER = 1000


async def show(request: Request) -> Response:
    """GET /expiring?phone=no&after=&all=1: who was warned and still has what expires, by day; names are masked."""
    query = bodies.query(request)
    everything, without = bool(query.one("all")), query.one("phone") == "no"
    limit = ON_PAPER if everything else expiry_warnings.A_PAGE
    page = await _told(request, limit, without_phone=without)
    book, told = access.book(request), page.told
    chosen = {"phone": "no"} if without else {}
    return pages.render(
        request,
        "expiring.html",
        told=told,
        names=_masked(told),
        places=await areas.many(book, {each.area for each in told}),
        without=without,
        everything=everything,
        paper="?" + urlencode({**chosen, "all": "1"}),
        slips="/expiring/slips?" + urlencode(chosen),
        more="?" + urlencode({**chosen, "after": "/".join(page.after)}) if page.after else None,
        total=sum(each.points for each in told),
        today=book.today(),
        words=words,
    )


async def slips(request: Request) -> Response:
    """GET /expiring/slips?phone=no: a slip for each of them to cut out, with what to do before the day."""
    without = bodies.query(request).one("phone") == "no"
    told = (await _told(request, ON_PAPER, without_phone=without)).told
    return pages.render(
        request,
        "expiring_slips.html",
        told=told,
        names=_masked(told),
        back="/expiring" + ("?phone=no" if without else ""),
        today=access.book(request).today(),
        words=words,
    )


async def _told(request: Request, limit: int, *, without_phone: bool) -> Page:
    """Those of the reader's own areas, after the place that the address names."""
    book, asking = access.book(request), access.who(request)
    day, _, member = bodies.query(request).one("after")[:40].partition("/")
    return await expiry_warnings.listed(
        book,
        places.codes(asking, READERS),
        book.today(),
        without_phone=without_phone,
        after=(day, member),
        limit=limit,
    )


def _masked(told: Sequence[Told]) -> dict[str, str]:
    """Masked names by number; the number itself for a name that was erased."""
    named = {each.member: each.name for each in told if each.name}
    return {each.member: each.member for each in told} | masking.mask_list(named)
