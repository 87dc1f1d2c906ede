"""A resident's household: what those who agree can spend together, and agreeing or taking it back."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market import pools
from points.openness import masking
from points.people import members, pooling
from web import access, pages
from web.access import form
from web.bodies import Malformed
from web.i18n import Say
from web.refusals import said


async def show(request: Request) -> Response:
    """GET /together: a constant number of statements."""
    return await _shown(request)


async def change(request: Request) -> Response:
    """POST /together: somebody of one's household agrees or takes it back; 404 for whom one does not answer for."""
    sent, book, by = form(request), access.book(request), access.who(request).member
    member, verb = sent.one("member"), {"agree": pooling.agree, "take_back": pooling.take_back}
    home = await pooling.home(book, by)
    mate = home.of(member) if home else None
    if mate is None or not mate.may_answer(by) or sent.one("what") not in verb:
        raise HTTPException(404)
    try:
        await verb[sent.one("what")](book, member, by=by, key=_key(request))
    except PointsError as refusal:
        return await _shown(request, said(refusal))
    return pages.see(request.app.url_path_for("together"))


async def _shown(request: Request, refused: Say | None = None) -> Response:
    book, member = access.book(request), access.who(request).member
    home, today = await pooling.home(book, member), book.today()
    pool = await pools.of(book, member, today)
    people = await members.many(book, [each.member for each in home.there] if home else [])
    words: dict[str, Any] = {
        "home": home,
        "mine": home.of(member) if home else None,
        "member": member,
        "names": masking.mask_list({n: one.name or n for n, one in people.items()}),
        "pool": pool,
        "own": await pools.summary(book, home.household, today) if home else None,
        "refused": refused,
    }
    return pages.render(request, "together.html", status_code=422 if refused else 200, **words)


def _key(request: Request) -> str:
    key = form(request).one("key")
    if not key.isalnum() or not key.isascii() or len(key) > 40:
        raise Malformed("key")
    return key
