"""Stock: every shop's shelf, what is low, what waits; one item's movements, its threshold and its next delivery."""

from __future__ import annotations

from datetime import date

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from ledger.errors import ReferenceConflict
from points import chart
from points.errors import PointsError
from points.market import low_stock, shelves, stock_requests, transfers
from points.market.models import Item, Shop
from points.people import requests
from web import access, bodies, forms, pages, paging, stock_words, telling
from web import shelves as reading
from web.access import form
from web.forms import Code, Count, Filled, FormModel
from web.i18n import N_, Say
from web.refusals import said

PAGE = 50
OPENS = frozenset({"auditor", "admin"})
"""Who may open every entry; who keeps stock may open those that touch no member."""


class Watching(FormModel):
    """From how few on one is warned."""

    key: Code = Field(title=N_("编号"))
    least: Count = Field(title=N_("剩下多少就提醒"), ge=0, le=low_stock.LEAST_AT_MOST)


class Expecting(FormModel):
    """When more is to come; empty: nothing is expected."""

    key: Code = Field(title=N_("编号"))
    day: date | None = Field(None, title=N_("预计哪天到货（不填就是没有）"))


async def index(request: Request) -> Response:
    """GET /stock: the shops one answers for, what is low there, and what waits for somebody."""
    book, mine = access.book(request), await reading.theirs(request, reading.SEERS)
    numbers = {shop.number: shop for shop in mine}
    waiting = await stock_requests.waiting(book, [*numbers], paging.turn(request))
    return pages.render(
        request,
        "stock.html",
        shops=mine,
        low=[each for each in await low_stock.low(book, mine) if each.least or each.next_on is None][:PAGE],
        of=numbers,
        requests=waiting,
        turns=paging.links(request, waiting),
        under_way=await transfers.under_way(book, sorted(numbers)),
        things=await reading.things(book),
        called=reading.called,
        reads=bool(access.who(request).roles & reading.READERS),
        told=stock_words,
    )


async def waiting(request: Request) -> int | None:
    """How many requests wait for the person asking, and how many transfers wait to be received."""
    mine = await reading.theirs(request, reading.SEERS)
    numbers, me = {shop.number for shop in mine}, access.who(request).member
    book = access.book(request)
    found = await stock_requests.waiting(book, sorted(numbers), limit=requests.MOST)
    coming = [t for t in await transfers.under_way(book, sorted(numbers)) if t.sent_by != me]
    return len([each for each in found if each.asked_by != me]) + len(
        [t for t in coming if t.target in numbers]
    )


async def shop(request: Request) -> Response:
    """GET /stock/{shop}: what stands on the shelf, is set aside, is to come, and what went this month."""
    place, book = await reading.the_shop(request), access.book(request)
    things = await reading.things(book)
    rows = await shelves.read(book, place)
    return pages.render(
        request,
        "stock_shop.html",
        shop=place,
        rows=rows,
        things=things,
        called=reading.called,
        yuan=reading.yuan,
        worth=sum((row.left + row.held) * things[row.item].cost_fen for row in rows if row.item in things),
        keeps=await reading.may(request, place, reading.KEEPERS),
    )


async def item(request: Request) -> Response:
    """GET /stock/{shop}/items/{item}?before=: what moved, newest first; how few is too few; when more comes."""
    return await _item(request, forms.empty(Watching), forms.empty(Expecting))


async def watch(request: Request) -> Response:
    """POST /stock/{shop}/items/{item}/watch: warn from so few on; twice is once."""
    place, thing = await _thing(request, reading.KEEPERS)
    filled, by = forms.read(Watching, form(request)), access.who(request).member
    if filled.value is None:
        return await _item(request, filled, forms.empty(Expecting), status_code=422)
    value = filled.value
    try:
        await low_stock.watch(access.book(request), place, thing.number, value.least, by=by, key=value.key)
    except (PointsError, ReferenceConflict) as refusal:
        return await _item(
            request, filled.failed("least", said(refusal)), forms.empty(Expecting), status_code=422
        )
    return _back(request, place, thing)


async def expect(request: Request) -> Response:
    """POST /stock/{shop}/items/{item}/expected: when more is to come; twice is once."""
    place, thing = await _thing(request, reading.KEEPERS)
    filled, by = forms.read(Expecting, form(request)), access.who(request).member
    if filled.value is None:
        return await _item(request, forms.empty(Watching), filled, status_code=422)
    value = filled.value
    try:
        await low_stock.expect(access.book(request), place, thing.number, value.day, by=by, key=value.key)
    except (PointsError, ReferenceConflict) as refusal:
        return await _item(
            request, forms.empty(Watching), filled.failed("day", said(refusal)), status_code=422
        )
    return _back(request, place, thing)


def _back(request: Request, place: Shop, thing: Item) -> Response:
    return pages.see(str(request.app.url_path_for("stock.item", shop=place.number, item=thing.number)))


async def _thing(request: Request, roles: frozenset[str] = reading.READERS) -> tuple[Shop, Item]:
    place = await reading.the_shop(request, roles)
    found = (await reading.things(access.book(request))).get(int(request.path_params["item"]))
    if found is None:
        raise HTTPException(404)
    return place, found


async def _item(
    request: Request, watching: Filled[Watching], expecting: Filled[Expecting], *, status_code: int = 200
) -> Response:
    place, thing = await _thing(request)
    book, before = access.book(request), _before(bodies.query(request).one("before"))
    keys = [(chart.stock(place.number), chart.item(thing.number))]
    found = await statements.history(book.reader, keys, before=before, limit=PAGE + 1)
    rows = await shelves.read(book, place)
    opens = bool(access.who(request).roles & OPENS)
    moves = [(entry, _move(entry.kind), opens or entry.kind in stock_words.OURS) for entry in found[:PAGE]]
    return pages.render(
        request,
        "stock_item.html",
        status_code=status_code,
        filled=watching if watching.errors else expecting,
        watching=watching,
        expecting=expecting,
        shop=place,
        item=thing,
        name=reading.called,
        row=next((row for row in rows if row.item == thing.number), None),
        moves=moves,
        older=found[PAGE - 1].id if len(found) > PAGE else None,
        paged=before < statements.BEYOND,
        keeps=await reading.may(request, place, reading.KEEPERS),
    )


def _move(kind: str) -> Say:
    return Say(stock_words.MOVES.get(kind) or telling.KINDS.get(kind, kind))


def _before(text: str) -> int:
    fits = text.isascii() and text.isdigit() and len(text) <= 18
    return min(int(text), statements.BEYOND) if fits else statements.BEYOND
