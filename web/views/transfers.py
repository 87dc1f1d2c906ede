"""Transfers between shops: sent by who keeps the stock, received at the other shop by somebody else."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import shops, transfers
from points.market.errors import UnknownTransfer
from points.market.models import Shop
from points.market.transfers import Sent
from web import access, entries, forms, pages, paging, shelves, stock_words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.shelves import Typed


class Sending(FormModel):
    """To which shop; how many of each item stands in fields of their own."""

    key: Code = Field(title=N_("编号"))
    to: Line = Field(title=N_("调给哪个超市"))


class Arriving(FormModel):
    """What arrived stands in fields of their own."""


async def index(request: Request) -> Response:
    """GET /stock/{shop}/transfers: what was sent and received, and a form to send."""
    shop = await shelves.the_shop(request)
    return await _index(request, shop, forms.empty(Sending), Typed())


async def create(request: Request) -> Response:
    """POST /stock/{shop}/transfers: goods leave the shelf; twice is once."""
    shop, book = await shelves.the_shop(request, shelves.KEEPERS), access.book(request)
    filled, typed = forms.read(Sending, form(request)), shelves.numbers(form(request))
    if not typed.numbers and not typed.errors:
        typed.errors["goods"] = Say(N_("请至少写一样物品的数量。"))
    target = {str(each.number): each for each in await shops.all_shops(book)}.get(
        filled.value.to if filled.value else ""
    )
    if filled.value is None or typed.errors:
        return await _index(request, shop, filled, typed, status_code=422)
    if target is None:
        return await _index(
            request, shop, filled.failed("to", Say(N_("请选一个超市。"))), typed, status_code=422
        )
    by, key = access.who(request).member, filled.value.key
    try:
        sent = await transfers.send(book, shop, target, typed.numbers, by=by, key=key)
    except (PointsError, ReferenceConflict) as refusal:
        return await _index(request, shop, filled.failed("", said(refusal)), typed, status_code=422)
    return pages.see(str(request.app.url_path_for("transfer", transfer=sent.id)))


async def _index(
    request: Request, shop: Shop, filled: Filled[Sending], typed: Typed, *, status_code: int = 200
) -> Response:
    book = access.book(request)
    things, left = await shelves.things(book), await shops.stock(book, shop)
    every = {each.number: each for each in await shops.all_shops(book)}
    found = await transfers.of_shop(book, shop, paging.turn(request))
    return pages.render(
        request,
        "transfers.html",
        status_code=status_code,
        shop=shop,
        shops=every,
        others=[(str(n), each.name) for n, each in every.items() if n != shop.number],
        found=found,
        turns=paging.links(request, found),
        filled=Filled(filled.model, filled.values, filled.chosen, {**filled.errors, **typed.errors}),
        typed=typed,
        items=[(item, left[item.number]) for item in shelves.kept(left, things) if left[item.number]],
        things=things,
        called=shelves.called,
        keeps=await shelves.may(request, shop, shelves.KEEPERS),
    )


async def show(request: Request) -> Response:
    """GET /stock/transfers/{transfer}: what was sent; at the other shop a form to say what arrived."""
    return await _show(request, await _find(request), forms.empty(Arriving), Typed(), {})


async def receive(request: Request) -> Response:
    """POST /stock/transfers/{transfer}/arrival: what arrived; twice is once."""
    sent = await _find(request)
    typed, reasons = shelves.numbers(form(request), least=0), shelves.chosen(form(request), "reason-")
    filled = forms.empty(Arriving)
    for item in sent.goods:
        if item not in typed.numbers:
            typed.errors.setdefault(f"item-{item}", Say(N_("请写到了多少，没有到就写 0。")))
    if typed.errors:
        return await _show(request, sent, filled, typed, reasons, status_code=422)
    by = access.who(request).member
    try:
        await transfers.receive(access.book(request), sent, typed.numbers, reasons, by=by)
    except (PointsError, ReferenceConflict) as refusal:
        failed = filled.failed("", said(refusal))
        return await _show(request, sent, failed, typed, reasons, status_code=422)
    return pages.see(str(request.app.url_path_for("transfer", transfer=sent.id)))


async def _find(request: Request) -> Sent:
    """The transfer of the address, for who answers for one of its shops."""
    book = access.book(request)
    try:
        sent = await transfers.find(book, str(request.path_params["transfer"]))
    except UnknownTransfer:
        raise HTTPException(404) from None
    for number in (sent.source, sent.target):
        if await shelves.may(request, await shops.find(book, number), shelves.SEERS):
            return sent
    raise HTTPException(404)


async def _show(
    request: Request,
    sent: Sent,
    filled: Filled[Any],
    typed: Typed,
    reasons: dict[int, str],
    *,
    status_code: int = 200,
) -> Response:
    book, me = access.book(request), access.who(request).member
    target = await shops.find(book, sent.target)
    receives = await shelves.may(request, target, shelves.RECEIVERS)
    codes = ("short", "broken", "lost", "more", "other")
    return pages.render(
        request,
        "transfer.html",
        status_code=status_code,
        sent=sent,
        source=await shops.find(book, sent.source),
        target=target,
        filled=Filled(filled.model, filled.values, filled.chosen, {**filled.errors, **typed.errors}),
        typed=typed,
        reasons=reasons,
        choices=[("", Say(N_("没有差异"))), *((code, Say(stock_words.REASONS[code])) for code in codes)],
        things=await shelves.things(book),
        called=shelves.called,
        staff=await entries.staff_names(book, {sent.sent_by, sent.received_by}),
        told=stock_words,
        receives=receives and sent.sent_by != me,
        mine=receives and sent.sent_by == me,
        reads=bool(access.who(request).roles & shelves.READERS),
    )
