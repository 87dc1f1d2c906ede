"""Choosing a password of one's own: the first thing that staff do with one that somebody else set."""

from __future__ import annotations

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import passwords
from web import access, forms, pages, sessions
from web.access import form
from web.forms import Code, Filled, FormModel
from web.i18n import N_, Say
from web.refusals import said


class Own(FormModel):
    """A password, typed twice; taken as typed."""

    key: Code = Field(title=N_("编号"))
    secret: str = Field(title=N_("新口令"), max_length=200)
    again: str = Field(title=N_("再输一次"), max_length=200)


async def show(request: Request) -> Response:
    """GET /password"""
    _require_choosing(request)
    return _page(request, forms.empty(Own))


async def create(request: Request) -> Response:
    """POST /password: kept as their own; every session with the old one ends, and this browser is signed in anew."""
    _require_choosing(request)
    filled = forms.read(Own, form(request))
    value, book, member = filled.value, access.book(request), access.who(request).member
    if value is None:
        return _page(request, filled, status_code=422)
    if value.secret != value.again:
        return _page(
            request, filled.failed("again", Say(N_("两次输的不一样，请再输一次。"))), status_code=422
        )
    pepper = request.app.state.settings.pepper()
    try:
        await passwords.choose(book, member, value.secret, key=value.key, pepper=pepper)
    except PointsError as refusal:
        return _page(request, filled.failed("secret", said(refusal)), status_code=422)
    await sessions.end_all(book, member)
    await sessions.begin(request, member, sessions.STAFF)
    return pages.see("/")


def _require_choosing(request: Request) -> None:
    """Anybody else's password is set anew by another admin."""
    if access.who(request).kind != access.CHOOSING:
        raise HTTPException(404)


def _page(request: Request, filled: Filled[Own], *, status_code: int = 200) -> Response:
    return pages.render(request, "password.html", status_code=status_code, filled=filled)
