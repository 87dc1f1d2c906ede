"""The balance between communities: a month drawn up by one, closed by another who sees the very same."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import netting
from points.market.allied_errors import UnknownSettlement
from points.market.netting import Drawn
from points.people import areas
from points.people.models import Area
from web import access, allied, allied_words, downloads, entries, forms, pages, paging
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Filled, FormModel
from web.i18n import N_, Say, speaking
from web.refusals import said

READERS = allied.READERS
KEEPERS = ("fund_keeper",)
SECOND = ("fund_keeper", "approver", "admin")


class Drawing(FormModel):
    """A month to be drawn up."""

    key: Code = Field(title=N_("编号"))
    under: Code = Field(title=N_("哪个区县"))
    month: str = Field(title=N_("哪个月"), pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")


async def index(request: Request) -> Response:
    """GET /netting: the months of the districts one answers for."""
    return await _index(request, forms.empty(Drawing))


async def waiting(request: Request) -> int:
    """How many months wait for a second person."""
    mine = {area.code for area in await _districts(request)}
    by = access.who(request).member
    found = await netting.waiting(access.book(request))
    return sum(one.crossings.under in mine and one.drawn_by != by for one in found)


async def create(request: Request) -> Response:
    """POST /netting: draws a month up; twice is once."""
    filled, book = forms.read(Drawing, form(request)), access.book(request)
    if filled.value is None:
        return await _index(request, filled, status_code=422)
    value, by = filled.value, access.who(request).member
    if value.under not in {area.code for area in await _districts(request)}:
        raise HTTPException(404)
    try:
        drawn = await netting.draw(book, value.under, value.month, by=by, key=value.key)
    except (PointsError, ReferenceConflict) as refusal:
        return await _index(request, filled.failed("month", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("netting.show", netting=drawn.id)))


async def show(request: Request) -> Response:
    """GET /netting/{netting}"""
    return await _show(request, await _the_balance(request), forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /netting/{netting}: closes the month as it was seen, or not; twice is once."""
    drawn, filled = await _the_balance(request), forms.read(Decision, form(request))
    if filled.value is None:
        return await _show(request, drawn, filled, status_code=422)
    approved, by = filled.value.approved, access.who(request).member
    try:
        digest = filled.value.digest
        await netting.decide(access.book(request), drawn.id, approved=approved, digest=digest, by=by)
    except (PointsError, ReferenceConflict) as refusal:
        return await _show(request, drawn, filled.failed("", said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("netting.show", netting=drawn.id)))


async def sheet(request: Request) -> Response:
    """GET /netting/{netting}/balance.xlsx"""
    drawn, book = await _the_balance(request), access.book(request)
    found = drawn.crossings
    named = await areas.many(book, [found.under, *found.places])
    with speaking(pages.language(request)):
        state = str(Say(allied_words.STATES[drawn.state][0]))
        made = allied_words.netting_sheets(found, found.nets(), named, state)
    return await downloads.whole(made, f"jishan-netting-{found.under}-{found.month}.xlsx")


async def _districts(request: Request) -> list[Area]:
    """The districts whose months the person asking answers for."""
    every = await netting.districts(access.book(request))
    return [area for area in every if allied.holds(request, READERS, area.path)]


async def _the_balance(request: Request) -> Drawn:
    """The balance of this address, of a district one answers for; 404 otherwise."""
    book = access.book(request)
    try:
        drawn = await netting.find(book, str(request.path_params["netting"]))
    except UnknownSettlement:
        raise HTTPException(404) from None
    if not allied.holds(request, READERS, await areas.path(book, drawn.crossings.under)):
        raise HTTPException(404)
    return drawn


async def _index(request: Request, filled: Filled[Drawing], *, status_code: int = 200) -> Response:
    book, today = access.book(request), access.book(request).today()
    mine = await _districts(request)
    found = await netting.of_districts(book, [area.code for area in mine], paging.turn(request))
    last = date(today.year - (today.month == 1), today.month - 1 or 12, 1).isoformat()[:7]
    if not filled.values.get("month"):
        filled = forms.empty(Drawing, month=last, under=mine[0].code if mine else "")
    return pages.render(
        request,
        "nettings.html",
        status_code=status_code,
        filled=filled,
        districts=mine,
        found=found,
        turns=paging.links(request, found),
        draws=any(allied.holds(request, KEEPERS, area.path) for area in mine),
        told=allied_words,
    )


async def _show(
    request: Request, drawn: Drawn, filled: Filled[Decision], *, status_code: int = 200
) -> Response:
    book = access.book(request)
    drawn = await netting.find(book, drawn.id)
    found = drawn.crossings
    reference = netting.closes(found.under, found.month)
    entry = (await statements.known(book.reader, [reference])).get(reference)
    rows, cells = allied_words.matrix(found)
    words: dict[str, Any] = {
        "drawn": drawn,
        "found": found,
        "nets": found.nets(),
        "rows": rows,
        "cells": cells,
        "places": await areas.many(book, [found.under, *found.places]),
        "entry": entry.position if entry and drawn.state == "approved" else None,
        "names": await entries.staff_names(book, [drawn.drawn_by, drawn.decided_by]),
    }
    return pages.render(
        request,
        "netting.html",
        status_code=status_code,
        filled=filled,
        why=await why_not(netting.require_second(book, drawn, by=access.who(request).member)),
        told=allied_words,
        **words,
    )
