"""Paper slips (离线单): print them, and let another person compare paper and screen; `slip_entry` types them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import items, orders
from points.market.errors import NotEnough
from points.market.models import Shop
from points.market.pools import Parts
from points.market.redemptions import Line as Taken
from points.market.slips import batches, entering, losses, slips
from points.market.slips.batches import MOST
from points.market.slips.errors import BadSlipNumber, SlipNotPrinted
from points.market.slips.numbers import series_of
from points.market.slips.records import SlipBatch
from points.market.slips.slips import Slip
from points.openness import masking
from points.people import members
from web import access, agreeing, bodies, forms, pages, paging, pdf, qr, slip_words
from web.access import form
from web.counters import named_parts, the_shop
from web.forms import Code, Count, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

PAPERS = ("a4", "roll")
ROWS = 4
"""So many things can be written on a slip."""


class Printing(FormModel):
    """How many slips are printed."""

    key: Code = Field(title=N_("编号"))
    count: Count = Field(title=N_("印几张"), le=MOST)


class Said(FormModel):
    """What is done with a slip, as it was seen."""

    what: Literal["confirm", "return", "loss", "lost", "keep", "void"] = Field(title=N_("怎么办"))
    digest: Line = Field("", title=N_("核对码"), max_length=80)
    reason: Line = Field("", title=N_("原因"), max_length=12)


async def index(request: Request) -> Response:
    """GET /counter/{shop}/slips: what is open, and the batches with how their numbers add up."""
    return await _index(request, forms.empty(Printing, count="40"))


async def create(request: Request) -> Response:
    """POST /counter/{shop}/slips: number slips to print; twice is once."""
    shop, filled = await the_shop(request), forms.read(Printing, form(request))
    if filled.value is None:
        return await _index(request, filled, status_code=422)
    book, by = access.book(request), access.who(request).member
    try:
        batch = await batches.print_batch(book, shop, filled.value.count, by=by, key=filled.value.key)
    except (PointsError, ReferenceConflict) as refusal:
        return await _index(request, filled.failed("count", said(refusal)), status_code=422)
    return pages.see(f"/counter/{shop.number}/slips/batches/{batches.numbers(batch)[0].plain[:-5]}")


async def batch(request: Request) -> Response:
    """GET /counter/{shop}/slips/batches/{series}: every number of it, and what became of each."""
    shop, found = await _the_batch(request)
    last = (await batches.last_steps(access.book(request), [found]))[found.id]
    rows = [(number, last.get(number.slip)) for number in batches.numbers(found)]
    return pages.render(
        request,
        "slip_batch.html",
        shop=shop,
        batch=found,
        rows=rows,
        tally=batches.tally(found, last),
        pdf=pdf.available(),
        told=slip_words,
        day_of=date.fromisoformat,
        series=rows[0][0].plain[:-5],
    )


async def paper(request: Request) -> Response:
    """GET /counter/{shop}/slips/batches/{series}/paper?paper=roll: the unused slips of a batch, to print."""
    context = await _paper(request)
    return pages.render(request, "slip_paper.html", pdf=pdf.available(), **context)


async def as_pdf(request: Request) -> Response:
    """GET /counter/{shop}/slips/batches/{series}/slips.pdf?paper=roll: the same as a file."""
    context = await _paper(request)
    if not pdf.available():
        raise HTTPException(404)
    html = bytes(pages.render(request, "slip_pdf.html", **context).body).decode()
    name = f'attachment; filename="slips-{context["shop"].number}-{context["series"]}.pdf"'
    content = await pdf.write(html, "slips.css")
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": name})


async def show(request: Request) -> Response:
    """GET /counter/{shop}/slips/{number}: what was typed, to compare with the paper, and what can be done."""
    return await _slip(request, *await _the_slip(request))


async def change(request: Request) -> Response:
    """POST /counter/{shop}/slips/{number}: confirm, send back, cancel, or let the shop bear it; twice is once."""
    shop, slip = await _the_slip(request)
    filled = forms.read(Said, form(request))
    if filled.value is None:
        return await _slip(request, shop, slip, Say(N_("请选一个原因。")))
    book, by, value = access.book(request), access.who(request).member, filled.value
    number = slip.number.shown
    try:
        if value.what == "confirm":
            together = agreeing.read_parts(form(request).all("part"))
            await entering.confirm(book, shop, number, digest=value.digest, by=by, together=together)
        elif value.what == "return":
            await entering.send_back(book, shop, number, reason=value.reason, by=by)
        elif value.what == "void":
            await entering.void(book, shop, number, reason=value.reason, by=by)
        elif value.what == "loss":
            await losses.ask(book, shop, number, reason=value.reason, by=by)
        else:
            approved = value.what == "lost"
            await losses.decide(book, shop, number, approved=approved, digest=value.digest, by=by)
    except PointsError as refusal:
        return await _slip(request, shop, await slips.of_number(book, slip.number), said(refusal))
    return pages.see(f"/counter/{shop.number}/slips/{number}")


async def _index(request: Request, filled: Filled[Printing], *, status_code: int = 200) -> Response:
    shop, book = await the_shop(request), access.book(request)
    found = await batches.of_shop(book, shop, paging.turn(request))
    last = await batches.last_steps(book, found.rows)
    waiting = await slips.open_ones(book, shop)
    return pages.render(
        request,
        "slips.html",
        status_code=status_code,
        shop=shop,
        filled=filled,
        waiting=waiting,
        turns=paging.links(request, found),
        names=await masked(book, [one.content.member for one in waiting if one.content]),
        batches=[
            (one, batches.numbers(one)[0].plain[:-5], batches.tally(one, last[one.id])) for one in found
        ],
        day_of=date.fromisoformat,
        told=slip_words,
        most=MOST,
    )


async def _slip(request: Request, shop: Shop, slip: Slip, refused: Say | None = None) -> Response:
    book, me, content = access.book(request), access.who(request).member, slip.content
    why = None
    if content and slip.is_open:
        try:
            if slip.state == "loss_asked":
                await losses.require_second(book, shop, content, slip.steps[-1], by=me)
            else:
                await entering.require_second(book, shop, content, by=me)
        except PointsError as refusal:
            why = said(refusal)
    people = await members.many(
        book, {step.by for step in slip.steps} | {content.served_by if content else me}
    )
    lines = await lines_of(book, slip)
    total = sum(line.points for line in lines)
    parts = await _parts(book, slip, total)
    return pages.render(
        request,
        "slip.html",
        status_code=422 if refused else 200,
        shop=shop,
        slip=slip,
        content=content,
        lines=lines,
        total=total,
        said=agreeing.said_parts(parts),
        parts=await named_parts(book, parts),
        why=why,
        refused=refused,
        names=await masked(book, [content.member] if content else []),
        staff={number: one.name or number for number, one in people.items()},
        told=slip_words,
    )


async def _parts(book: Book, slip: Slip, points: int) -> Parts:
    """What each of the household would give; () where the member pays alone, or cannot pay."""
    if not slip.is_open or slip.content is None or not slip.content.member:
        return ()
    try:
        return await entering.whose(book, slip.content, points)
    except NotEnough:
        return ()


async def lines_of(book: Book, slip: Slip) -> Sequence[Taken]:
    """What was taken, at the prices of the slip's day; at none where a thing had no price on it."""
    content = slip.content
    if content is None:
        return []
    try:
        return (await orders.priced(book, content.basket, content.handed_on))[0]
    except PointsError:
        names = {one.number: one.name for one in await items.all_items(book)}
        return [Taken(item, names.get(item, str(item)), n, 0) for item, n in content.basket.wanted]


async def masked(book: Book, numbers: Sequence[str]) -> dict[str, str]:
    """Masked names by number; the number for one that was erased."""
    people = await members.many(book, [number for number in numbers if number])
    return {number: masking.mask(one.name) if one.name else number for number, one in people.items()}


async def _paper(request: Request) -> dict[str, Any]:
    """The slips of a batch that were not used yet; each with its number as a code to scan."""
    shop, found = await _the_batch(request)
    last = (await batches.last_steps(access.book(request), [found]))[found.id]
    left = [number for number in batches.numbers(found) if number.slip not in last]
    kind = bodies.query(request).one("paper")
    label = str(Say(N_("离线单编号")))
    return {
        "shop": shop,
        "batch": found,
        "series": batches.numbers(found)[0].plain[:-5],
        "papers": [(number, qr.inline(number.shown, label=label)) for number in left],
        "paper": kind if kind in PAPERS else PAPERS[0],
        "rows": ROWS,
        "day": date.fromisoformat(found.printed_on),
    }


async def _the_batch(request: Request) -> tuple[Shop, SlipBatch]:
    shop = await the_shop(request)
    series = series_of(str(request.path_params["series"])[:3])
    found = await batches.find(access.book(request), shop, series)
    if found is None:
        raise HTTPException(404)
    return shop, found


async def _the_slip(request: Request) -> tuple[Shop, Slip]:
    shop = await the_shop(request)
    try:
        return shop, await slips.find(access.book(request), shop, str(request.path_params["number"]))
    except (BadSlipNumber, SlipNotPrinted):
        raise HTTPException(404) from None
