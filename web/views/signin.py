"""Signing in and out: residents with their number and PIN, staff with number and password, on two plain pages."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from points.people import words
from points.people.errors import BadPhone
from web import access, bodies, forms, limits, pages, sessions
from web.access import form
from web.forms import Code, Filled, FormModel, wrong
from web.i18n import N_, Say


def _six_digits(text: object) -> object:
    digits = forms.plain_digits(text)
    if not (isinstance(digits, str) and len(digits) == 6 and digits.isascii() and digits.isdigit()):
        raise wrong(N_("密码是 6 位数字，请再看一下。"))
    return digits


Pin = Annotated[str, BeforeValidator(_six_digits)]
"""Six digits as somebody types them; a form never writes them back."""


class ByPin(FormModel):
    """How a resident signs in."""

    number: Code = Field(title=N_("成员号或手机号"))
    secret: Pin = Field(title=N_("6 位密码"))


class ByPassword(FormModel):
    """How staff signs in; a password is taken as typed."""

    number: Annotated[str, BeforeValidator(forms.clean)] = Field(title=N_("工号"), max_length=40)
    secret: str = Field(title=N_("口令"), max_length=200)


SignIn = ByPin | ByPassword
FORMS: dict[str, type[SignIn]] = {sessions.RESIDENT: ByPin, sessions.STAFF: ByPassword}


async def resident(request: Request) -> Response:
    """GET /signin"""
    return _page(request, sessions.RESIDENT)


async def staff(request: Request) -> Response:
    """GET /signin/staff"""
    return _page(request, sessions.STAFF)


async def enter_resident(request: Request) -> Response:
    """POST /signin"""
    return await _enter(request, sessions.RESIDENT)


async def enter_staff(request: Request) -> Response:
    """POST /signin/staff"""
    return await _enter(request, sessions.STAFF)


async def leave(request: Request) -> Response:
    """POST /signout: the row is gone before the answer is sent; text size and language stay."""
    await sessions.end(request)
    return RedirectResponse("/signed-out", 303, {"Clear-Site-Data": '"cache", "storage"'})


async def left(request: Request) -> Response:
    """GET /signed-out"""
    return pages.render(request, "signed_out.html")


def _page(request: Request, kind: str) -> Response:
    asked = bodies.query(request)
    if access.visitor(request):
        return pages.see(asked.one("next", "/"))
    return _render(
        request, kind, forms.empty(FORMS[kind]), asked.one("next", "/"), away=asked.one("away") == "1"
    )


async def _enter(request: Request, kind: str) -> Response:
    filled: Filled[SignIn] = forms.read(FORMS[kind], form(request))
    back = pages.local(form(request).one("next", "/"))
    if filled.value is None:
        return _render(request, kind, filled, back, status_code=422)
    book, now = access.book(request), request.app.state.now()
    here, most = limits.address(request), request.app.state.settings.failed_signins_per_address
    await limits.require(book, here, most=most, now=now)
    tried = await limits.attempt(book, f"{kind} {_spelled(filled.value.number)}", now=now)
    if tried.locked_until:
        return _locked(request, kind, filled, back, tried)
    member = await _find(request, kind, filled.value.number, filled.value.secret)
    if member is None:
        await limits.count(book, here, per=limits.PER_ADDRESS, now=now)
        return _render(request, kind, filled.failed("secret", _refusal(kind, tried)), back, status_code=422)
    await limits.forgive(book, tried)
    if kind == sessions.STAFF and not await request.app.state.doorkeeper.chose(book, member):
        await sessions.begin(request, member, access.CHOOSING)
        return pages.see(access.MustChoose.where)
    await sessions.begin(request, member, kind)
    return pages.see(back)


def _spelled(number: str) -> str:
    """One name for all spellings of a number or phone: V12, v-012 and V-000012 share their tries."""
    try:
        return words.number(number) or words.phone(number)
    except BadPhone:
        return number.casefold()


async def _find(request: Request, kind: str, number: str, secret: str) -> str | None:
    keeper: access.Doorkeeper = request.app.state.doorkeeper
    find = keeper.by_pin if kind == sessions.RESIDENT else keeper.by_password
    return await find(access.book(request), number, secret)


def _refusal(kind: str, tried: limits.Attempt) -> Say:
    """The same words for a number that does not exist."""
    if kind == sessions.STAFF and tried.left:
        return Say(N_("工号或口令不对，还可以试 {left} 次。忘了？请管理员重设。"), left=tried.left)
    if kind == sessions.STAFF:
        return Say(N_("工号或口令不对。为了安全，请等 15 分钟再试。忘了？请管理员重设。"))
    if tried.left:
        return Say(N_("号码或密码不对，还可以试 {left} 次。忘了？到窗口重设。"), left=tried.left)
    return Say(N_("号码或密码不对。为了安全，请等 15 分钟再试。忘了？到窗口重设。"))


def _locked(
    request: Request, kind: str, filled: Filled[SignIn], back: str, tried: limits.Attempt
) -> Response:
    assert tried.locked_until is not None
    wait = max(1, int((tried.locked_until - request.app.state.now()).total_seconds()))
    say = Say(N_("试错太多，还要等 {minutes} 分钟。忘了？到窗口重设。"), minutes=-(-wait // 60))
    if tried.for_good:
        say = Say(N_("试错太多，已经锁住。请带证件到窗口重设密码。"))
    headers = {"Retry-After": str(min(wait, 86_400))}
    return _render(request, kind, filled.failed("secret", say), back, status_code=429, headers=headers)


def _render(
    request: Request,
    kind: str,
    filled: Filled[SignIn],
    back: str,
    *,
    away: bool = False,
    status_code: int = 200,
    headers: dict[str, str] | None = None,
) -> Response:
    words = {"kind": kind, "filled": filled, "back": pages.local(back), "away": away}
    return pages.render(request, "signin.html", status_code=status_code, headers=headers, **words)
