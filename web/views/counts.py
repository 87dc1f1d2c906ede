"""Stocktaking: a sheet without the book's numbers, then what was counted, then the differences and their reasons."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import hand_overs, shift_sheets, shops, stock_counts, stock_reasons, stocktaking
from points.market.errors import MovedWhileCounted, UnknownCount, UnknownShift
from points.market.models import Shop
from points.market.shift_records import Shift
from points.market.shift_sheets import Listed
from points.market.stock_counts import Count
from points.paging import FIRST
from web import access, entries, forms, pages, paging, shelves, stock_words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.shelves import Typed


class Beginning(FormModel):
    """A new sheet; of a shift, for what differed when it was handed over."""

    key: Code = Field(title=N_("编号"))
    shift: Line = Field("", title=N_("班次"), max_length=60)


class Entering(FormModel):
    """What was counted stands in fields of their own; `since` when something was counted again."""

    since: Line = Field("", title=N_("从哪一条起"), max_length=18)


async def index(request: Request) -> Response:
    """GET /stock/{shop}/counts: the counts of a shop, the latest first."""
    return await _index(request, await shelves.the_shop(request), forms.empty(Beginning))


async def _index(
    request: Request, shop: Shop, filled: Filled[Beginning], *, status_code: int = 200
) -> Response:
    book = access.book(request)
    found, differed = (
        await stock_counts.of_shop(book, shop, paging.turn(request)),
        await _differed(request, shop),
    )
    return pages.render(
        request,
        "counts.html",
        status_code=status_code,
        shop=shop,
        filled=filled,
        found=found,
        turns=paging.links(request, found),
        differed=differed,
        staff=await entries.staff_names(
            book, {each.opened_by for each in found} | {each.member for each, _ in differed}
        ),
        keeps=await shelves.may(request, shop, shelves.KEEPERS),
        told=stock_words,
    )


async def _differed(request: Request, shop: Shop) -> list[tuple[Listed, int]]:
    """The shifts whose differences wait for a count, on the first page of the list."""
    return await shift_sheets.uncounted(access.book(request), shop) if paging.turn(request) == FIRST else []


async def create(request: Request) -> Response:
    """POST /stock/{shop}/counts: begins a count; twice is once."""
    shop = await shelves.the_shop(request, shelves.KEEPERS)
    filled, by = forms.read(Beginning, form(request)), access.who(request).member
    if filled.value is None:
        return await _index(request, shop, filled, status_code=422)
    of = await _of(request, shop, filled.value.shift)
    try:
        count = await stocktaking.begin(access.book(request), shop, by=by, key=filled.value.key, shift=of)
    except (PointsError, ReferenceConflict) as refusal:
        return await _index(request, shop, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("count", count=count)))


async def _of(request: Request, shop: Shop, shift: str) -> Shift | None:
    """The shift of a form; 404 for one of another shop."""
    if not shift:
        return None
    try:
        found = await hand_overs.find(access.book(request), shift)
    except UnknownShift:
        raise HTTPException(404) from None
    if found.shop != shop.number:
        raise HTTPException(404)
    return found


async def show(request: Request) -> Response:
    """GET /stock/counts/{count}: the sheet; once what was counted is written down, the differences."""
    shop, count = await _find(request)
    return await _show(request, shop, count, forms.empty(Entering), Typed())


async def enter(request: Request) -> Response:
    """POST /stock/counts/{count}/entry: what was counted; twice is once."""
    shop, count = await _find(request, shelves.KEEPERS)
    filled, typed = forms.read(Entering, form(request)), shelves.numbers(form(request), least=0)
    if not typed.numbers and not typed.errors:
        typed.errors["goods"] = Say(N_("请至少写一样物品数出来的数。"))
    if filled.value is None or typed.errors:
        return await _show(request, shop, count, filled, typed, status_code=422)
    said_since = filled.value.since
    since = int(said_since) if said_since.isascii() and said_since.isdigit() else None
    by = access.who(request).member
    try:
        await stocktaking.enter(access.book(request), count, typed.numbers, by=by, since=since)
    except MovedWhileCounted as moved:
        numbers: Any = moved.facts["numbers"]
        typed.errors |= {f"item-{n}": Say(N_("数的时候动过，请再数一遍。")) for n in numbers}
        again = forms.empty(Entering, since=str(moved.facts["since"])).failed("", said(_plain(moved)))
        return await _show(request, shop, count, again, typed, status_code=422)
    except (PointsError, ReferenceConflict) as refusal:
        return await _show(request, shop, count, filled.failed("", said(refusal)), typed, status_code=422)
    return _to(request, count)


def _plain(moved: MovedWhileCounted) -> MovedWhileCounted:
    return MovedWhileCounted(items=moved.facts["items"])


async def ask(request: Request) -> Response:
    """POST /stock/counts/{count}/request: a reason for each difference, and another person; twice is once."""
    shop, count = await _find(request, shelves.KEEPERS)
    filled, by = forms.read(Beginning, form(request)), access.who(request).member
    reasons = shelves.chosen(form(request), "reason-")
    if filled.value is None:
        return await _show(request, shop, count, filled, Typed(), reasons=reasons, status_code=422)
    try:
        asked = await stocktaking.ask(access.book(request), count, reasons, by=by, key=filled.value.key)
    except (PointsError, ReferenceConflict) as refusal:
        failed = filled.failed("", said(refusal))
        return await _show(request, shop, count, failed, Typed(), reasons=reasons, status_code=422)
    return pages.see(str(request.app.url_path_for("stock.request", request=asked.id)))


def _to(request: Request, count: Count) -> Response:
    return pages.see(str(request.app.url_path_for("count", count=count.id)))


async def _find(request: Request, roles: frozenset[str] = shelves.READERS) -> tuple[Shop, Count]:
    """The count of the address, for who answers for its shop."""
    try:
        count = await stock_counts.find(access.book(request), str(request.path_params["count"]))
    except UnknownCount:
        raise HTTPException(404) from None
    return await shelves.of(request, count.shop, roles), count


async def _show(
    request: Request,
    shop: Shop,
    count: Count,
    filled: Filled[Any],
    typed: Typed,
    *,
    reasons: dict[int, str] | None = None,
    status_code: int = 200,
) -> Response:
    book = access.book(request)
    things = await shelves.things(book)
    left = await shops.stock(book, shop) if count.entered_by is None and not count.of else count.of
    of = await hand_overs.find(book, count.shift) if count.shift else None
    return pages.render(
        request,
        "count.html",
        status_code=status_code,
        shop=shop,
        count=count,
        filled=Filled(filled.model, filled.values, filled.chosen, {**filled.errors, **typed.errors}),
        typed=typed,
        reasons=reasons or {},
        items=shelves.kept(left, things),
        of=of,
        things=things,
        called=shelves.called,
        yuan=shelves.yuan,
        choices=[
            ("", Say(N_("请选原因"))),
            *((code, Say(stock_words.REASONS[code])) for code in stock_reasons.COUNTS),
        ],
        staff=await entries.staff_names(book, {count.opened_by, count.entered_by, of.member if of else None}),
        keeps=await shelves.may(request, shop, shelves.KEEPERS),
        told=stock_words,
    )
