"""The items of the catalogue for those who keep it: the list, one with all that was ever said of it, new words."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import item_acts, item_changes, items, price_requests, prices, shops, terms
from points.market.catalogue_files import FEN_AT_MOST, NAME_AT_MOST, POINTS_AT_MOST, Entry
from points.market.errors import UnknownItem
from points.market.item_acts import ABOUT_AT_MOST, DONOR_AT_MOST, Words
from points.market.item_changes import BACKINGS, Standing
from points.market.models import Item
from points.people import areas, members
from web import access, fund_words, market_words, pages, paging
from web import forms as web_forms
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

READERS = ("stock_keeper", "admin", "approver", "auditor", "fund_keeper")
Backing = Literal["", "fund", "street", "community", "unit", "company"]


class NewItem(FormModel):
    """An item to be put into the catalogue."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("名字"), max_length=NAME_AT_MOST)
    name_en: Line = Field(title=N_("英文名"), max_length=NAME_AT_MOST)
    kind: Literal["goods", "service", "honour"] = Field(title=N_("种类"))
    cost_fen: int = Field(title=N_("成本（分钱）"), ge=0, le=FEN_AT_MOST)
    points: int = Field(title=N_("价格（积分）"), ge=0, le=POINTS_AT_MOST)


class Edited(FormModel):
    """What an item says of itself."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("名字"), max_length=NAME_AT_MOST)
    name_en: Line = Field(title=N_("英文名"), max_length=NAME_AT_MOST)
    about: Line = Field("", title=N_("说明"), max_length=ABOUT_AT_MOST)
    about_en: Line = Field("", title=N_("英文说明"), max_length=ABOUT_AT_MOST)
    cost_fen: int = Field(title=N_("成本（分钱）"), ge=0, le=FEN_AT_MOST)
    backing: Backing = Field("", title=N_("谁出资"))
    donor: Line = Field("", title=N_("捐赠方的名字（可不填）"), max_length=DONOR_AT_MOST)


class Out(FormModel):
    """It is taken out of the catalogue, or put back."""

    key: Code = Field(title=N_("编号"))
    act: Literal["out", "back"] = Field(title=N_("做什么"))


async def index(request: Request) -> Response:
    """GET /items: every item with its price today, and the cuts that wait for a second person."""
    book = access.book(request)
    today = book.today()
    every = await items.today(book)
    waiting = await price_requests.waiting(book, paging.turn(request))
    return pages.render(
        request,
        "items.html",
        items=every,
        photos=await item_changes.photos(book, {item.number: standing for item, standing in every}),
        prices=await prices.on_day(book, today),
        terms=await terms.on_day(book, today),
        waiting=waiting,
        turns=paging.links(request, waiting),
        names={item.number: item for item, _ in every},
        keeps=keeps(request),
        yuan=fund_words.yuan,
        told=market_words,
    )


async def show(request: Request) -> Response:
    """GET /items/{item}: all that is said of an item, its prices, terms and changes from the first day."""
    item, standing = await find(request)
    book = access.book(request)
    found = (await terms.on_day(book, book.today(), [item.number])).get(item.number, terms.Terms())
    history = await item_changes.history(book, item.number)
    told = await prices.history(book, item.number)
    photo = (await item_changes.photos(book, {item.number: standing})).get(item.number)
    every = await shops.open_shops(book)
    stocks = await shops.stocks(book, every)
    people = await members.many(book, {*(row.changed_by for row in history), *(row.set_by for row in told)})
    return pages.render(
        request,
        "item.html",
        item=item,
        standing=standing,
        photo=photo,
        donor=await item_changes.donor(book, standing),
        prices=told,
        terms=found,
        terms_history=await terms.history(book, item.number),
        history=history,
        names={number: who.name or number for number, who in people.items()},
        places={code: area.name for code, area in (await areas.many(book, found.areas)).items()},
        stands=[
            (shop, stocks[shop.number][item.number]) for shop in every if item.number in stocks[shop.number]
        ],
        keeps=keeps(request),
        today=book.today(),
        yuan=fund_words.yuan,
        told=market_words,
    )


async def new(request: Request) -> Response:
    """GET /items/new"""
    return _new(request, web_forms.empty(NewItem, kind="goods"))


async def create(request: Request) -> Response:
    """POST /items/new: puts an item into the catalogue; the same again is the same item."""
    require_keeper(request)
    filled = web_forms.read(NewItem, form(request))
    value, book = filled.value, access.book(request)
    if value is None:
        return _new(request, filled, status_code=422)
    entry = Entry(value.name, value.name_en, value.kind, value.cost_fen, value.points)
    try:
        item = await items.add(book, entry, by=access.who(request).member, on=book.today())
    except PointsError as refusal:
        return _new(request, filled.failed("name", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("items.show", item=item.number)))


async def edit(request: Request) -> Response:
    """GET /items/{item}/edit"""
    require_keeper(request)
    item, standing = await find(request)
    now = item_acts.words_of(standing, await item_changes.donor(access.book(request), standing))
    values = {name: str(getattr(now, name)) for name in Words.__dataclass_fields__}
    return _edit(request, item, standing, web_forms.empty(Edited, **values))


async def change(request: Request) -> Response:
    """POST /items/{item}/edit: what differs is said from now on; twice is once."""
    require_keeper(request)
    item, standing = await find(request)
    filled = web_forms.read(Edited, form(request))
    value, book = filled.value, access.book(request)
    if value is None:
        return _edit(request, item, standing, filled, status_code=422)
    words = Words(**{name: getattr(value, name) for name in Words.__dataclass_fields__})
    try:
        await item_acts.edit(book, item, words, by=access.who(request).member, on=book.today(), key=value.key)
    except (PointsError, ReferenceConflict) as refusal:
        return _edit(request, item, standing, filled.failed("name", said(refusal)), status_code=422)
    return seen(request, item)


async def out(request: Request) -> Response:
    """POST /items/{item}/out: takes it out of the catalogue, or puts it back."""
    require_keeper(request)
    item, _ = await find(request)
    filled = web_forms.read(Out, form(request))
    if filled.value is None:
        raise HTTPException(400)
    book = access.book(request)
    verb = item_acts.take_out if filled.value.act == "out" else item_acts.put_back
    await verb(book, item, by=access.who(request).member, on=book.today(), key=filled.value.key)
    return seen(request, item)


async def find(request: Request) -> tuple[Item, Standing]:
    """The item that the address names; 404 for one that is not there."""
    try:
        return await items.numbered(access.book(request), request.path_params["item"])
    except UnknownItem:
        raise HTTPException(404) from None


def keeps(request: Request) -> bool:
    """Whether the one who asks keeps the catalogue: it is the whole book's."""
    return None in access.who(request).areas("stock_keeper")


def require_keeper(request: Request) -> None:
    """404 for whoever does not keep the catalogue."""
    if not keeps(request):
        raise HTTPException(404)


def seen(request: Request, item: Item) -> Response:
    """303 to the item's page."""
    return pages.see(str(request.app.url_path_for("items.show", item=item.number)))


def _new(request: Request, filled: Filled[Any], *, status_code: int = 200) -> Response:
    require_keeper(request)
    return pages.render(
        request,
        "item_new.html",
        status_code=status_code,
        filled=filled,
        kinds=[(kind, Say(label)) for kind, label in market_words.ITEM_KINDS.items()],
    )


def _edit(
    request: Request, item: Item, standing: Standing, filled: Filled[Any], *, status_code: int = 200
) -> Response:
    backings = [("", Say(N_("没有写"))), *((kind, Say(label)) for kind, label in BACKINGS.items())]
    return pages.render(
        request,
        "item_edit.html",
        status_code=status_code,
        filled=filled,
        item=item,
        standing=standing,
        backings=backings,
    )
