"""Saying how content one is with what was done about what one reported."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import satisfaction
from points.events.events import Whole
from points.events.models import Contribution
from points.events.taking import life_of
from web import access, bodies, forms, pages
from web.access import form
from web.forms import Code, Count, FormModel, Line
from web.i18n import N_


class Rated(FormModel):
    """Stars, for the whole or for a unit."""

    key: Code = Field(title=N_("编号"))
    stars: Count = Field(title=N_("满意吗"), le=5)
    unit: Line = Field("", title=N_("单位"), max_length=32)


async def create(request: Request) -> Response:
    """POST /awards/{contribution}/satisfaction: the latest word counts; only for who reported it."""
    book, me = access.book(request), access.who(request).member
    wanted = request.path_params["contribution"]
    doing = await Contribution.get_or_none(id=wanted, member=me, role="reporter", using_db=book.reader)
    if doing is None:
        raise HTTPException(404)
    filled = forms.read(Rated, form(request))
    if filled.value is None:
        raise bodies.Malformed("stars")
    said = filled.value
    try:
        await satisfaction.rate(book, doing.event, said.stars, by=me, key=said.key, unit=said.unit or None)
    except PointsError:
        raise HTTPException(404) from None  # the page does not offer it
    return pages.see(str(request.app.url_path_for("awards.show", contribution=doing.id)))


async def asked(book: Any, whole: Whole, member: str) -> bool:
    """Whether a page asks this person how content they are."""
    if not satisfaction.may_rate(whole, member):
        return False
    return satisfaction.is_rateable(whole, await life_of(book, whole))
