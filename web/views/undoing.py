"""Undoing a redemption: from its receipt, alone or as a request that a second person answers."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.market import contracts, redemptions, shops
from points.market.models import Shop
from points.market.redemptions import Entry
from points.market.undoing import requests, rights, undone
from points.market.undoing.errors import UnknownUndoRequest
from points.market.undoing.requests import Wanted
from points.paging import A_PAGE, FIRST, Part, Turn
from points.people import areas
from points.people.errors import NotAllowed
from points.people.requests import MOST
from web import access, entries, forms, pages, paging, places, undo_form, undo_words
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Filled
from web.refusals import said
from web.undo_form import Typed
from web.views.redemptions import the_redemption

DECIDERS = tuple({*rights.APPROVERS, *rights.MERCHANT_APPROVERS})
READERS = (*DECIDERS, "auditor")
AT_OURS, AT_MERCHANTS = (*rights.APPROVERS, "auditor"), (*rights.MERCHANT_APPROVERS, "auditor")
"""Who reads what is asked at a community's own shop, and at a merchant's."""


async def new(request: Request) -> Response:
    """GET /counter/{shop}/redemptions/{position}/undo: what was had, how many of each come back, and why."""
    shop, entry = await the_redemption(request)
    return await _new(request, shop, entry, undo_form.empty())


async def create(request: Request) -> Response:
    """POST /counter/{shop}/redemptions/{position}/undo: done at once by who may alone, else asked for; once."""
    shop, entry = await the_redemption(request)
    typed = undo_form.read(form(request), entry)
    if typed.filled.value is None:
        return await _new(request, shop, entry, typed, status_code=422)
    try:
        done = await undo_form.carry_out(access.book(request), entry, typed, by=access.who(request).member)
    except NotAllowed:
        raise
    except PointsError as refusal:
        return await _new(request, shop, entry, typed.refused(refusal), status_code=422)
    if isinstance(done, Wanted):
        return pages.see(str(request.app.url_path_for("undoing", undoing=done.id)))
    again = "?again=1" if done.repeated else ""
    return pages.see(f"/counter/{shop.number}/redemptions/{entry.position}/undone{again}")


async def show(request: Request) -> Response:
    """GET /counter/{shop}/redemptions/{position}/undone: the correction slip, to look at and to print."""
    shop, entry = await the_redemption(request)
    book = access.book(request)
    done = (await undone.of(book, [entry.reference])).get(entry.reference)
    if done is None:
        raise HTTPException(404)
    rest = await redemptions.find(book, done.rest) if done.rest else None
    return pages.render(
        request,
        "undone.html",
        shop=shop,
        entry=entry,
        done=done,
        rest=rest,
        back=_came_back(entry, rest),
        words=undo_words,
        staff=await entries.staff_names(book, [done.undone_by, done.approved_by]),
        again="again" in request.query_params,
    )


async def waiting(request: Request) -> int:
    """How many requests wait for a second person in the shops of one's areas."""
    return len(await _waiting(request, FIRST, limit=MOST))


async def index(request: Request) -> Response:
    """GET /undoings: what waits for a second person, the oldest first."""
    book, found = access.book(request), await _waiting(request, paging.turn(request))
    of = await redemptions.many(book, [each.redemption for each in found])
    return pages.render(
        request,
        "undoings.html",
        waiting=[(each, of[each.redemption]) for each in found],
        turns=paging.links(request, found),
        shops={shop.number: shop.name for shop in await shops.all_shops(book)},
        staff=await entries.staff_names(book, [each.asked_by for each in found]),
        words=undo_words,
    )


async def asked(request: Request) -> Response:
    """GET /undoings/{undoing}: what is asked, as both people see it."""
    return await _asked(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /undoings/{undoing}: approve or refuse what was seen; twice is once."""
    wanted = await _wanted(request)
    filled = forms.read(Decision, form(request))
    if filled.value is None:
        return await _asked(request, filled, status_code=422)
    book, by = access.book(request), access.who(request).member
    approved = filled.value.approved
    try:
        await requests.decide(book, wanted.id, approved=approved, digest=filled.value.digest, by=by)
    except PointsError as refusal:
        return await _asked(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("undoing", undoing=wanted.id)))


async def _new(
    request: Request, shop: Shop, entry: Entry, typed: Typed, *, status_code: int = 200
) -> Response:
    book, by = access.book(request), access.who(request).member
    return pages.render(
        request,
        "undo.html",
        status_code=status_code,
        shop=shop,
        done=(await undone.of(book, [entry.reference])).get(entry.reference),
        staff=await entries.staff_names(book, [entry.served_by]),
        **await undo_form.words(book, entry, typed, by=by),
    )


def _came_back(entry: Entry, rest: Entry | None) -> list[tuple[str, int]]:
    kept = {line.item: line.quantity for line in rest.lines} if rest else {}
    return [
        (line.name, line.quantity - kept.get(line.item, 0))
        for line in entry.lines
        if line.quantity > kept.get(line.item, 0)
    ]


async def _asked(request: Request, filled: Filled[Decision], *, status_code: int = 200) -> Response:
    wanted, book = await _wanted(request), access.book(request)
    entry = await redemptions.find(book, wanted.redemption)
    assert entry is not None, "what is asked for is there"
    kept = dict(wanted.stays)
    back = [(x.name, x.quantity - kept.get(x.item, 0), x.price) for x in entry.lines]
    done = (await undone.of(book, [entry.reference])).get(entry.reference)
    names = [wanted.asked_by, wanted.decided_by, entry.served_by]
    return pages.render(
        request,
        "undoing.html",
        status_code=status_code,
        filled=filled,
        wanted=wanted,
        entry=entry,
        done=done,
        back=[each for each in back if each[1]],
        why=await why_not(_require_second(request, wanted)) if wanted.state == "open" else None,
        shop=await shops.find(book, wanted.shop),
        staff=await entries.staff_names(book, names),
        words=undo_words,
    )


async def _require_second(request: Request, wanted: Wanted) -> None:
    book = access.book(request)
    asked = await requests.asked_for(book, wanted)
    await rights.require_second(book, asked, by=access.who(request).member)


async def _waiting(request: Request, turn: Turn, *, limit: int = A_PAGE) -> Part[Wanted]:
    return await requests.waiting(access.book(request), await _shops(request), turn, limit=limit)


async def _shops(request: Request) -> list[int]:
    """The shops of which the person asking reads what is asked, by number."""
    ours, theirs = [await shops_in_charge(request, roles) for roles in (AT_OURS, AT_MERCHANTS)]
    allied = await contracts.merchants(access.book(request), [*ours, *theirs])
    found = {shop.number for shop in ours} - allied | {shop.number for shop in theirs} & allied
    return sorted(found)


async def shops_in_charge(request: Request, roles: Sequence[str]) -> list[Shop]:
    """The shops in the areas where the person asking holds one of these roles. Two statements."""
    book, mine = access.book(request), places.codes(access.who(request), roles)
    every = await shops.all_shops(book)
    found = await areas.many(book, {shop.area for shop in every})
    return [s for s in every if any(areas.covers(found[s.area].path, code) for code in mine)]


async def _wanted(request: Request) -> Wanted:
    """The request of this address, if it is of a shop of theirs; 404 otherwise."""
    try:
        wanted = await requests.find(access.book(request), str(request.path_params["undoing"]))
    except UnknownUndoRequest:
        raise HTTPException(404) from None
    if wanted.shop not in await _shops(request):
        raise HTTPException(404)
    return wanted
