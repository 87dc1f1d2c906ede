"""Undoing at a merchant's own till: alone within a quarter of an hour, else as a request to the community.

As at the till the merchant reads what was handed over and what it cost, and of the person nothing at all.
"""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market.models import Shop
from points.market.redemptions import Entry
from points.market.undoing import reasons, requests, rights, undone
from points.market.undoing.errors import UndoNeedsSecond
from points.people.errors import NotAllowed
from web import access, forms, pages, undo_words
from web.forms import Filled
from web.i18n import N_, Say
from web.refusals import said
from web.views.merchant_till import the_redemption, the_shop
from web.views.undoing import Undo, what_stays


async def new(request: Request) -> Response:
    """GET /merchant/{merchant}/redemptions/{position}/undo: how many of each come back, and why."""
    return await _new(request, *await _the_entry(request), forms.empty(Undo), {})


async def create(request: Request) -> Response:
    """POST /merchant/{merchant}/redemptions/{position}/undo: done at once where one may alone, else asked for; once."""
    shop, entry = await _the_entry(request)
    sent = access.form(request)
    filled = forms.read(Undo, sent)
    typed = {name: text for name, text in sent.pairs if name.startswith("back-")}
    stays = what_stays(entry, typed)
    if stays is None:
        filled = filled.failed("", Say(N_("退回几件要填 0 到当时换的件数。什么都还没有动。")))
    if filled.value is None or stays is None:
        return await _new(request, shop, entry, filled, typed, status_code=422)
    book, value = access.book(request), filled.value
    wanted: dict[str, Any] = {"by": access.who(request).member, "key": value.key, "note": value.note}
    try:
        try:
            await undone.undo(book, entry.reference, value.reason, stays=stays, **wanted)
        except UndoNeedsSecond:
            await requests.ask(book, entry.reference, value.reason, stays=stays, **wanted)
    except NotAllowed:
        raise
    except PointsError as refusal:
        named = "note" if "note" in type(refusal).__name__.lower() else ""
        return await _new(request, shop, entry, filled.failed(named, said(refusal)), typed, status_code=422)
    return pages.see(f"/merchant/{shop.number}/redemptions/{entry.position}")


async def _the_entry(request: Request) -> tuple[Shop, Entry]:
    shop = await the_shop(request)
    return shop, await the_redemption(request, shop)


async def _new(
    request: Request,
    shop: Shop,
    entry: Entry,
    filled: Filled[Undo],
    typed: dict[str, str],
    *,
    status_code: int = 200,
) -> Response:
    book, by = access.book(request), access.who(request).member
    asked = await undone.asking(book, entry.reference, "unwanted", by=by, key="look", note="", stays=())
    return pages.render(
        request,
        "merchant_undo.html",
        status_code=status_code,
        shop=shop,
        entry=entry,
        filled=filled,
        typed=typed,
        alone=await rights.is_alone(book, asked),
        minutes=int(rights.ALONE_FOR.total_seconds()) // 60,
        reasons=[(code, Say(undo_words.REASONS[code])) for code in reasons.REASONS],
    )
