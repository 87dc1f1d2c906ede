"""Taking a step of an event: one page for each, with a note; sending it down a lane; units that report in."""

from __future__ import annotations

from typing import Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import consequences
from points.errors import PointsError
from points.events import dispatches, duties, taking, units
from points.events.errors import UnknownDispatch
from points.people.errors import UnknownMember
from web import access, event_words, forms, pages
from web.access import form
from web.forms import Code, Filled, FormModel, Line, Prose
from web.i18n import N_, Say
from web.refusals import said
from web.views import events

TAKERS = frozenset(role for name in taking.BY_HAND for role in duties.OF_STEP[name])
CORRECTORS = ("verifier", "notice_publisher")


class Taken(FormModel):
    """A step, with what there is to say about it."""

    key: Code = Field(title=N_("编号"))
    note: Prose = Field("", title=N_("说明（可不填）"), max_length=1000)


class Sent(FormModel):
    """Where an event is sent."""

    key: Code = Field(title=N_("编号"))
    lane: Literal["own", "direct", "joint", "whistle"] = Field(title=N_("走哪一路"))
    to: list[Line] = Field(title=N_("哪些单位"))
    handler: Line = Field("", title=N_("谁来办（可不填）"))
    note: Prose = Field("", title=N_("交代一句（可不填）"), max_length=1000)


async def show(request: Request) -> Response:
    """GET /events/{event}/steps/{step}: what the step means, and a note."""
    return await _step(request, forms.empty(Taken))


async def create(request: Request) -> Response:
    """POST /events/{event}/steps/{step}: takes it, once for each key; a false event's awards are taken back with it."""
    whole = await events.find(request, TAKERS)
    name = _name(request)
    filled = forms.read(Taken, form(request))
    if filled.value is None:
        return await _step(request, filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    try:
        await taking.take(book, whole.event.id, name, by=me, key=filled.value.key, note=filled.value.note)
    except PointsError as refusal:
        return await _step(request, filled.failed("", said(refusal)), status_code=422)
    if name == "found_false" and events.in_charge(access.who(request), CORRECTORS, whole):
        await consequences.follow(book, whole.event.id, by=me)
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)))


async def correct(request: Request) -> Response:
    """POST /events/{event}/corrections: takes back what was awarded for an event that does not stand."""
    whole = await events.find(request, CORRECTORS)
    await consequences.follow(access.book(request), whole.event.id, by=access.who(request).member)
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)))


async def choose(request: Request) -> Response:
    """GET /events/{event}/dispatch: the four lanes and the units that serve this place."""
    return await _dispatch(request, forms.empty(Sent, lane="own"))


async def dispatch(request: Request) -> Response:
    """POST /events/{event}/dispatch: sends it, once for each key."""
    whole = await events.find(request, duties.DISPATCHERS)
    filled = forms.read(Sent, form(request))
    value = filled.value
    if value is None:
        return await _dispatch(request, filled, status_code=422)
    book, me = access.book(request), access.who(request).member
    try:
        await dispatches.send(
            book,
            whole.event.id,
            value.lane,
            by=me,
            key=value.key,
            to=value.to if value.lane != "own" else [],
            handler=value.handler or None,
            note=value.note,
        )
    except PointsError as refusal:
        field = "handler" if isinstance(refusal, UnknownMember) else "to"
        return await _dispatch(request, filled.failed(field, said(refusal)), status_code=422)
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)))


async def report_in(request: Request) -> Response:
    """POST /events/{event}/dispatches/{dispatch}/report-in: a unit has come; twice is once."""
    whole = await events.find(request, duties.HANDLERS)
    wanted = request.path_params["dispatch"]
    book = access.book(request)
    if wanted not in {each.dispatch.id for each in await dispatches.of(book, whole.event.id)}:
        raise HTTPException(404)
    try:
        await dispatches.report_in(book, wanted, by=access.who(request).member)
    except UnknownDispatch:
        raise HTTPException(404) from None
    return pages.see(str(request.app.url_path_for("events.show", event=whole.event.id)))


def _name(request: Request) -> str:
    """The step that a path names."""
    name = str(request.path_params["step"])
    if name not in taking.BY_HAND:
        raise HTTPException(404)
    return name


async def _step(request: Request, filled: Filled[Taken], *, status_code: int = 200) -> Response:
    whole = await events.find(request, TAKERS)
    name = _name(request)
    book, me = access.book(request), access.who(request).member
    standing = await taking.life_of(book, whole)
    return pages.render(
        request,
        "event_step.html",
        status_code=status_code,
        filled=filled,
        whole=whole,
        what=events.title(whole),
        name=name,
        action=Say(event_words.ACTIONS[name]),
        meaning=Say(MEANINGS[name]),
        open=name in await taking.open_to(book, whole, me),
        state=event_words.state(standing)[0],
    )


MEANINGS = {
    "handled": N_("办完了，写下怎么办的。接着由没有参与的核实人核查。"),
    "verified": N_("到现场看过、问过，确实办好了。上报和参与的积分在“去核实”里定。"),
    "archived": N_("这件事到此为止。以后又出现，可以重新办理。"),
    "rated": N_("办得怎么样，写一句。"),
    "reopened": N_("没有办好，或者又出现了，从受理派遣重新开始。原来的每一步都留着。"),
    "found_false": N_("查下来没有这回事。等核实的不再核实，给过的积分要更正。"),
}


async def _dispatch(request: Request, filled: Filled[Sent], *, status_code: int = 200) -> Response:
    whole = await events.find(request, duties.DISPATCHERS)
    book, me = access.book(request), access.who(request).member
    serving = await units.serving(book, whole.area.path) if whole.area else []
    return pages.render(
        request,
        "event_dispatch.html",
        status_code=status_code,
        filled=filled,
        whole=whole,
        what=events.title(whole),
        lanes=[(lane, Say(label), Say(LANE_NOTES[lane])) for lane, label in event_words.LANES.items()],
        units=[(unit.code, unit.name, Say(event_words.UNIT_KINDS[unit.kind])) for unit in serving],
        open="assigned" in await taking.open_to(book, whole, me),
        state=event_words.state(await taking.life_of(book, whole))[0],
    )


LANE_NOTES = {
    "own": N_("社区自己办，不写谁办就是您来办"),
    "direct": N_("推给一个单位"),
    "joint": N_("几个单位一起商量着办"),
    "whistle": N_("请包保单位来报到"),
}
