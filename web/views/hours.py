"""Hours and honours of one member: in all and this year, stars and levels, certificates, and the boards they are on."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ledger import statements
from points import chart
from points.honours import boards, certificates, hours, numbers, stars
from points.people import areas
from points.people.twice import merges
from web import access, forms, honour_words, pages, register, words
from web.forms import Code, Filled, FormModel
from web.i18n import N_, Say

LATEST = 20


class Asked(FormModel):
    """The days that a certificate is to cover."""

    key: Code = Field(title=N_("编号"))
    since: date | None = Field(None, title=N_("从哪天（不填就是第一次）"))
    until: date | None = Field(None, title=N_("到哪天（不填就是今天）"))


async def mine(request: Request) -> Response:
    """GET /hours: one's own."""
    return await shown(request, access.who(request).member, forms.empty(Asked), own=True)


async def of_member(request: Request) -> Response:
    """GET /members/{member}/hours: over the counter, for who keeps the register there."""
    known = await register.the_member(request)
    return await shown(request, known.member.number, forms.empty(Asked), own=False)


async def shown(request: Request, member: str, filled: Filled[Asked], *, own: bool) -> Response:
    """The page, with a form that was refused or a fresh one. A constant number of statements."""
    book = access.book(request)
    group = await merges.group(book, member)
    served = await hours.services(book, group)
    honour = (chart.honour(member), chart.HONOUR)
    found = await hours.of(book, member)
    on_boards = await boards.of_member(book, member)
    context: dict[str, Any] = {
        "member": member,
        "own": own,
        "hours": found,
        "star": stars.star(found.minutes),
        "level": stars.level((await statements.balances_of(book.reader, [honour]))[honour]),
        "served": sorted(served, key=lambda each: (each.on, each.position), reverse=True)[:LATEST],
        "many": len(served),
        "certificates": await certificates.of(book, member),
        "boards": on_boards,
        "places": await areas.many(book, {board.area for board, _ in on_boards}),
        "filled": filled,
        "told": honour_words,
        "words": words,
        "shown_number": numbers.shown,
        "star_hours": stars.STAR_HOURS,
        "level_honour": stars.LEVEL_HONOUR,
        "today": book.today(),
        "title": Say(N_("时长和荣誉")),
    }
    return pages.render(request, "hours.html", status_code=422 if filled.errors else 200, **context)
