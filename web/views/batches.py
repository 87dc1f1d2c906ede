"""Batches: what was imported, the latest first, and one of them with its withdrawal."""

from __future__ import annotations

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import withdrawals
from points.awards.errors import AwardsError, UnknownBatch
from points.awards.withdrawals import Brought
from points.people.errors import NotAllowed
from web import access, bodies, entries, forms, importing, pages
from web.access import form
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say
from web.views.imports import LABELS


class Why(FormModel):
    """Why a batch is taken back."""

    reason: Line = Field(title=N_("为什么撤回"), max_length=withdrawals.REASON_AT_MOST)


async def index(request: Request) -> Response:
    """GET /imports/batches?before=batch: the imports of the one who asks, the latest first; of an admin of all, all."""
    before = bodies.query(request).one("before")
    page = await withdrawals.page(access.book(request), before=before)
    lines = [line for line in page.lines if may_see(request, page.by.get(line[0].id))]
    return pages.render(request, "batches.html", page_of=page, lines=lines, labels=LABELS, paged=bool(before))


def may_see(request: Request, by: str | None) -> bool:
    """Whether a batch that somebody brought in is there for the one who asks."""
    asking = access.who(request)
    return by == asking.member or None in asking.areas(importing.ROLE)


async def show(request: Request) -> Response:
    """GET /imports/batches/{batch}: one import; within 48 hours it can be taken back."""
    return await _page(request, forms.empty(Why))


async def withdraw(request: Request) -> Response:
    """POST /imports/batches/{batch}/withdrawal: take all of it back, or say what stands in the way; twice is once."""
    filled = forms.read(Why, form(request))
    if filled.value is None:
        return await _page(request, filled, status_code=422)
    book, batch = access.book(request), request.path_params["batch"]
    await _find(request)
    try:
        await withdrawals.withdraw(book, batch, reason=filled.value.reason, by=access.who(request).member)
    except (AwardsError, NotAllowed) as error:
        said = filled.failed("reason", Say(error.template, **error.facts))
        return await _page(request, said, status_code=422)
    return pages.see(str(request.app.url_path_for("imports.batch", batch=batch)))


async def _find(request: Request) -> Brought:
    """The batch that a path names, for those who may see it; for anyone else it is not there."""
    try:
        brought = await withdrawals.find(access.book(request), request.path_params["batch"])
    except UnknownBatch:
        raise HTTPException(404) from None
    if not may_see(request, brought.by):
        raise HTTPException(404)
    return brought


async def _page(request: Request, filled: Filled[Why], *, status_code: int = 200) -> Response:
    book, brought = access.book(request), await _find(request)
    gone = brought.withdrawal
    numbers = [number for number in (brought.by, gone.withdrawn_by if gone else None) if number]
    return pages.render(
        request,
        "batch.html",
        status_code=status_code,
        filled=filled,
        brought=brought,
        label=LABELS[brought.batch.kind],
        withdrawable=brought.batch.kind in withdrawals.KINDS and (brought.events or brought.contributions),
        open=book.now() <= brought.until,
        staff=await entries.staff_names(book, numbers),
    )
