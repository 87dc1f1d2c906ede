"""What is sealed of a mediation, on pages: opened for a reason, shown for ten minutes to one person, and destroyed."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import openings
from points.events.errors import SealClosed
from points.people.errors import NotAllowed
from web import access, forms, mediation_words, pages, text
from web.access import form
from web.forms import Code, FormModel
from web.i18n import N_
from web.refusals import said
from web.views import mediations


class Asked(FormModel):
    """Why it is opened."""

    key: Code = Field(title=N_("编号"))
    reason: Literal["follow_up", "again", "agreement", "asked", "complaint", "audit"] = Field(
        title=N_("为什么打开")
    )


class Ended(FormModel):
    """Why it is destroyed."""

    key: Code = Field(title=N_("编号"))
    ending: Literal["asked", "retention", "wrong"] = Field(title=N_("为什么销毁"))


async def create(request: Request) -> Response:
    """POST /mediations/{event}/openings: an entry in the ledger, and then what is sealed; twice is one entry."""
    case = await mediations.find(request)
    filled = forms.read(Asked, form(request))
    if filled.value is None:
        return await mediations.page_of(request, case, asked=filled, status_code=422)
    book, me, event = access.book(request), access.who(request).member, case.whole.event.id
    try:
        opening = await openings.ask(book, event, filled.value.reason, by=me, key=filled.value.key)
    except SealClosed:
        raise HTTPException(404) from None
    except PointsError as refusal:
        failed = filled.failed("reason", said(refusal))
        return await mediations.page_of(request, case, asked=failed, status_code=422)
    return pages.see(str(request.app.url_path_for("seal", event=event, opening=opening.id)))


async def show(request: Request) -> Response:
    """GET /mediations/{event}/openings/{opening}: what is sealed, to who opened it and for ten minutes."""
    case = await mediations.find(request)
    book, me, event = access.book(request), access.who(request).member, case.whole.event.id
    wanted = request.path_params["opening"]
    mine = next((row for row in await openings.of(book, event) if row.id == wanted), None)
    if mine is None or mine.opened_by != me:
        raise HTTPException(404)
    parties = wrong = None
    try:
        secret = request.app.state.settings.seal()
        parties = await openings.read(book, event, wanted, secret=secret, by=me)
    except SealClosed:
        return pages.see(str(request.app.url_path_for("mediation", event=event)))
    except PointsError as refusal:
        wrong = said(refusal)
    return pages.render(
        request,
        "mediation_opened.html",
        case=case,
        parties=parties,
        wrong=wrong,
        opening=mine,
        until=text.clock(mine.opened_at + openings.STAYS_OPEN),
        told=mediation_words,
    )


async def destroy(request: Request) -> Response:
    """POST /mediations/{event}/destruction: destroys what is sealed, unread, for a reason; twice is once."""
    case = await mediations.find(request)
    filled = forms.read(Ended, form(request))
    if filled.value is None:
        return await mediations.page_of(request, case, ended=filled, status_code=422)
    book, me, event = access.book(request), access.who(request).member, case.whole.event.id
    try:
        await openings.destroy(book, event, filled.value.ending, by=me, key=filled.value.key)
    except NotAllowed:
        raise HTTPException(404) from None
    except PointsError as refusal:
        failed = filled.failed("ending", said(refusal))
        return await mediations.page_of(request, case, ended=failed, status_code=422)
    return pages.see(str(request.app.url_path_for("mediation", event=event)))
