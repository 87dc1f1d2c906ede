"""Deliveries on paper and on a page: typed or read from a spreadsheet, looked at, and undone when they were wrong."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import Any, Literal

from anyio import to_thread
from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import deliveries, delivery_sheets, stock_papers, stock_requests
from points.market.catalogue_files import NAME_AT_MOST
from points.market.deliveries import Origin, Received
from points.market.errors import StockNeedsTwo, UnknownDelivery
from points.market.models import Shop
from web import access, entries, forms, pages, paging, proofs, shelves, stock_words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.shelves import Typed


class Goods(FormModel):
    """A delivery; how many of each item stands in fields of their own."""

    key: Code = Field(title=N_("编号"))
    document: Line = Field(title=N_("单据号"), max_length=NAME_AT_MOST)
    source: Literal["bought", "donated", "allocated"] = Field(title=N_("从哪里来"))
    supplier: Line = Field(title=N_("供货或捐赠的单位"), max_length=NAME_AT_MOST)


class Undoing(FormModel):
    """Why a delivery is undone; `two` when it is asked for."""

    key: Code = Field(title=N_("编号"))
    reason: Line = Field(title=N_("为什么更正"))
    two: Literal["", "yes"] = Field("", title=N_("提交给另一个人"))


async def index(request: Request) -> Response:
    """GET /stock/{shop}/deliveries: what came, the latest first."""
    shop, book = await shelves.the_shop(request), access.book(request)
    found = await deliveries.of_shop(book, shop, paging.turn(request))
    return pages.render(
        request,
        "deliveries.html",
        shop=shop,
        found=found,
        turns=paging.links(request, found),
        things=await shelves.things(book),
        called=shelves.called,
        staff=await entries.staff_names(book, {each.received_by for each in found}),
        keeps=await shelves.may(request, shop, shelves.KEEPERS),
        told=stock_words,
    )


async def new(request: Request) -> Response:
    """GET /stock/{shop}/deliveries/new: an empty form."""
    shop = await shelves.the_shop(request, shelves.KEEPERS)
    return await _form(request, shop, forms.empty(Goods, source="bought"), Typed())


async def sheet(request: Request) -> Response:
    """POST /stock/{shop}/deliveries/sheet: reads a spreadsheet into the form. Nothing is entered by it."""
    shop = await shelves.the_shop(request, shelves.KEEPERS)
    sent: Any = form(request)
    things = await shelves.things(access.book(request))
    filled = forms.empty(Goods, source="bought")
    if sent.file is None:
        return await _form(
            request, shop, filled, Typed(errors={"file": Say(N_("请选一个文件。"))}), status_code=422
        )
    try:
        goods = await to_thread.run_sync(_read, sent.file, things)
    except PointsError as refusal:
        return await _form(request, shop, filled, Typed(errors={"file": said(refusal)}), status_code=422)
    values = {f"item-{item}": str(quantity) for item, quantity in goods.items()}
    name = PurePath(sent.file.filename or "").stem[:NAME_AT_MOST]
    return await _form(
        request, shop, forms.empty(Goods, source="bought", document=name), Typed(values), read=len(goods)
    )


def _read(file: Any, things: Mapping[int, Any]) -> dict[int, int]:
    """The goods of a file as it was sent; nothing of it stays."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("file" + PurePath(file.filename or "").suffix.lower()[:8])
        file.file.seek(0)
        path.write_bytes(file.file.read(delivery_sheets.BYTES_AT_MOST + 1))
        return delivery_sheets.read(path, list(things.values()), name=file.filename)


async def create(request: Request) -> Response:
    """POST /stock/{shop}/deliveries: goods in; twice is once."""
    shop = await shelves.the_shop(request, shelves.KEEPERS)
    filled, typed = forms.read(Goods, form(request)), shelves.numbers(form(request))
    if not typed.numbers and not typed.errors:
        typed = replace(typed, errors={"goods": Say(N_("请至少写一样物品的数量。"))})
    if filled.value is None or typed.errors:
        return await _form(request, shop, filled, typed, status_code=422)
    value, book = filled.value, access.book(request)
    try:
        receipt = await deliveries.receive(
            book,
            shop,
            typed.numbers,
            document=value.document,
            by=access.who(request).member,
            on=book.today(),
            key=value.key,
            origin=Origin(value.source, value.supplier),
        )
    except (PointsError, ReferenceConflict) as refusal:
        return await _form(request, shop, filled.failed("", said(refusal)), typed, status_code=422)
    return _to(request, shop, receipt.position)


def _to(request: Request, shop: Shop, position: int) -> Response:
    return pages.see(str(request.app.url_path_for("delivery", shop=shop.number, position=position)))


async def _form(
    request: Request,
    shop: Shop,
    filled: Filled[Goods],
    typed: Typed,
    *,
    read: int = 0,
    status_code: int = 200,
) -> Response:
    things = await shelves.things(access.book(request))
    problems = Filled(filled.model, filled.values, filled.chosen, {**filled.errors, **typed.errors})
    return pages.render(
        request,
        "delivery_new.html",
        status_code=status_code,
        shop=shop,
        filled=problems,
        typed=typed,
        items=list(things.values()),
        read=read,
        called=shelves.called,
        sources=[(code, Say(word)) for code, word in stock_words.SOURCES.items()],
    )


async def show(request: Request) -> Response:
    """GET /stock/{shop}/deliveries/{position}: one delivery with its paper, and the way to undo it."""
    shop = await shelves.the_shop(request)
    return await _show(request, shop, await _find(request, shop), forms.empty(Undoing))


async def correct(request: Request) -> Response:
    """POST /stock/{shop}/deliveries/{position}/correction: undoes it, or asks another person; twice is once."""
    shop = await shelves.the_shop(request, shelves.KEEPERS)
    delivery, filled = await _find(request, shop), forms.read(Undoing, form(request))
    if filled.value is None:
        return await _show(request, shop, delivery, filled, status_code=422)
    book, by, value = access.book(request), access.who(request).member, filled.value
    try:
        if value.two:
            asked = await deliveries.ask(book, shop, delivery, value.reason, by=by, key=value.key)
            return pages.see(str(request.app.url_path_for("stock.request", request=asked.id)))
        await deliveries.correct(book, shop, delivery, value.reason, by=by)
    except StockNeedsTwo as two:
        return await _show(request, shop, delivery, filled, two=said(two), status_code=422)
    except (PointsError, ReferenceConflict) as refusal:
        return await _show(request, shop, delivery, filled.failed("", said(refusal)), status_code=422)
    return _to(request, shop, delivery.position)


async def _find(request: Request, shop: Shop) -> Received:
    try:
        return await deliveries.find(access.book(request), shop, int(request.path_params["position"]))
    except UnknownDelivery:
        raise HTTPException(404) from None


async def _show(
    request: Request,
    shop: Shop,
    delivery: Received,
    filled: Filled[Undoing],
    *,
    two: Say | None = None,
    status_code: int = 200,
) -> Response:
    book = access.book(request)
    things, gone = await shelves.things(book), delivery.correction
    people = [delivery.received_by, *([gone.corrected_by, gone.approved_by] if gone else [])]
    return pages.render(
        request,
        "delivery.html",
        day_of=date.fromisoformat,
        status_code=status_code,
        shop=shop,
        delivery=delivery,
        filled=filled,
        two=two,
        things=things,
        called=shelves.called,
        yuan=shelves.yuan,
        cost=shelves.cost(delivery.goods, things),
        proofs=proofs.told(await stock_papers.of(book, delivery.position)),
        papers=str(request.app.url_path_for("stock.papers", shop=shop.number, position=delivery.position)),
        asked=(await stock_requests.about(book, [delivery.reference])).get(delivery.reference),
        staff=await entries.staff_names(book, {number for number in people if number}),
        keeps=await shelves.may(request, shop, shelves.KEEPERS),
        told=stock_words,
    )
