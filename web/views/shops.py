"""Shops and stations: where they are and when they are open, for everybody; and what their people change."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.errors import PointsError
from points.market import catalogue, shop_changes, shops
from points.market.catalogue_files import NAME_AT_MOST
from points.market.errors import UnknownShop
from points.market.models import Shop
from points.market.shop_changes import KINDS
from points.people import areas, members, roles
from points.people.roles import Grant
from web import access, forms, market_words, pages, places
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views.catalogue import here

CHANGERS = ("admin", "counter", "stock_keeper")
LEVELS = ("district", "street", "community")
Kind = Literal["supermarket", "station", "unmanned", "merchant"]


class NewShop(FormModel):
    """A shop to be opened."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("名字"), max_length=NAME_AT_MOST)
    kind: Kind = Field(title=N_("哪一种"))
    area: Line = Field(title=N_("在哪里"))
    hours: Line = Field("", title=N_("开放时间"), max_length=80)


async def index(request: Request) -> Response:
    """GET /shops: every shop with its hours, for everybody."""
    book = access.book(request)
    every = await shops.open_shops(book)
    return pages.render(
        request,
        "shops.html",
        shops=every,
        standings=await shop_changes.read(book, every),
        places=await areas.many(book, {shop.area for shop in every}),
        now=here(book),
        told=market_words,
        opens="admin" in (asking.roles if (asking := access.visitor(request)) else ()),
    )


async def show(request: Request) -> Response:
    """GET /shops/{shop}: one shop, for everybody; those who work there find here what they change."""
    book, asking = access.book(request), access.visitor(request)
    shop = await find(request)
    standing = await shops.standing(book, shop)
    area = await areas.find(book, shop.area)
    roles_here = roles_in(asking, area.path)
    staff = await _staff(book, area.path) if roles_here else []
    return pages.render(
        request,
        "shop.html",
        shop=shop,
        standing=standing,
        area=area,
        offers=await catalogue.of_shop(book, shop, book.today()),
        staff=staff,
        history=await shop_changes.history(book, shop.number) if roles_here else [],
        changes=bool(roles_here),
        now=here(book),
        told=market_words,
    )


async def new(request: Request) -> Response:
    """GET /shops/new"""
    return await _new(request, forms.empty(NewShop, kind="supermarket"))


async def create(request: Request) -> Response:
    """POST /shops/new: opens a shop; the same again is the same shop."""
    filled = forms.read(NewShop, form(request))
    value, book, asking = filled.value, access.book(request), access.who(request)
    if value is None:
        return await _new(request, filled, status_code=422)
    area = places.read(value.area, await places.offered(book, asking, ("admin",), LEVELS))
    if area is None:
        nowhere = Say(N_("没有找到这个地方。请写区划的名字，同名的写代码。"))
        return await _new(request, filled.failed("area", nowhere), status_code=422)
    today = book.today()
    try:
        shop = await shops.open_shop(
            book, value.name, area=area, hours=value.hours, by=asking.member, on=today, kind=value.kind
        )
    except PointsError as refusal:
        return await _new(request, filled.failed("name", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("shops.show", shop=shop.number)))


async def find(request: Request, *, changers: bool = False) -> Shop:
    """The shop that the address names; 404 unless it is there, and for changes unless it is theirs to change."""
    book = access.book(request)
    try:
        shop = await shops.find(book, request.path_params["shop"])
    except UnknownShop:
        raise HTTPException(404) from None
    if changers and not roles_in(access.who(request), await areas.path(book, shop.area)):
        raise HTTPException(404)
    return shop


def roles_in(asking: access.Who | None, path: str) -> set[str]:
    """The roles by which somebody changes something of a shop there."""
    mine = asking.grants if asking else ()
    return {grant.role for grant in mine if grant.role in CHANGERS and areas.covers(path, grant.area)}


async def _staff(book: Book, path: str) -> list[tuple[Say, str]]:
    """Who works at the counter or keeps the stock there: role and name."""
    found: list[Grant] = []
    for role in ("counter", "stock_keeper"):
        held = await roles.holders(book, role, book.today())
        found += [grant for grant in held if areas.covers(path, grant.area)]
    people = await members.many(book, [grant.member for grant in found])
    return [(Say(roles.NAMES[grant.role]), people[grant.member].name or grant.member) for grant in found]


async def _new(request: Request, filled: Filled[NewShop], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    return pages.render(
        request,
        "shop_new.html",
        status_code=status_code,
        filled=filled,
        offered=await places.offered(book, asking, ("admin",), LEVELS),
        kinds=[(kind, Say(label)) for kind, label in KINDS.items()],
    )
