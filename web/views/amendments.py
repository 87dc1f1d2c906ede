"""Amending an event: its place, its category, its severity, before anything of it is verified."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import amendments, categories, duties
from points.events.amendments import Mended
from points.events.errors import BadCategory
from web import access, forms, pages, places, words
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views import events
from web.views.filing import LEVELS


class Amended(FormModel):
    """What is to be said of an event from now on; what is left as it is says the same as before."""

    key: Code = Field(title=N_("编号"))
    area: Line = Field("", title=N_("在哪个社区或网格"))
    category: Line = Field(title=N_("类别"), max_length=1)
    severity: Literal["ordinary", "major"] = Field(title=N_("程度"))


async def show(request: Request) -> Response:
    """GET /events/{event}/amendment: what it says now."""
    whole = await events.find(request, duties.AMENDERS)
    area = f"{whole.area.name} {whole.area.code}" if whole.area else ""
    facts = {"area": area, "category": whole.event.category, "severity": whole.event.severity}
    return await _page(request, forms.empty(Amended, **facts))


async def create(request: Request) -> Response:
    """POST /events/{event}/amendment: adds the amendment, once for each key."""
    whole = await events.find(request, duties.AMENDERS)
    filled = forms.read(Amended, form(request))
    value = filled.value
    if value is None:
        return await _page(request, filled, status_code=422)
    book, asking = access.book(request), access.who(request)
    offered = await places.offered(book, asking, duties.AMENDERS, LEVELS)
    area = places.read(value.area, offered)
    if value.area and area is None:
        wrong = Say(N_("没有找到这个地方。请写社区或网格的名字，同名的写代码。"))
        return await _page(request, filled.failed("area", wrong), status_code=422)
    try:
        mended = Mended(area, value.category, value.severity)
        await amendments.amend(book, whole.event.id, mended, by=asking.member, key=value.key)
    except PointsError as refusal:
        field = "category" if isinstance(refusal, BadCategory) else "area"
        return await _page(request, filled.failed(field, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)))


async def _page(request: Request, filled: Filled[Amended], *, status_code: int = 200) -> Response:
    whole = await events.find(request, duties.AMENDERS)
    book, asking = access.book(request), access.who(request)
    return pages.render(
        request,
        "event_amendment.html",
        status_code=status_code,
        filled=filled,
        whole=whole,
        what=events.title(whole),
        places=await places.offered(book, asking, duties.AMENDERS, LEVELS),
        categories=[(letter, words.category(letter)) for letter in categories.read().names],
    )
