"""A merchant's statement: looked at by both who settle and by the merchant, objected to, approved, paid, printed."""

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
from points.market import settlements
from points.market.allied_errors import UnknownSettlement
from points.market.models import Shop
from points.market.settlements import DOCUMENT_AT_MOST, NOTE_AT_MOST, Drawn
from points.people import areas
from web import access, allied, allied_words, downloads, entries, forms, pages, pdf
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say, speaking
from web.refusals import said

READERS = (*allied.READERS, allied.MERCHANT)
KEEPERS = ("fund_keeper",)


class Noting(FormModel):
    """What a merchant finds wrong."""

    key: Code = Field(title=N_("编号"))
    text: Line = Field(title=N_("哪里不对"), max_length=NOTE_AT_MOST)


class Paying(FormModel):
    """That it was paid."""

    document: Line = Field(title=N_("付款单号"), max_length=DOCUMENT_AT_MOST)
    on: date = Field(title=N_("哪天付的"))


async def show(request: Request) -> Response:
    """GET /settlements/{settlement}"""
    return await _show(request, *await _the_statement(request), {})


async def decide(request: Request) -> Response:
    """POST /settlements/{settlement}: approve or refuse what was seen; twice is once."""
    drawn, shop = await _the_statement(request, allied.READERS)
    filled = forms.read(Decision, form(request))
    if filled.value is None:
        return await _show(request, drawn, shop, {"deciding": filled}, status_code=422)
    approved, by = filled.value.approved, access.who(request).member
    try:
        await settlements.decide(
            access.book(request), drawn.id, approved=approved, digest=filled.value.digest, by=by
        )
    except (PointsError, ReferenceConflict) as refusal:
        return await _show(
            request, drawn, shop, {"deciding": filled.failed("", said(refusal))}, status_code=422
        )
    return _back(request, drawn)


async def note(request: Request) -> Response:
    """POST /settlements/{settlement}/notes: the merchant says what is not right; twice is once."""
    drawn, shop = await _the_statement(request, (allied.MERCHANT,))
    filled = forms.read(Noting, form(request))
    if filled.value is None:
        return await _show(request, drawn, shop, {"noting": filled}, status_code=422)
    value, by = filled.value, access.who(request).member
    try:
        await settlements.note(access.book(request), drawn.id, value.text, by=by, form=value.key)
    except PointsError as refusal:
        return await _show(
            request, drawn, shop, {"noting": filled.failed("text", said(refusal))}, status_code=422
        )
    return _back(request, drawn)


async def pay(request: Request) -> Response:
    """POST /settlements/{settlement}/payment: records that it was paid; twice is once."""
    drawn, shop = await _the_statement(request, KEEPERS)
    filled = forms.read(Paying, form(request))
    if filled.value is None:
        return await _show(request, drawn, shop, {"paying": filled}, status_code=422)
    value, by = filled.value, access.who(request).member
    try:
        await settlements.pay(access.book(request), drawn.id, document=value.document, on=value.on, by=by)
    except PointsError as refusal:
        return await _show(
            request, drawn, shop, {"paying": filled.failed("document", said(refusal))}, status_code=422
        )
    return _back(request, drawn)


async def paper(request: Request) -> Response:
    """GET /settlements/{settlement}/paper: the statement as it is printed."""
    drawn, shop = await _the_statement(request)
    words = await _words(request, drawn, shop)
    return pages.render(request, "settlement_paper.html", pdf=pdf.available(), **words)


async def as_pdf(request: Request) -> Response:
    """GET /settlements/{settlement}/statement.pdf: the same sheets as a file; 404 where no PDF can be written."""
    drawn, shop = await _the_statement(request)
    if not pdf.available():
        raise HTTPException(404)
    html = bytes(
        pages.render(request, "settlement_pdf.html", **await _words(request, drawn, shop)).body
    ).decode()
    content = await pdf.write(html, "statement.css")
    name = f'attachment; filename="settlement-{drawn.month}-{shop.number}.pdf"'
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": name})


async def sheet(request: Request) -> Response:
    """GET /settlements/{settlement}/statement.xlsx"""
    drawn, shop = await _the_statement(request)
    with speaking(pages.language(request)):
        state = str(Say(allied_words.STATES[drawn.state][0]))
        made = [allied_words.sheet(drawn.statement, shop.name, state, access.book(request).zone)]
    return await downloads.whole(made, f"jishan-settlement-{drawn.month}-{shop.number}.xlsx")


async def _the_statement(request: Request, needed: tuple[str, ...] = READERS) -> tuple[Drawn, Shop]:
    """The statement of this address with its shop: of one's area in one of these roles, or of one's own shop where
    merchants may; 404 otherwise."""
    book = access.book(request)
    try:
        drawn = await settlements.find(book, str(request.path_params["settlement"]))
    except UnknownSettlement:
        raise HTTPException(404) from None
    mine = allied.MERCHANT in needed
    shop = await allied.the_merchant(request, drawn.shop, merchant=mine)
    if mine and shop.number in await allied.own(request):
        return drawn, shop
    if not allied.holds(request, needed, await areas.path(book, shop.area)):
        raise HTTPException(404)
    return drawn, shop


def _back(request: Request, drawn: Drawn) -> Response:
    return pages.see(str(request.app.url_path_for("settlement", settlement=drawn.id)))


async def _words(request: Request, drawn: Drawn, shop: Shop) -> dict[str, Any]:
    """What the page, the paper and the file say of a statement."""
    book = access.book(request)
    place = (await areas.many(book, [shop.area]))[shop.area]
    reference = f"settle/{drawn.month}/{shop.number}"
    entry = (await statements.known(book.reader, [reference])).get(reference)
    people = (drawn.drawn_by, drawn.decided_by, drawn.payment.paid_by if drawn.payment else None)
    staff = (*people, *(one.noted_by for one in drawn.notes))
    return {
        "drawn": drawn,
        "said": drawn.statement,
        "shop": shop,
        "place": place,
        "entry": entry.position if entry and drawn.state == "approved" else None,
        "names": await entries.staff_names(book, staff),
        "told": allied_words,
    }


async def _show(
    request: Request, drawn: Drawn, shop: Shop, typed: dict[str, Filled[Any]], *, status_code: int = 200
) -> Response:
    book = access.book(request)
    drawn = await settlements.find(book, drawn.id)
    own = shop.number in await allied.own(request)
    return pages.render(
        request,
        "settlement.html",
        status_code=status_code,
        why=await why_not(settlements.require_second(book, drawn, shop, by=access.who(request).member)),
        own=own,
        keeps=allied.holds(request, KEEPERS, await areas.path(book, shop.area)),
        pdf=pdf.available(),
        deciding=typed.get("deciding", forms.empty(Decision)),
        noting=typed.get("noting", forms.empty(Noting)),
        paying=typed.get("paying", forms.empty(Paying, on=book.today().isoformat())),
        **await _words(request, drawn, shop),
    )
