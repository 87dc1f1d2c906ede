"""One event for those in charge of its area: what happened, its steps, who did what, and what was awarded for it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import explain
from points.events import events
from points.events.errors import UnknownEvent
from points.events.events import Whole
from points.openness import masking
from points.people import areas, members
from points.people.members import Someone
from web import access, entries, pages, words
from web.access import Who

READERS = ("verifier", "notice_publisher", "admin", "auditor")


async def show(request: Request) -> Response:
    """GET /events/{event}"""
    whole = await find(request, READERS)
    book = access.book(request)
    decided = {each.contribution.id: each for each in await explain.of_event(book, whole.event.id)}
    people = await members.many(book, [each.member for each in whole.contributions])
    numbers = [whole.verifier, *(each.verification.verifier for each in decided.values())]
    return pages.render(
        request,
        "events.html",
        whole=whole,
        doings=sorted(whole.contributions, key=words.by_role),
        decided=decided,
        names=masked(people, [each.member for each in whole.contributions]),
        staff=await entries.staff_names(book, numbers),
        words=words,
        mine=whole.verifier == access.who(request).member,
    )


async def find(request: Request, roles: Collection[str]) -> Whole:
    """The event that a path names, for somebody with such a role in its area; for anyone else it is not there."""
    try:
        whole = await events.find(access.book(request), request.path_params["event"])
    except UnknownEvent:
        raise HTTPException(404) from None
    if not in_charge(access.who(request), roles, whole):
        raise HTTPException(404)
    return whole


def in_charge(asking: Who, roles: Collection[str], whole: Whole) -> bool:
    """Whether somebody holds one of these roles where an event happened; without a place, only for the whole book."""
    path = whole.area.path if whole.area else ""
    return any(areas.covers(path, area) for role in roles for area in asking.areas(role))


def masked(people: Mapping[str, Someone], numbers: Collection[str]) -> dict[str, str]:
    """Masked names by number; the number itself for somebody whose name was erased."""
    names = masking.mask_list({n: people[n].name or "" for n in numbers if n in people and people[n].name})
    return {number: names.get(number, number) for number in numbers}
