"""Writing down an event: choose what it is, fill in one form, and it has a number."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.events import campaigns, duties, filing, week
from points.events.errors import UnknownCampaign
from points.events.filing import Held, Written
from points.people import lookup
from points.people.errors import UnknownMember
from web import access, bodies, forms, pages, places, text, words
from web.access import form
from web.forms import Code, Filled, FormModel, Line, Prose, half_width
from web.i18n import N_, Say
from web.refusals import said
from web.views import events

WHAT_AT_MOST = 20
LEVELS = ("community", "grid", "building")
REPORTED = "DSFHENPTWCZ"
"""Categories of what is reported, in the order of the short list."""
ACTIVITIES = ("志愿服务", week.FRIDAY, "周五志愿日", "巡逻", "文明实践活动")
MEETINGS = ("议事会", "居民说事会", "大杂院议事")
"""Types by which the rule book knows gatherings; what is written down is the Chinese word."""
CATEGORY = {"志愿服务": "V", week.FRIDAY: "V", "周五志愿日": "V", "巡逻": "S", "文明实践活动": "A"}

Clock = Annotated[str, BeforeValidator(half_width), Field(pattern=r"^([01]?\d|2[0-3])[:：]?[0-5]\d$")]


class Report(FormModel):
    """What was seen."""

    key: Code = Field(title=N_("编号"))
    what: Line = Field(title=N_("看到了什么"), max_length=WHAT_AT_MOST)
    category: Line = Field(title=N_("类别"), max_length=1)
    area: Line = Field(title=N_("在哪个社区或网格"))
    place: Line = Field("", title=N_("具体位置（可不填）"), max_length=60)
    on: date = Field(title=N_("哪一天"))
    at: Clock = Field(title=N_("几点"))
    severity: Literal["ordinary", "major"] = Field("ordinary", title=N_("程度"))
    found_first: Literal["yes", "no"] = Field("no", title=N_("先后"))
    reporter: Line = Field("", title=N_("谁发现的（可不填）"))
    text: Prose = Field("", title=N_("经过（可不填）"))


class Gathering(FormModel):
    """An activity or a meeting."""

    key: Code = Field(title=N_("编号"))
    kind: Literal["activity", "meeting"] = Field(title=N_("哪一种"))
    type_name: Line = Field(title=N_("什么活动"))
    what: Line = Field(title=N_("叫什么"), max_length=WHAT_AT_MOST)
    area: Line = Field(title=N_("在哪个社区或网格"))
    on: date = Field(title=N_("哪一天"))
    begins: Clock = Field(title=N_("几点开始"))
    ends: Clock = Field(title=N_("几点结束"))
    campaign: Code | None = Field(None, title=N_("属于哪个专项行动"))
    text: Prose = Field("", title=N_("说明（可不填）"))


async def choose(request: Request) -> Response:
    """GET /events/new: a report, an activity or a meeting."""
    return pages.render(request, "filing.html")


async def new_report(request: Request) -> Response:
    """GET /events/new/report: today, now, and the place when there is only one."""
    book = access.book(request)
    filled = forms.empty(
        Report,
        on=book.today().isoformat(),
        at=text.clock(book.now()),
        severity="ordinary",
        found_first="no",
    )
    return await _report(request, filled)


async def create_report(request: Request) -> Response:
    """POST /events/new/report: files it, once for each key."""
    filled = forms.read(Report, form(request))
    value = filled.value
    if value is None:
        return await _report(request, filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    area = places.read(value.area, await _places(request))
    if area is None:
        return await _report(request, filled.failed("area", _NO_PLACE), status_code=422)
    try:
        who = await _reporter(book, value.reporter)
        written = Written(
            kind="report",
            area=area,
            category=value.category,
            what=value.what,
            occurred_at=_instant(book, value.on, value.at),
            text=value.text,
            place=value.place,
            severity=value.severity,
            found_first=value.found_first == "yes",
        )
        filed = await filing.report(book, written, by=me, key=value.key, reporter=who)
    except PointsError as refusal:
        return await _report(request, filled.failed(_field(refusal), said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("filing.done", event=filed.event)))


async def done(request: Request) -> Response:
    """GET /events/{event}/filed: the number to say, and what comes next."""
    whole = await events.find(request, duties.FILERS)
    return pages.render(request, "filing_done.html", whole=whole, what=events.title(whole))


async def new_gathering(request: Request) -> Response:
    """GET /events/new/gathering?kind=activity: today, the coming two hours."""
    query = bodies.query(request)
    kind = query.one("kind")
    if kind not in ("activity", "meeting"):
        raise HTTPException(404)
    book = access.book(request)
    wanted = {"type_name": query.one("type"), "on": query.one("on"), "campaign": query.one("campaign")}
    types = ACTIVITIES if kind == "activity" else MEETINGS
    day = wanted["on"] if _is_day(wanted["on"]) else book.today().isoformat()
    first = wanted["type_name"] if wanted["type_name"] in types else types[0]
    filled = forms.empty(
        Gathering,
        kind=kind,
        type_name=first,
        on=day,
        begins="09:00",
        ends="11:00",
        campaign=wanted["campaign"],
    )
    return await _gathering(request, filled)


async def create_gathering(request: Request) -> Response:
    """POST /events/new/gathering: files it, once for each key, and goes on to signing in."""
    filled = forms.read(Gathering, form(request))
    value = filled.value
    if value is None:
        return await _gathering(request, filled, status_code=422)
    if value.type_name not in (ACTIVITIES if value.kind == "activity" else MEETINGS):
        wrong = Say(N_("请在{label}里选一项。"), label=filled.label("type_name"))
        return await _gathering(request, filled.failed("type_name", wrong), status_code=422)
    book, me = access.book(request), access.who(request).member
    area = places.read(value.area, await _places(request))
    if area is None:
        return await _gathering(request, filled.failed("area", _NO_PLACE), status_code=422)
    known = await _known(request, value.campaign)
    written = Written(
        kind=value.kind,
        area=area,
        category=CATEGORY.get(value.type_name, "A") if value.kind == "activity" else "M",
        what=value.what,
        occurred_at=_instant(book, value.on, value.begins),
        type_name=value.type_name,
        text=value.text,
    )
    held = Held(_instant(book, value.on, value.ends), campaign=known)
    try:
        filed = await filing.hold(book, written, held, by=me, key=value.key)
    except PointsError as refusal:
        return await _gathering(request, filled.failed(_field(refusal), said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("sign_in", event=filed.event)))


_NO_PLACE = Say(N_("没有找到这个地方。请写社区或网格的名字，同名的写代码。"))


async def _known(request: Request, campaign: str | None) -> str | None:
    """The campaign of a form, None for one that is not theirs."""
    try:
        mine = places.codes(access.who(request), duties.FILERS)
        return str((await campaigns.find(access.book(request), campaign or "", mine)).id)
    except UnknownCampaign:
        return None


async def _places(request: Request) -> list[Any]:
    return await places.offered(access.book(request), access.who(request), duties.FILERS, LEVELS)


async def _report(request: Request, filled: Filled[Report], *, status_code: int = 200) -> Response:
    offered = await _places(request)
    return pages.render(
        request,
        "filing_report.html",
        status_code=status_code,
        filled=_placed(filled, offered),
        places=offered,
        categories=[(letter, words.category(letter)) for letter in REPORTED],
        today=access.book(request).today(),
    )


async def _gathering(request: Request, filled: Filled[Gathering], *, status_code: int = 200) -> Response:
    offered, book = await _places(request), access.book(request)
    meeting = filled.values.get("kind") == "meeting"
    running = await campaigns.running(book, places.codes(access.who(request), duties.FILERS))
    return pages.render(
        request,
        "filing_gathering.html",
        status_code=status_code,
        filled=_placed(filled, offered),
        places=offered,
        meeting=meeting,
        types=[(name, Say(TYPE_WORDS[name])) for name in (MEETINGS if meeting else ACTIVITIES)],
        campaigns=[(row.id, row.name) for row in running],
    )


TYPE_WORDS = {
    "志愿服务": N_("志愿服务"),
    "包保单位志愿日": N_("包保单位志愿日（周五）"),
    "周五志愿日": N_("周五志愿日"),
    "巡逻": N_("巡逻"),
    "文明实践活动": N_("文明实践活动"),
    "议事会": N_("议事会"),
    "居民说事会": N_("居民说事会"),
    "大杂院议事": N_("大杂院议事"),
}


def _placed(filled: Filled[Any], offered: list[Any]) -> Filled[Any]:
    """With the place filled in, when there is only one."""
    if filled.values.get("area") or len(offered) != 1:
        return filled
    values = {**filled.values, "area": f"{offered[0].name} {offered[0].code}"}
    return Filled(filled.model, values, filled.chosen, filled.errors, filled.value)


async def _reporter(book: Any, typed: str) -> str | None:
    """The member who found it: number, phone or card; None when nobody is named."""
    if not typed:
        return None
    found = await lookup.find(book, typed)
    if len(found) != 1:
        raise UnknownMember(member=typed)
    return found[0].member


def _field(refusal: PointsError) -> str:
    """The field that a refusal is about."""
    return {
        "UnknownMember": "reporter",
        "CardStopped": "reporter",
        "AskMore": "reporter",
        "BadTime": "ends" if "结束" in str(refusal) else "on",
        "BadCategory": "category",
    }.get(type(refusal).__name__, "area")


def _instant(book: Any, day: date, clock: str) -> datetime:
    """An instant from a day and 9:05, 09:05 or 0905."""
    digits = clock.replace("：", ":").replace(":", "").zfill(4)
    return datetime.combine(day, time(int(digits[:2]), int(digits[2:])), tzinfo=book.zone)


def _is_day(typed: str) -> bool:
    try:
        return bool(date.fromisoformat(typed))
    except ValueError:
        return False
