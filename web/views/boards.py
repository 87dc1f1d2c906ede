"""Boards of honour: what a period came to, closed by who publishes, read by anybody, printed for who is on it."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.honours import boards, spans
from points.honours.boards import CLOSERS, Shown
from points.honours.errors import UnknownBoard
from points.honours.models import Board
from points.openness import masking
from points.people import areas, members
from points.people.models import Area
from web import access, bodies, honour_words, pages, paging, pdf, qr, words
from web.access import form
from web.i18n import N_, Say
from web.refusals import said
from web.views import areas as areas_page


async def index(request: Request) -> Response:
    """GET /boards: those that were closed last, for everybody."""
    book = access.book(request)
    found = await boards.recent(book, turn=paging.turn(request))
    places = await areas.many(book, {board.area for board in found})
    return pages.render(request, "boards.html", found=found, turns=paging.links(request, found),
        places=places, told=honour_words, words=words,
    )  # fmt: skip


async def show(request: Request) -> Response:
    """GET /boards/{board}: names masked, of those who agree today; and what was corrected since."""
    book = access.book(request)
    board, place = await _board(request)
    lines = await boards.lines(book, board)
    people = await members.many(book, [line.member for line in lines])
    asking = access.visitor(request)
    return pages.render(
        request,
        "board.html",
        board=board,
        place=place,
        lines=lines,
        names=masking.mask_list({n: p.name for n, p in people.items() if p.name}),
        me=asking.member if asking else None,
        closes=bool(asking and areas_page.covers(asking, CLOSERS, place)),
        places=boards.PLACES,
        told=honour_words,
        words=words,
    )


async def preview(request: Request) -> Response:
    """GET /boards/of/{area}?period=: the formula and what it comes to now, for who may close it."""
    return await _preview(request, bodies.query(request).one("period"))


async def close(request: Request) -> Response:
    """POST /boards/of/{area}: closed for good; pressing twice is pressing once."""
    area, period = await areas_page.find(request, CLOSERS), form(request).one("period")
    try:
        board = await boards.close(access.book(request), area.code, period, by=access.who(request).member)
    except PointsError as refusal:
        return await _preview(request, period, said(refusal))
    return pages.see(f"/boards/{board.id}")


async def paper(request: Request) -> Response:
    """GET /boards/{board}/{place}/paper: the sheet to print, for who is on the board and for who may close it."""
    return pages.render(request, "honour_paper.html", pdf=pdf.available(), **await _paper(request))


async def as_pdf(request: Request) -> Response:
    """GET /boards/{board}/{place}/honour.pdf: the same sheet as a file."""
    context = await _paper(request)
    if not pdf.available():
        raise HTTPException(404)
    html = bytes(pages.render(request, "honour_pdf.html", **context).body).decode()
    name = f'attachment; filename="honour-{context["board"].period}-{context["shown"].line.place}.pdf"'
    content = await pdf.write(html, "certificate.css")
    return Response(content, media_type="application/pdf", headers={"Content-Disposition": name})


async def _preview(request: Request, asked: str, refusal: Say | None = None) -> Response:
    book, area = access.book(request), await areas_page.find(request, CLOSERS)
    choice = spans.recent(book.today())
    # The month before this one is the first that can be closed.
    period = asked if spans.read(asked) else choice[1].name
    if before := await boards.closed(book, area.code, period):
        return pages.see(f"/boards/{before.id}")
    found = await boards.compute(book, area.code, period)
    people = await members.many(book, [each.member for each in found.shown])
    return pages.render(
        request,
        "board_preview.html",
        status_code=422 if refusal else 200,
        area=area,
        found=found,
        names={n: p.name or n for n, p in people.items()},
        choice=choice,
        over=found.span.last < book.today(),
        refusal=refusal,
        places=boards.PLACES,
        told=honour_words,
        words=words,
    )


async def _board(request: Request) -> tuple[Board, Area]:
    book = access.book(request)
    try:
        board = await boards.find(book, request.path_params["board"])
    except UnknownBoard:
        raise HTTPException(404) from None
    return board, await areas.find(book, board.area)


async def _paper(request: Request) -> dict[str, Any]:
    """What stands on the sheet of one place; 404 for who may not print it."""
    book, asking = access.book(request), access.who(request)
    board, place = await _board(request)
    shown = next(
        (s for s in await boards.lines(book, board) if s.line.place == request.path_params["place"]), None
    )
    if shown is None or not (asking.member == shown.member or areas_page.covers(asking, CLOSERS, place)):
        raise HTTPException(404)
    return await _sheet(request, board, place, shown)


async def _sheet(request: Request, board: Board, place: Area, shown: Shown) -> dict[str, Any]:
    someone = (await members.many(access.book(request), [shown.member]))[shown.member]
    where = str(request.url_for("boards.show", board=board.id))
    return {
        "board": board,
        "place": place,
        "shown": shown,
        "name": someone.name,
        "code": qr.inline(where, label=str(Say(N_("查看这张光荣榜的二维码")))),
        "where": where,
        "told": honour_words,
        "words": words,
    }
