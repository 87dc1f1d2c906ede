"""Figures of a week or month for those in charge of an area: drawn, as tables, as a file, with the events behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.events import categories, figures, listing, periods
from points.events.figures import CONTENT, OUTCOMES, Case
from points.events.periods import Period
from points.people import areas
from points.people.models import Area
from web import access, bodies, downloads, event_words, figure_words, pages, places, words
from web.i18n import N_, Say
from web.views.events import READERS

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """A period and a place somebody asked for. `area` None is the whole book; `mine` are the places they answer for."""

    period: Period
    area: Area | None
    mine: Sequence[str | None]
    above: Sequence[Area]

    @property
    def code(self) -> str | None:
        """The place's code."""
        return self.area.code if self.area else None

    @property
    def name(self) -> object:
        """What the place is called."""
        return self.area.name if self.area else Say(N_("全部地方"))


async def show(request: Request) -> Response:
    """GET /figures?area=&period=2018-07|2018-W27: this month at first; charts, and the tables behind them."""
    asked = await ask(request)
    book = access.book(request)
    found, tables = await _read(book, asked)
    today = book.today()
    return pages.render(
        request,
        "figures.html",
        asked=asked,
        code=asked.code or "",
        found=found,
        tables=tables,
        told=figure_words,
        outcomes=[(name, Say(figure_words.LABELS[name]), getattr(found.whole, name)) for name in OUTCOMES],
        days=[(day, found.days[day].reported if day in found.days else 0) for day in asked.period.days],
        now=(periods.month_of(today), periods.week_of(today)),
        others=await _others(book, asked),
    )


async def sheet(request: Request) -> Response:
    """GET /figures/figures.xlsx?area=&period=: the tables as a spreadsheet."""
    asked = await ask(request)
    found, tables = await _read(access.book(request), asked)
    made = figure_words.sheets(found, tables, str(asked.name), asked.period)
    return await downloads.whole(made, f"jishan-figures-{asked.period.name}.xlsx")


async def behind(request: Request) -> Response:
    """GET /figures/events?area=&period=&outcome=&category=&unit=&stars=&day=&here=&after=: a number's events."""
    asked, query = await ask(request), bodies.query(request)
    book = access.book(request)
    chosen = {name: query.one(name) for name in ("outcome", "category", "unit", "stars", "day", "here")}
    kept = [
        case for case in await figures.cases(book, [asked.code], asked.period) if _fits(case, chosen, asked)
    ]
    keys = [case.event for case in kept]
    after = query.one("after")
    start = keys.index(after) + 1 if after in keys else 0
    shown = keys[start : start + A_PAGE]
    facts = {"area": asked.code or "", **chosen}
    more = {**facts, "after": shown[-1]} if start + A_PAGE < len(keys) else None
    here = request.url.path
    return pages.render(
        request,
        "figure_events.html",
        asked=asked,
        back=figure_words.address(
            str(request.app.url_path_for("figures")), asked.period, {"area": asked.code or ""}
        ),
        total=len(keys),
        chosen=_said(chosen),
        lines=await listing.lines_of(book, shown),
        more=more and figure_words.address(here, asked.period, more),
        first=figure_words.address(here, asked.period, facts) if start else None,
        figure=figure_words,
        told=event_words,
        words=words,
    )


async def ask(request: Request) -> Asked:
    """What a query asks for; a place that the person does not answer for, or a period that is none, is not there."""
    book, query = access.book(request), bodies.query(request)
    mine = places.codes(access.who(request), READERS)
    named = query.one("period")
    period = periods.read(named) if named else periods.month_of(book.today())
    if period is None:
        raise HTTPException(404)
    code = query.one("area") or (None if None in mine else min(each for each in mine if each))
    if code is None:
        return Asked(period, None, mine, ())
    area = await _covered(book, code, mine)
    above = [each for each in areas.ancestors(area.path)[:-1] if _covers(area.path, each, mine)]
    named_above = await areas.many(book, above)
    return Asked(period, area, mine, [named_above[each] for each in above if each in named_above])


async def _covered(book: Any, code: str, mine: Sequence[str | None]) -> Area:
    area = (await areas.many(book, [code])).get(code)
    if area is None or not any(areas.covers(area.path, each) for each in mine):
        raise HTTPException(404)
    return area


def _covers(path: str, above: str, mine: Sequence[str | None]) -> bool:
    """Whether somebody also answers for a place that is above one of theirs."""
    return any(areas.covers(path[: path.index(above) + len(above) + 1], each) for each in mine)


async def _others(book: Any, asked: Asked) -> list[Area]:
    """The other places one answers for, when no wider one holds them."""
    found = await areas.many(book, [code for code in asked.mine if code])
    return [area for code, area in sorted(found.items()) if code != asked.code and None not in asked.mine]


async def _read(book: Any, asked: Asked) -> tuple[figures.Figures, list[figure_words.Table]]:
    cases = await figures.cases(book, [asked.code], asked.period)
    found = figures.figures(cases, asked.code)
    named = await areas.many(book, [code for code in found.places if code])
    return found, figure_words.tables(found, named, area=asked.code or "")


def _fits(case: Case, chosen: dict[str, str], asked: Asked) -> bool:
    """Whether a case is one of those behind a number."""
    unit = case.unit or figure_words.NOWHERE
    return (
        chosen["outcome"] in ("", case.outcome)
        and chosen["category"] in ("", case.category)
        and chosen["unit"] in ("", unit)
        and chosen["day"] in ("", case.happened_on.isoformat())
        and not (chosen["here"] and figures.below(case.path, asked.code))
        and (not chosen["stars"] or (case.stars or 0) >= (CONTENT if chosen["stars"] == "content" else 1))
    )


def _said(chosen: dict[str, str]) -> list[object]:
    """What a list was narrowed to, in words."""
    said: list[object] = []
    if chosen["outcome"] in figure_words.LABELS:
        said.append(Say(figure_words.LABELS[chosen["outcome"]]))
    if chosen["category"] in categories.read().names:
        said.append(words.category(chosen["category"]))
    if chosen["unit"]:
        nowhere = chosen["unit"] == figure_words.NOWHERE
        said.append(Say(figure_words.BESIDE["unit"]) if nowhere else chosen["unit"])
    if chosen["here"]:
        said.append(Say(figure_words.BESIDE["place"]))
    if chosen["stars"]:
        said.append(Say(N_("满意")) if chosen["stars"] == "content" else Say(N_("评价")))
    return [*said, chosen["day"]] if chosen["day"] else said
