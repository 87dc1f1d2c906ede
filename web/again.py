"""The password once more: what two people answer for is not done on a screen that one of them left."""

from __future__ import annotations

import functools

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from web import access, forms, limits, origins, pages, sessions
from web.access import Doorkeeper, View, form
from web.forms import Filled, FormModel
from web.i18n import N_, Say


class Again(FormModel):
    """Asked beside whatever was sent; taken as typed."""

    again: str = Field(title=N_("您的密码"), max_length=200)


def asked_again(view: View) -> View:
    """The view, for whom the password was asked of at most five minutes ago; others give it now.

    What they sent is kept in the page that asks, and done when the password is right.
    """

    @functools.wraps(view)
    async def asked(request: Request) -> Response:
        if sessions.is_fresh(request):
            return await view(request)
        if "again" not in form(request):
            return _page(request, forms.empty(Again), 403)
        filled = forms.read(Again, form(request))
        if filled.value is None:
            return _page(request, filled, 422)
        if refused := await refusal(request, filled.value.again):
            why, status = refused
            return _page(request, filled.failed("again", why), status)
        return await view(request)

    return asked


async def refusal(request: Request, password: str) -> tuple[Say, int] | None:
    """Why it does not open, with the status of that answer; None when it is right, and fresh from now on.

    Wrong ones count with those of signing in.
    """
    book, now, member = access.book(request), request.app.state.now(), access.who(request).member
    tried = await limits.attempt(book, f"{sessions.STAFF} {member}", now=now)
    if tried.locked_until is not None:
        return Say(N_("试错太多，先等 15 分钟。可以退出，请另一位工作人员来办。")), 429
    keeper: Doorkeeper = request.app.state.doorkeeper
    if await keeper.by_password(book, member, password) != member:
        return Say(N_("密码不对，还可以试 {left} 次。刚才填的都还在。"), left=tried.left), 422
    await limits.forgive(book, tried)
    await sessions.step_up(request)
    return None


def _page(request: Request, filled: Filled[Again], status_code: int) -> Response:
    sent = [(name, value) for name, value in form(request).pairs if name not in ("again", origins.FIELD)]
    name = access.who(request).name
    return pages.render(request, "again.html", status_code=status_code, filled=filled, sent=sent, name=name)
