"""Losses: what cannot be handed over any more, with a reason; too much for one person goes to another."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import losses, shops, stock_reasons
from points.market.errors import StockNeedsTwo
from points.market.models import Shop
from web import access, entries, forms, pages, paging, shelves, stock_words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.shelves import Typed


class Losing(FormModel):
    """Why; how many of each item stands in fields of their own. `two` when it is asked for."""

    key: Code = Field(title=N_("编号"))
    reason: Line = Field(title=N_("为什么报损"))
    two: Literal["", "yes"] = Field("", title=N_("提交给另一个人"))


async def index(request: Request) -> Response:
    """GET /stock/{shop}/losses: what was lost, and a form."""
    shop = await shelves.the_shop(request)
    return await _index(request, shop, forms.empty(Losing), Typed())


async def create(request: Request) -> Response:
    """POST /stock/{shop}/losses: takes it off the shelf, or asks another person; twice is once."""
    shop, book = await shelves.the_shop(request, shelves.KEEPERS), access.book(request)
    filled, typed = forms.read(Losing, form(request)), shelves.numbers(form(request))
    if not typed.numbers and not typed.errors:
        typed.errors["goods"] = Say(N_("请至少写一样物品的数量。"))
    if filled.value is None or typed.errors:
        return await _index(request, shop, filled, typed, status_code=422)
    value, by = filled.value, access.who(request).member
    lines = [(item, quantity, value.reason) for item, quantity in sorted(typed.numbers.items())]
    try:
        if value.two:
            asked = await losses.ask(book, shop, lines, by=by, key=value.key)
            return pages.see(str(request.app.url_path_for("stock.request", request=asked.id)))
        await losses.report(book, shop, lines, by=by, key=value.key)
    except StockNeedsTwo as two:
        return await _index(request, shop, filled, typed, two=said(two), status_code=422)
    except (PointsError, ReferenceConflict) as refusal:
        return await _index(request, shop, filled.failed("", said(refusal)), typed, status_code=422)
    return pages.see(str(request.app.url_path_for("losses", shop=shop.number)))


async def _index(
    request: Request,
    shop: Shop,
    filled: Filled[Losing],
    typed: Typed,
    *,
    two: Say | None = None,
    status_code: int = 200,
) -> Response:
    book = access.book(request)
    things, left = await shelves.things(book), await shops.stock(book, shop)
    found = await losses.of_shop(book, shop, paging.turn(request))
    entered = await statements.known(book.reader, [row.reference for row in found])
    people = {row.reported_by for row in found} | {row.approved_by for row in found if row.approved_by}
    return pages.render(
        request,
        "losses.html",
        day_of=date.fromisoformat,
        status_code=status_code,
        shop=shop,
        found=found,
        entered=entered,
        turns=paging.links(request, found),
        filled=Filled(filled.model, filled.values, filled.chosen, {**filled.errors, **typed.errors}),
        typed=typed,
        two=two,
        items=[(item, left[item.number]) for item in shelves.kept(left, things) if left[item.number]],
        things=things,
        called=shelves.called,
        yuan=shelves.yuan,
        most=losses.ALONE_AT_MOST,
        reasons=[(code, Say(stock_words.REASONS[code])) for code in stock_reasons.LOSSES],
        staff=await entries.staff_names(book, people),
        keeps=await shelves.may(request, shop, shelves.KEEPERS),
        told=stock_words,
    )
