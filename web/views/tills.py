"""A till's own doors: lock the screen and open it again, and the second screens beside it."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from web import access, again, bodies, forms, pages, screens, sessions, tills
from web.access import form
from web.counters import the_shop
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say
from web.pages import local
from web.screens import UnknownScreen


class Password(FormModel):
    """What opens a locked screen; taken as typed."""

    secret: str = Field(title=N_("您的密码"), max_length=200)


class Pairing(FormModel):
    """What stands on the second screen."""

    code: Line = Field(title=N_("副屏上的 6 位数字"))


async def lock(request: Request) -> Response:
    """POST /lock: nothing opens on this browser until the password was given again; then it is where it was."""
    back = local(form(request).one("next", "/"))
    if access.who(request).kind == sessions.STAFF:
        await sessions.lock(request)
    return pages.see(f"/locked?next={back}")


async def locked(request: Request) -> Response:
    """GET /locked"""
    back = local(bodies.query(request).one("next", "/"))
    if access.who(request).kind != access.LOCKED:
        return pages.see(back)
    return _locked_page(request, forms.empty(Password), back)


async def unlock(request: Request) -> Response:
    """POST /locked: the password of who locked it, and on they go. Wrong ones count with those of signing in."""
    back, filled = local(form(request).one("next", "/")), forms.read(Password, form(request))
    if access.who(request).kind != access.LOCKED:
        return pages.see(back)
    if filled.value is None:
        return _locked_page(request, filled, back, status_code=422)
    if refused := await again.refusal(request, filled.value.secret):
        why, status = refused
        return _locked_page(request, filled.failed("secret", why), back, status_code=status)
    return pages.see(back)


async def beside(request: Request) -> Response:
    """GET /counter/{shop}/screens: how to put a second screen beside this till, and what is there."""
    await the_shop(request)
    return await _screens_page(request, forms.empty(Pairing))


async def pair(request: Request) -> Response:
    """POST /counter/{shop}/screens: from now on the screen with these digits shows what this till shows it."""
    shop, filled = await the_shop(request), forms.read(Pairing, form(request))
    if filled.value is None:
        return await _screens_page(request, filled, status_code=422)
    book, now, code = access.book(request), request.app.state.now(), forms.plain_digits(filled.value.code)
    try:
        await screens.pair(book, code, till=tills.begin(request), shop=shop.number, now=now)
    except UnknownScreen:
        nothing = Say(
            N_("没有连上：没有一块屏显示这 6 位数字。请照屏上的再输一次；超过 10 分钟的，在屏上换一个。")
        )
        return await _screens_page(request, filled.failed("code", nothing), status_code=422)
    return pages.see(f"/counter/{shop.number}/screens")


async def part(request: Request) -> Response:
    """POST /counter/{shop}/screens/part: no second screen shows anything of this till any more."""
    shop, till = await the_shop(request), tills.of(request)
    if till is not None:
        await screens.part(access.book(request), till=till)
    return pages.see(f"/counter/{shop.number}/screens")


def _locked_page(
    request: Request, filled: Filled[Password], back: str, *, status_code: int = 200
) -> Response:
    name = access.who(request).name
    return pages.render(request, "locked.html", status_code=status_code, filled=filled, back=back, name=name)


async def _screens_page(request: Request, filled: Filled[Pairing], *, status_code: int = 200) -> Response:
    shop, there = await the_shop(request), await screens.beside(access.book(request), tills.of(request))
    words: dict[str, Any] = {"shop": shop, "filled": filled, "screens": there}
    return pages.render(request, "till_screens.html", status_code=status_code, **words)
