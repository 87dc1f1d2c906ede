"""Alliances and demonstration points: which shops and communities belong together, since when and until when."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market import alliances, shops
from points.market.allied_errors import UnknownAlliance
from points.market.allied_records import Alliance
from points.market.models import Shop
from points.people import areas
from points.people.models import Area
from web import access, allied_words, forms, pages, places
from web.access import form
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

ADMINS = ("admin",)
READERS = ("admin", "fund_keeper", "approver", "auditor")
LEVELS = ("district", "street", "community")


class Founding(FormModel):
    """A new alliance."""

    name: Line = Field(title=N_("叫什么"), max_length=30)
    kind: Literal["alliance", "demonstration"] = Field(title=N_("哪一种"))
    area: Line = Field(title=N_("在哪个区划里"))


class Joining(FormModel):
    """A shop or community that joins: `shop/3`, `community/440310001002`."""

    who: str = Field(title=N_("谁加入"), pattern=r"^(shop/\d{1,9}|community/\d{12,15})$")


class Leaving(FormModel):
    """Which membership ends."""

    membership: str = Field(title=N_("编号"), max_length=32)


async def index(request: Request) -> Response:
    """GET /alliances"""
    return await _index(request, forms.empty(Founding, kind="alliance"))


async def create(request: Request) -> Response:
    """POST /alliances: founds one; twice is once."""
    filled, book = forms.read(Founding, form(request)), access.book(request)
    if filled.value is None:
        return await _index(request, filled, status_code=422)
    offered = await places.offered(book, access.who(request), ADMINS, LEVELS)
    area = places.read(filled.value.area, offered)
    if area is None:
        nowhere = Say(N_("没有找到这个地方。请写区划的名字，同名的写代码。"))
        return await _index(request, filled.failed("area", nowhere), status_code=422)
    value, by = filled.value, access.who(request).member
    try:
        one = await alliances.found(book, value.name, kind=value.kind, area=area, by=by, on=book.today())
    except PointsError as refusal:
        return await _index(request, filled.failed("name", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("alliance", alliance=one.number)))


async def show(request: Request) -> Response:
    """GET /alliances/{alliance}"""
    return await _show(request, await _the_alliance(request), forms.empty(Joining))


async def join(request: Request) -> Response:
    """POST /alliances/{alliance}/members: lets a shop or community join from today on; twice is once."""
    one, book = await _the_alliance(request, ADMINS), access.book(request)
    filled, by = forms.read(Joining, form(request)), access.who(request).member
    if filled.value is None:
        return await _show(request, one, filled, status_code=422)
    kind, _, who = filled.value.who.partition("/")
    try:
        await alliances.join(book, one.number, kind=kind, who=who, by=by, on=book.today())
    except PointsError as refusal:
        return await _show(request, one, filled.failed("who", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("alliance", alliance=one.number)))


async def leave(request: Request) -> Response:
    """POST /alliances/{alliance}/leaves: from today on it belongs to it no more; twice is once."""
    one, book = await _the_alliance(request, ADMINS), access.book(request)
    filled = forms.read(Leaving, form(request))
    mine = {each.id for each in await alliances.members(book, one.number)}
    if filled.value is None or filled.value.membership not in mine:
        raise HTTPException(404)
    by = access.who(request).member
    await alliances.leave(book, filled.value.membership, by=by, on=book.today())
    return pages.see(str(request.app.url_path_for("alliance", alliance=one.number)))


async def _the_alliance(request: Request, roles: tuple[str, ...] = READERS) -> Alliance:
    """The alliance of this address, in the areas of the person asking; 404 otherwise."""
    book = access.book(request)
    try:
        one = await alliances.find(book, min(request.path_params["alliance"], 2**31 - 1))
    except UnknownAlliance:
        raise HTTPException(404) from None
    path = await areas.path(book, one.area)
    if not any(areas.covers(path, code) for code in places.codes(access.who(request), roles)):
        raise HTTPException(404)
    return one


async def _index(request: Request, filled: Filled[Founding], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    every = await alliances.all_alliances(book)
    found = await areas.many(book, [one.area for one in every])
    mine = places.codes(asking, READERS)
    shown = [one for one in every if any(areas.covers(found[one.area].path, code) for code in mine)]
    offered = await places.offered(book, asking, ADMINS, LEVELS) if "admin" in asking.roles else []
    return pages.render(
        request,
        "alliances.html",
        status_code=status_code,
        filled=places.prefilled(filled, offered),
        alliances=shown,
        places=found,
        offered=offered,
        told=allied_words,
    )


async def _show(
    request: Request, one: Alliance, filled: Filled[Joining], *, status_code: int = 200
) -> Response:
    book = access.book(request)
    members, today = await alliances.members(book, one.number), book.today()
    every = await shops.all_shops(book)
    found = await areas.many(book, [one.area, *(s.area for s in every), *(m.who for m in members)])
    decides = any(areas.covers(found[one.area].path, code) for code in access.who(request).areas("admin"))
    there = {(each.kind, each.who) for each in members if each.holds(today)}
    free = await _free(request, one, every, found, there) if decides else []
    return pages.render(
        request,
        "alliance.html",
        status_code=status_code,
        filled=filled,
        alliance=one,
        members=[each for each in members if each.holds(today)],
        gone=[each for each in members if not each.holds(today)],
        names={("shop", str(s.number)): s.name for s in every}
        | {("community", code): area.name for code, area in found.items()},
        place=found[one.area],
        free=free,
        decides=decides,
        told=allied_words,
    )


async def _free(
    request: Request, one: Alliance, every: list[Shop], found: dict[str, Area], there: set[tuple[str, str]]
) -> list[tuple[str, str]]:
    """What may still join, as the choices of a list: the communities and shops of its area."""
    near = await areas.inside(access.book(request), [one.area], ["community"], limit=places.MOST)
    choices = [("community", area.code, area.name) for area in near]
    choices += [("shop", str(s.number), s.name) for s in every if areas.covers(found[s.area].path, one.area)]
    return [(f"{kind}/{who}", name) for kind, who, name in choices if (kind, who) not in there]
