"""Changing areas: set up one below, rename, merge, close; note a grid; form party branches. Each form makes one act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.errors import PointsError
from points.people import area_acts, areas, branches, grids
from points.people.models import Area
from web import access, forms, pages, place_words, places
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views.areas import CHANGERS, NOTERS, covers, find


class NewName(FormModel):
    """Rename."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("新名字"), max_length=80)


class Below(FormModel):
    """Set up an area below."""

    key: Code = Field(title=N_("编号"))
    below: Line = Field(title=N_("名字"), max_length=80)
    level: Literal["section", "quarter", "grid", "building"] = Field(title=N_("哪一级"))


class Merger(FormModel):
    """Merge into another."""

    key: Code = Field(title=N_("编号"))
    into: Line = Field(title=N_("并入哪里"))


class Closing(FormModel):
    """Close."""

    key: Code = Field(title=N_("编号"))


class Noted(FormModel):
    """The profile of a grid."""

    key: Code = Field(title=N_("编号"))
    kind: Literal["unit", "estate", "lane"] | None = Field(None, title=N_("网格类型"))
    households: int | None = Field(None, title=N_("服务户数"), ge=0, le=grids.HOUSEHOLDS_AT_MOST)
    head: Line = Field("", title=N_("网格长（编号或手机号）"), max_length=40)
    worker: Line = Field("", title=N_("网格员（编号或手机号）"), max_length=40)


class NewBranch(FormModel):
    """A party branch to be formed here."""

    key: Code = Field(title=N_("编号"))
    branch: Line = Field(title=N_("党支部的名字"), max_length=80)


class IntoBranch(FormModel):
    """This area goes into a branch, or out of it."""

    key: Code = Field(title=N_("编号"))
    number: Line = Field(title=N_("党支部编号"), max_length=16)
    out: Line = Field("", title=N_("移出"))


MODELS: dict[str, type[FormModel]] = {
    "name": NewName,
    "below": Below,
    "merger": Merger,
    "closing": Closing,
    "profile": Noted,
    "branch": NewBranch,
    "grouping": IntoBranch,
}
"""Every form of the page, by the last part of its address."""


async def edit(request: Request) -> Response:
    """GET /areas/{area}/edit: what can be changed here, each with its own form."""
    return await _page(request, await _found(request), {})


async def change(request: Request) -> Response:
    """POST /areas/{area}/{what}: make one change; the same key again changes nothing more."""
    area, what = await _found(request), str(request.path_params["what"])
    if what not in MODELS or (what != "profile" and not covers(access.who(request), CHANGERS, area)):
        raise HTTPException(404)
    filled: Filled[Any] = forms.read(MODELS[what], access.form(request))
    if filled.value is None:
        return await _page(request, area, {what: filled}, status_code=422)
    try:
        code = await DONE[what](request, area, filled.value)
    except PointsError as refusal:
        named = next(name for name in filled.model.model_fields if name != "key" or what == "closing")
        return await _page(request, area, {what: filled.failed(named, said(refusal))}, status_code=422)
    return pages.see(str(request.app.url_path_for("areas.show", area=code)))


async def _found(request: Request) -> Area:
    return await find(request, NOTERS)


async def _rename(request: Request, area: Area, value: NewName) -> str:
    by = access.who(request).member
    await area_acts.rename(access.book(request), area.code, value.name, by=by, key=value.key)
    return area.code


async def _below(request: Request, area: Area, value: Below) -> str:
    made = await area_acts.add(
        access.book(request),
        value.below,
        level=value.level,
        parent=area.code,
        by=access.who(request).member,
        key=value.key,
    )
    return made.code


async def _merge(request: Request, area: Area, value: Merger) -> str:
    book, asking = access.book(request), access.who(request)
    near = await places.offered(book, asking, CHANGERS, [area.level])
    into = places.read(value.into, near) or value.into
    await area_acts.merge(book, area.code, into=into, by=asking.member, key=value.key)
    return into


async def _close(request: Request, area: Area, value: Closing) -> str:
    await area_acts.close(access.book(request), area.code, by=access.who(request).member, key=value.key)
    return area.code


async def _note(request: Request, area: Area, value: Noted) -> str:
    await grids.note(
        access.book(request),
        area.code,
        kind=value.kind,
        households=value.households,
        head=value.head or None,
        worker=value.worker or None,
        by=access.who(request).member,
        key=value.key,
    )
    return area.code


async def _form_branch(request: Request, area: Area, value: NewBranch) -> str:
    book, by = access.book(request), access.who(request).member
    await branches.form(book, value.branch, area=area.code, by=by, key=value.key)
    return area.code


async def _group(request: Request, area: Area, value: IntoBranch) -> str:
    act = branches.take if value.out else branches.put
    await act(access.book(request), value.number, area.code, by=access.who(request).member, key=value.key)
    return area.code


DONE: dict[str, Callable[[Request, Area, Any], Awaitable[str]]] = {
    "name": _rename,
    "below": _below,
    "merger": _merge,
    "closing": _close,
    "profile": _note,
    "branch": _form_branch,
    "grouping": _group,
}


async def _page(
    request: Request, area: Area, wrong: dict[str, Filled[Any]], *, status_code: int = 200
) -> Response:
    book, asking = access.book(request), access.who(request)
    changes = covers(asking, CHANGERS, area)
    profile = (await grids.of(book, [area.code])).get(area.code, grids.Profile())
    noted = {
        "kind": profile.kind or "",
        "households": "" if profile.households is None else str(profile.households),
        "head": profile.head or "",
        "worker": profile.worker or "",
    }
    filled = {
        name: wrong.get(name) or forms.empty(model, **(noted if name == "profile" else {}))
        for name, model in MODELS.items()
    }
    levels = [
        (level, Say(place_words.LEVELS[level]))
        for level in area_acts.BY_HAND
        if area_acts.ORDER.index("community")
        <= area_acts.ORDER.index(area.level)
        < area_acts.ORDER.index(level)
    ]
    return pages.render(
        request,
        "area_edit.html",
        status_code=status_code,
        area=area,
        filled=filled,
        wrong=next(iter(wrong.values()), forms.empty(Closing)),
        changes=changes,
        levels=levels,
        kinds=[(kind, Say(label)) for kind, label in place_words.KINDS.items()],
        offered=await places.offered(book, asking, CHANGERS, [area.level]) if changes else [],
        branches=await branches.at(book, area.code),
        empty=not await areas.children(book, area.code, limit=1),
    )
