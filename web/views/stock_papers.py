"""The papers of a delivery or a loss on pages: seen by who reads the stock, added and erased by who keeps it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events.errors import UnknownAttachment
from points.events.records import Attachment
from points.market import stock_papers
from points.market.errors import UnknownDelivery
from points.market.models import Shop
from web import access, forms, pages, proofs, shelves
from web.access import form
from web.forms import Code, Filled, FormModel
from web.i18n import N_, Say
from web.refusals import said
from web.uploads import FileForm
from web.views import attachments
from web.views.attachments import Erased, read_file

TITLES = {"delivery": N_("第 {position} 条进货的单据"), "loss": N_("第 {position} 条报损的照片和材料")}


class Paper(FormModel):
    """A file and what it shows."""

    key: Code = Field(title=N_("编号"))
    name: Literal["paper", "site", "other"] = Field(title=N_("里面是什么"))
    file: str = Field("", title=N_("照片或 PDF"))


async def index(request: Request) -> Response:
    """GET /stock/{shop}/papers/{position}: the papers of an entry, and a form for another."""
    return await _index(request, forms.empty(Paper, name="paper"))


async def create(request: Request) -> Response:
    """POST /stock/{shop}/papers/{position}: washes it and keeps it; twice is once."""
    shop, position, _ = await _entry(request, shelves.KEEPERS)
    sent: FileForm = access.body(request)
    filled, data = forms.read(Paper, sent), await read_file(sent)
    if data is None:
        filled = filled.failed("file", Say(N_("请选一个文件。")))
    if filled.value is None or filled.errors or data is None:
        return await _index(request, filled, status_code=422)
    book, folder = access.book(request), request.app.state.settings.attachments
    by, value = access.who(request).member, filled.value
    try:
        await stock_papers.add(book, folder, shop, position, data, name=value.name, by=by, key=value.key)
    except PointsError as refusal:
        return await _index(request, filled.failed("file", said(refusal)), status_code=422)
    return pages.see(_at(request, shop, position))


async def show(request: Request) -> Response:
    """GET /stock/{shop}/papers/{position}/{attachment}: the picture, or the PDF to save."""
    return await attachments.sent_as_it_is(request, await _paper(request))


async def thumbnail(request: Request) -> Response:
    """GET /stock/{shop}/papers/{position}/{attachment}/thumbnail"""
    return await attachments.small(request, await _paper(request))


async def about(request: Request) -> Response:
    """GET /stock/{shop}/papers/{position}/{attachment}/erasure: look at it once more, and say why it goes."""
    return await _about(request, forms.empty(Erased))


async def erase(request: Request) -> Response:
    """POST /stock/{shop}/papers/{position}/{attachment}/erasure: erases the file; that it was there stays."""
    shop, position, _ = await _entry(request, shelves.KEEPERS)
    filled = forms.read(Erased, form(request))
    if filled.value is None:
        return await _about(request, filled, status_code=422)
    book, folder = access.book(request), request.app.state.settings.attachments
    paper, value = str(request.path_params["attachment"]), filled.value
    by = access.who(request).member
    try:
        await stock_papers.erase(
            book, folder, shop, position, paper, reason=value.reason, by=by, key=value.key
        )
    except UnknownAttachment:
        raise HTTPException(404) from None
    return pages.see(_at(request, shop, position))


async def _entry(request: Request, roles: frozenset[str] = shelves.READERS) -> tuple[Shop, int, Say]:
    """The shop and the entry of the address, with its title; 404 unless it is a delivery or a loss of that shop."""
    shop, position = await shelves.the_shop(request, roles), int(request.path_params["position"])
    try:
        kind = await stock_papers.kind(access.book(request), shop, min(position, 2**53))
    except UnknownDelivery:
        raise HTTPException(404) from None
    return shop, position, Say(TITLES[kind], position=f"{position:,}")


async def _paper(request: Request, roles: frozenset[str] = shelves.READERS) -> Attachment:
    _, position, _ = await _entry(request, roles)
    try:
        return await stock_papers.find(access.book(request), position, str(request.path_params["attachment"]))
    except UnknownAttachment:
        raise HTTPException(404) from None


async def _about(request: Request, filled: Filled[Erased], *, status_code: int = 200) -> Response:
    shop, position, title = await _entry(request, shelves.KEEPERS)
    at = _at(request, shop, position)
    paper = await _paper(request, shelves.KEEPERS)
    return attachments.looked_at_once_more(
        request, paper, filled, about=(at, title), at=at, status_code=status_code
    )


async def _index(request: Request, filled: Filled[Paper], *, status_code: int = 200) -> Response:
    shop, position, title = await _entry(request)
    shown = await stock_papers.of(access.book(request), position)
    return pages.render(
        request,
        "stock_papers.html",
        status_code=status_code,
        filled=filled,
        shop=shop,
        position=position,
        what=title,
        at=_at(request, shop, position),
        proofs=proofs.told(shown),
        keeps=await shelves.may(request, shop, shelves.KEEPERS),
        options=[(name, Say(proofs.NAMES[name])) for name in stock_papers.NAMES],
    )


def _at(request: Request, shop: Shop, position: int) -> str:
    return str(request.app.url_path_for("stock.papers", shop=shop.number, position=position))
