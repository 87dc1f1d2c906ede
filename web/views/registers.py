"""Registers by place and month for those in charge of an area: page by page, whole for printing, as a spreadsheet."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.events import periods, registers
from points.people import areas
from web import access, bodies, downloads, figure_words, pages, register_words
from web.views.figures import Asked, ask

NAMED_TO = ("admin", "auditor")
"""Roles that read whole names; others read them masked."""
MOST_ON_PAPER = 2000
NUMBERS_AT_MOST = 10_000_000


async def show(request: Request) -> Response:
    """GET /registers/{kind}?area=&period=&after=&n=&all=1: fifty lines, or with `all` as many as paper takes."""
    kind, asked = _kind(request), await ask(request)
    book, query = access.book(request), bodies.query(request)
    everything, after = bool(query.one("all")), query.one("after")
    start = _number(query.one("n")) if after else 1
    limit = MOST_ON_PAPER if everything else registers.A_PAGE
    page = await registers.page(
        book, kind, asked.code, asked.period, names=_named(request, asked), after=after, limit=limit
    )
    here, facts = request.url.path, {"area": asked.code or ""}
    following = {**facts, "after": page.after or "", "n": str(start + len(page.entries))}
    today = book.today()
    below = [] if asked.area is None else await areas.children(book, asked.area.code, limit=100)
    return pages.render(
        request,
        "register.html",
        kind=kind,
        asked=asked,
        code=asked.code or "",
        page_of=page,
        rows=list(enumerate(page.entries, start)),
        here=here,
        more=figure_words.address(here, asked.period, following) if page.after else None,
        first=figure_words.address(here, asked.period, facts) if after else None,
        all_of_it=everything,
        now=(periods.month_of(today), periods.week_of(today)),
        below=below,
        figure=figure_words,
        register=register_words,
    )


async def sheet(request: Request) -> Response:
    """GET /registers/{kind}/register.xlsx?area=&period=: the whole register."""
    kind, asked = _kind(request), await ask(request)
    named = _named(request, asked)
    made = register_words.sheet(kind, str(asked.name), asked.period)
    parts = registers.parts(access.book(request), kind, asked.code, asked.period, names=named)
    return await downloads.in_parts(made, _numbered(parts), f"jishan-{kind}-{asked.period.name}.xlsx")


async def _numbered(parts: AsyncIterator[Sequence[registers.Entry]]) -> AsyncIterator[list[list[str | int]]]:
    """The parts of a register as rows, numbered through."""
    first = 1
    async for part in parts:
        yield register_words.lines(part, first)
        first += len(part)


def _kind(request: Request) -> str:
    kind = str(request.path_params["kind"])
    if kind not in registers.KINDS:
        raise HTTPException(404)
    return kind


def _named(request: Request, asked: Asked) -> bool:
    """Whether the reader may see whole names in all of this place."""
    asking = access.who(request)
    path = asked.area.path if asked.area else ""
    return any(areas.covers(path, area) for role in NAMED_TO for area in asking.areas(role))


def _number(typed: str) -> int:
    """The number a page begins with; a page that was typed in by hand may begin with 1."""
    return min(int(typed), NUMBERS_AT_MOST) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 1
