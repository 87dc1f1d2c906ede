"""Monthly assessments: the street scores a community's month, and somebody else agrees to what they see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import assessments, sponsors
from points.awards.assessment_money import Money
from points.awards.assessments import ASSESSORS, DECIDERS, Assessed
from points.errors import PointsError
from points.people import areas
from points.people.errors import UnknownRequest
from web import access, entries, forms, fund_words, pages, paging, place_words, places
from web.access import form
from web.deciding import Decision, why_not
from web.forms import Code, Count, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views.funds import Yuan

READERS = tuple(dict.fromkeys((*ASSESSORS, *DECIDERS, "auditor")))
NO_PLACE = N_("没有找到这个社区。请写社区的名字，同名的写代码。")


class Scored(FormModel):
    """A community's month and its score."""

    key: Code = Field(title=N_("编号"))
    area: Line = Field(title=N_("哪个社区"))
    month: str = Field(title=N_("哪个月"), pattern=r"^\d{4}-(0[1-9]|1[0-2])$")
    score: Count = Field(title=N_("得几分（满分 100）"), le=assessments.BEST)
    sponsor: Literal["street", "community", "unit", "company"] = Field("street", title=N_("谁出资"))
    name: Line = Field("", title=N_("出资的叫什么（可不填）"), max_length=sponsors.NAME_AT_MOST)
    yuan: Yuan = Field(None, title=N_("出资多少元（不填就是一分一元）"))
    document: Line = Field("", title=N_("文件号（可不填）"), max_length=sponsors.DOCUMENT_AT_MOST)

    @property
    def money(self) -> Money:
        """Whose money it is; fen only where they were said."""
        return Money(self.sponsor, self.yuan, self.name, self.document)


async def index(request: Request) -> Response:
    """GET /assessments: the newest of one's communities; for who scores, a form for the month that has just ended."""
    today = access.book(request).today()
    last = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
    return await _index(request, forms.empty(Scored, month=last))


async def create(request: Request) -> Response:
    """POST /assessments: written down for somebody else to agree to; twice is once."""
    filled, book, asking = forms.read(Scored, form(request)), access.book(request), access.who(request)
    value = filled.value
    if value is None:
        return await _index(request, filled, status_code=422)
    place = places.read(value.area, await places.offered(book, asking, ASSESSORS, ["community"]))
    if place is None:
        return await _index(request, filled.failed("area", Say(NO_PLACE)), status_code=422)
    try:
        made = await assessments.assess(
            book, place, value.month, value.score, by=asking.member, key=value.key, money=value.money
        )
    except PointsError as refusal:
        named = "area" if type(refusal).__name__ in ("NotAssessor", "UnknownArea") else "month"
        return await _index(request, filled.failed(named, said(refusal)), status_code=422)
    return pages.see(_path(request, made))


async def show(request: Request) -> Response:
    """GET /assessments/{assessment}: what both people see."""
    return await _shown(request, forms.empty(Decision))


async def decide(request: Request) -> Response:
    """POST /assessments/{assessment}: agree to what was seen, or send it back; twice is once."""
    asked, filled = await _find(request), forms.read(Decision, form(request))
    if filled.value is None:
        return await _shown(request, filled, status_code=422)
    try:
        await assessments.decide(
            access.book(request),
            asked.id,
            approved=filled.value.approved,
            digest=filled.value.digest,
            by=access.who(request).member,
        )
    except PointsError as refusal:
        return await _shown(request, filled.failed("", said(refusal)), status_code=422)
    return pages.see(_path(request, asked))


def _path(request: Request, asked: Assessed) -> str:
    return str(request.app.url_path_for("assessments.show", assessment=asked.id))


async def _index(request: Request, filled: Filled[Scored], *, status_code: int = 200) -> Response:
    book, asking = access.book(request), access.who(request)
    mine = places.codes(asking, READERS)
    below = None if None in mine else [code for code in mine if code]
    inside = await areas.inside(book, below, ["community"], limit=places.MOST)
    codes = None if below is None else [area.code for area in inside]
    found = await assessments.recent(book, codes, paging.turn(request))
    scores = bool(asking.roles & set(ASSESSORS))
    return pages.render(
        request,
        "assessments.html",
        status_code=status_code,
        filled=filled,
        found=found,
        turns=paging.links(request, found),
        places=await areas.many(book, {each.community for each in found}),
        offered=await places.offered(book, asking, ASSESSORS, ["community"]) if scores else [],
        scores=scores,
        told=fund_words,
        sponsors=[(kind, Say(word)) for kind, word in fund_words.SPONSORS.items()],
        states=place_words.STATES,
    )


async def _find(request: Request) -> Assessed:
    """The assessment of this address, of a community in one's areas; 404 for any other."""
    book, asking = access.book(request), access.who(request)
    try:
        asked = await assessments.find(book, str(request.path_params["assessment"]))
    except UnknownRequest:
        raise HTTPException(404) from None
    path = await areas.path(book, asked.community)
    if not any(areas.covers(path, code) for code in places.codes(asking, READERS)):
        raise HTTPException(404)
    return asked


async def _shown(request: Request, filled: Filled[Decision], *, status_code: int = 200) -> Response:
    asked, book = await _find(request), access.book(request)
    words: dict[str, Any] = {
        "filled": filled,
        "asked": asked,
        "place": await areas.find(book, asked.community),
        "names": await entries.staff_names(book, [asked.assessed_by, asked.decided_by]),
        "why": await _why_not(request, asked),
        "told": fund_words,
        "states": place_words.STATES,
    }
    return pages.render(request, "assessment.html", status_code=status_code, **words)


async def _why_not(request: Request, asked: Assessed) -> Say | None:
    """Why the person asking may not decide; None when they may, and when it is decided."""
    if asked.state != "open":
        return None
    book, by = access.book(request), access.who(request).member
    return await why_not(assessments.require_second(book, asked, by=by))
