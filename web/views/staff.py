"""Staff: enrol somebody who works here, and give them a password to begin with, or a new one; shown once."""

from __future__ import annotations

import secrets

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import areas, members, passwords
from points.people.errors import NotAllowed
from web import access, forms, pages, places, sessions
from web.access import Who, form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

ROLES = ("admin",)
LEVELS = ("district", "street", "community", "grid")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
NO_PLACE = N_("没有找到这个地方。请写区划的名字，同名的写代码。")


class NewStaff(FormModel):
    """Somebody who is to work here."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("姓名"), max_length=40)
    phone: Line = Field("", title=N_("手机号（可不填）"), max_length=20)
    home: Line = Field(title=N_("在哪里工作"))


class Reset(FormModel):
    """Whose password is to be new."""

    number: Line = Field(title=N_("工号"), max_length=40)


async def new(request: Request) -> Response:
    """GET /staff: enrol somebody, or give somebody a new password."""
    return await _page(request, forms.empty(NewStaff), forms.empty(Reset))


async def create(request: Request) -> Response:
    """POST /staff: enrol somebody; the page that answers shows their first password, this once."""
    filled = forms.read(NewStaff, form(request))
    value, book, asking = filled.value, access.book(request), access.who(request)
    if value is None:
        return await _page(request, filled, forms.empty(Reset), status_code=422)
    home = places.read(value.home, await places.offered(book, asking, ROLES, LEVELS))
    if home is None or not await _mine(request, home):
        return await _page(request, filled.failed("home", Say(NO_PLACE)), forms.empty(Reset), status_code=422)
    try:
        made = await members.enrol(
            book,
            name=value.name,
            kind="staff",
            area=home,
            by=asking.member,
            on=book.today(),
            key=value.key,
            phone=value.phone or None,
        )
    except PointsError as refusal:
        named = "phone" if "Phone" in type(refusal).__name__ else "name"
        return await _page(request, filled.failed(named, said(refusal)), forms.empty(Reset), status_code=422)
    return await _give(request, made.number)


async def reset(request: Request) -> Response:
    """POST /staff/password: a new password for somebody of one's areas, who is signed out everywhere at once."""
    filled = forms.read(Reset, form(request))
    if filled.value is None:
        return await _page(request, forms.empty(NewStaff), filled, status_code=422)
    try:
        found = await members.find(access.book(request), filled.value.number)
        return await _give(request, found.number)
    except PointsError as refusal:
        failed = filled.failed("number", said(refusal))
        return await _page(request, forms.empty(NewStaff), failed, status_code=422)


async def _give(request: Request, number: str) -> Response:
    """Set a password of ours, note the act, end their sessions, and show it: nobody can be shown it again."""
    book, asking = access.book(request), access.who(request)
    someone = await members.find(book, number)
    if not await _mine(request, someone.area):
        raise NotAllowed(member=asking.member, role="admin")
    word = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3))
    pepper = request.app.state.settings.pepper()
    await passwords.reset(book, number, word, by=asking.member, pepper=pepper)
    await sessions.end_all(book, number)
    return pages.render(request, "staff_password.html", someone=someone, word=word)


async def _mine(request: Request, code: str) -> bool:
    """Whether one is admin where an area lies."""
    asking: Who = access.who(request)
    path = await areas.path(access.book(request), code)
    return any(areas.covers(path, mine) for mine in asking.areas("admin"))


async def _page(
    request: Request, filled: Filled[NewStaff], reset: Filled[Reset], *, status_code: int = 200
) -> Response:
    book, asking = access.book(request), access.who(request)
    return pages.render(
        request,
        "staff.html",
        status_code=status_code,
        filled=filled,
        reset=reset,
        offered=await places.offered(book, asking, ROLES, LEVELS),
    )
