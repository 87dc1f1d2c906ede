"""Shifts at a counter: who stood there, the blind count, the sheet; and what auditors see of staff."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market import hand_overs, shift_sheets, shifts, stock_counts
from points.market.errors import UnknownShift
from points.market.models import Shop
from points.market.shift_records import Shift
from points.people.errors import NotAllowed
from web import access, bodies, entries, forms, pages, paging, shelves, stock_words, undo_words
from web.access import form
from web.counters import serves_at, the_shop
from web.i18n import Say
from web.refusals import said
from web.views.undoing import shops_in_charge

AUDIT = ("auditor", "admin")


async def index(request: Request) -> Response:
    """GET /counter/{shop}/shifts: the shop's shifts, the latest first."""
    shop, book = await the_shop(request), access.book(request)
    found = await shift_sheets.recent(book, shop, paging.turn(request))
    names = await entries.staff_names(book, [name for each in found for name in (each.member, each.taken_by)])
    return pages.render(
        request,
        "shifts.html",
        shop=shop,
        shifts=found,
        mine=await shifts.current(book, shop, access.who(request).member),
        staff=names,
        words=undo_words,
        turns=paging.links(request, found),
    )


async def begin(request: Request) -> Response:
    """POST /counter/{shop}/shifts: begin one's shift; who stands there already goes on."""
    shop = await the_shop(request)
    standing = await shifts.begin(access.book(request), shop, by=access.who(request).member)
    return pages.see(_at(request, shop, standing.id))


async def show(request: Request) -> Response:
    """GET /counter/{shop}/shifts/{shift}: the count to fill in; then what differs; then the sheet.

    Who answers for the shop's stock, and does not serve there, reads the sheet of a shift that has ended.
    """
    if await serves_at(request):
        return await _page(request, *await _the_shift(request))
    shop = await shelves.the_shop(request)
    shift = await _of(request, shop)
    if not await hand_overs.is_closed(access.book(request), shift):
        raise HTTPException(404)
    return await _page(request, shop, shift, at_counter=False)


async def count(request: Request) -> Response:
    """POST /counter/{shop}/shifts/{shift}/count: what stands on the shelf, before the book's numbers are shown."""
    shop, shift = await _the_shift(request)
    typed = _typed(request, "counted-")
    numbers = {item: _number(text) for item, text in typed.items()}
    known = {item: many for item, many in numbers.items() if many is not None}
    try:
        counted = known if len(known) == len(numbers) else {}
        await hand_overs.count(access.book(request), shop, shift, counted, by=access.who(request).member)
    except NotAllowed:
        raise
    except PointsError as refusal:
        return await _page(request, shop, shift, typed=typed, error=said(refusal))
    return pages.see(_at(request, shop, shift.id))


async def close(request: Request) -> Response:
    """POST /counter/{shop}/shifts/{shift}/closing: every difference has a word to it; the shift ends."""
    shop, shift = await _the_shift(request)
    typed = _typed(request, "note-")
    try:
        await hand_overs.close(access.book(request), shop, shift, typed, by=access.who(request).member)
    except NotAllowed:
        raise
    except PointsError as refusal:
        return await _page(request, shop, shift, typed=typed, error=said(refusal))
    return pages.see(_at(request, shop, shift.id))


async def take_over(request: Request) -> Response:
    """POST /counter/{shop}/shifts/{shift}/takeover: the next one signs."""
    shop, shift = await _the_shift(request)
    try:
        await hand_overs.take_over(access.book(request), shop, shift, by=access.who(request).member)
    except NotAllowed:
        raise
    except PointsError as refusal:
        return await _page(request, shop, shift, error=said(refusal))
    return pages.see(_at(request, shop, shift.id))


async def figures(request: Request) -> Response:
    """GET /counter-figures?month=2026-11: what each of the staff handed over, how much was undone or found by hand."""
    book = access.book(request)
    first = _month(bodies.query(request).one("month"), book.today())
    mine = await shops_in_charge(request, AUDIT)
    rows = await shift_sheets.month(book, [shop.number for shop in mine], first)
    earlier = (first.replace(day=1) - _DAY).replace(day=1)
    return pages.render(
        request,
        "counter_figures.html",
        month=first,
        rows=rows,
        staff=await entries.staff_names(book, [row.member for row in rows]),
        earlier=earlier.isoformat()[:7],
        latest=first >= book.today().replace(day=1),
    )


_DAY = date(2000, 1, 2) - date(2000, 1, 1)


async def _the_shift(request: Request) -> tuple[Shop, Shift]:
    """The shop and the shift of this address; 404 unless both are theirs."""
    shop = await the_shop(request)
    return shop, await _of(request, shop)


async def _of(request: Request, shop: Shop) -> Shift:
    try:
        shift = await hand_overs.find(access.book(request), str(request.path_params["shift"]))
    except UnknownShift:
        raise HTTPException(404) from None
    if shift.shop != shop.number:
        raise HTTPException(404)
    return shift


async def _page(
    request: Request,
    shop: Shop,
    shift: Shift,
    *,
    typed: Mapping[int, str] | None = None,
    error: Say | None = None,
    at_counter: bool = True,
) -> Response:
    book, me = access.book(request), access.who(request).member
    sheet = await shift_sheets.sheet(book, shift)
    state = sheet.shift.state
    names = [shift.member, sheet.shift.closed_by, sheet.shift.taken_by]
    words: dict[str, Any] = {
        "shop": shop,
        "shift": shift,
        "sheet": sheet,
        "goods": await hand_overs.goods(book, shop) if state == "open" else [],
        "differences": await hand_overs.differences(book, shop, shift) if state == "counted" else [],
        "typed": typed or {},
        "error": error,
        "may_take": at_counter and state == "closed" and me not in (shift.member, sheet.shift.closed_by),
        "at_counter": at_counter,
        "recount": (await stock_counts.of_shifts(book, [shift.id])).get(shift.id)
        if sheet.differences
        else None,
        "keeps": await shelves.may(request, shop, shelves.KEEPERS),
        "reads": await shelves.may(request, shop, shelves.READERS),
        "told": stock_words,
        "staff": await entries.staff_names(book, names),
        "words": undo_words,
        "narrow": bodies.query(request).one("paper") == "80",
    }
    return pages.render(request, "shift.html", status_code=422 if error else 200, **words)


def _at(request: Request, shop: Shop, shift: str) -> str:
    return str(request.app.url_path_for("shift", shop=shop.number, shift=shift))


def _typed(request: Request, prefix: str) -> dict[int, str]:
    """What was typed beside each item."""
    named = [
        (name.removeprefix(prefix), text) for name, text in form(request).pairs if name.startswith(prefix)
    ]
    return {int(item): text for item, text in named if item.isascii() and item.isdigit() and len(item) <= 9}


def _number(text: str) -> int | None:
    digits = forms.half_width(text).strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 7 else None


def _month(text: str, today: date) -> date:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
