"""What there is to do besides the daily work: every door that stands aside, and how much waits behind it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.requests import Request
from starlette.responses import Response

from web import access, pages
from web.access import Door
from web.views import (
    applications,
    care,
    corrections,
    funds,
    merchants,
    netting,
    objections,
    roles,
    rule_books,
    second_looks,
    stock,
    undoing,
)

AT_MOST = 99
Count = Callable[[Request], Awaitable[int | None]]
WAITING: Mapping[str, Count] = {
    "applications": applications.waiting,
    "care.funds": care.waiting,
    "corrections": corrections.waiting,
    "funds": funds.waiting,
    "merchants": merchants.waiting,
    "netting": netting.waiting,
    "objections": objections.waiting,
    "roles": roles.waiting,
    "rule_books": rule_books.waiting,
    "second_looks": second_looks.waiting,
    "stock": stock.waiting,
    "undoings": undoing.waiting,
}
"""By the name of a door, how many things wait behind it for the one who asks; None where nothing is theirs."""


async def show(request: Request) -> Response:
    """GET /desk: what waits comes first, then what is there to be looked at."""
    counts, doors = dict[str, int](), list[Door]()
    for door in access.aside(request):
        waiting = await WAITING[door.name](request) if door.name in WAITING else 0
        if waiting is not None:
            doors.append(door)
            counts[door.name] = waiting
    return pages.render(
        request,
        "desk.html",
        doors=sorted(doors, key=lambda door: not counts[door.name]),
        counts=counts,
        most=AT_MOST,
    )
