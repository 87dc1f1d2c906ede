"""Events for those in charge of an area: the list with its filters, and one event whole, with what can be done."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import consequences, explain
from points.events import (
    amendments,
    categories,
    clusters,
    decisions,
    dispatches,
    duties,
    events,
    listing,
    satisfaction,
    taking,
)
from points.events.errors import UnknownEvent
from points.events.events import Whole
from points.events.records import EventText, Gathering
from points.events.selection import Wanted
from points.openness import masking
from points.people import areas, members
from points.people.members import Someone
from web import access, bodies, entries, event_words, mediation_words, pages, places, proofs, words
from web.access import Who

OVERSEERS = ("auditor", "grid_head", "admin")
"""Who sees of a mediation that it is one, and nothing that is sealed."""
READERS = ("grid_worker", "grid_head", "liaison", "verifier", "notice_publisher", "admin", "auditor")
PERIODS = {"7": 7, "30": 30, "365": 365}
"""How many days back a list goes."""


async def index(request: Request) -> Response:
    """GET /events?kind=&category=&lane=&period=&overdue=&unplaced=&after=: the latest first."""
    book, asking = access.book(request), access.who(request)
    query = bodies.query(request)
    chosen = {name: query.one(name) for name in ("kind", "category", "lane", "period", "overdue", "unplaced")}
    mine = places.codes(asking, READERS)
    page = await listing.page(book, _wanted(chosen, mine, book.today()), after=query.one("after"))
    kept = {name: value for name, value in chosen.items() if value}
    return pages.render(
        request,
        "event_list.html",
        page_of=page,
        filters=event_words.filters(kept, everywhere=None in mine),
        late=await listing.overdue(book, mine),
        wrong=await _to_correct(book, mine),
        most=listing.OVERDUE_AT_MOST,
        more=f"?{urlencode({**kept, 'after': page.after})}" if page.after else None,
        first=f"?{urlencode(kept)}" if query.one("after") else None,
        filtered=bool(kept),
        files=bool(asking.roles & set(duties.FILERS)),
        heads=bool(asking.roles & set(duties.SETTERS)),
        told=event_words,
        words=words,
    )


async def _to_correct(book: Any, mine: tuple[str | None, ...]) -> list[str]:
    """The events of these areas that were found false and whose awards still stand."""
    tops = await areas.many(book, [code for code in mine if code])
    paths = ["/"] if None in mine else [area.path for area in tops.values()]
    left = await consequences.to_correct(book, paths)
    return list(dict.fromkeys(each.award.event for each in left))


async def show(request: Request) -> Response:
    """GET /events/{event}"""
    whole = await find(request, READERS)
    book, me = access.book(request), access.who(request)
    decided = {each.contribution.id: each for each in await explain.of_event(book, whole.event.id)}
    people = await members.many(book, [each.member for each in whole.contributions])
    standing = await taking.life_of(book, whole)
    sent = await dispatches.of(book, whole.event.id)
    numbers = [
        whole.verifier,
        *(each.verification.verifier for each in decided.values()),
        *(step.actor for step in whole.steps),
        *(each.dispatch.handler for each in sent),
    ]
    staff = await entries.staff_names(book, numbers)
    staff |= await _residents(book, [each.dispatch.handler for each in sent if each.dispatch.handler])
    return pages.render(
        request,
        "events.html",
        whole=whole,
        doings=sorted(whole.contributions, key=words.by_role),
        decided=decided,
        names=masked(people, [each.member for each in whole.contributions]),
        staff=staff,
        words=words,
        told=event_words,
        mine=whole.verifier == me.member,
        life=standing,
        timeline=event_words.timeline(whole, standing, staff, await taking.notes_of(book, whole)),
        sent=sent,
        can=await _can(request, whole),
        mediation=await mediation_words.beside(book, whole, opens=in_charge(me, OVERSEERS, whole)),
        mediation_words=mediation_words,
        text=await EventText.get_or_none(event=whole.event.id, using_db=book.reader),
        gathering=await Gathering.get_or_none(event=whole.event.id, using_db=book.reader),
        proofs=await proofs.beside(
            book, whole, add=whole.event.kind != "mediation" and in_charge(me, duties.PROVERS, whole)
        ),
        alike=(await clusters.of(book, [whole.event])).get(whole.event.id),
        adopted=await decisions.adopted(book, whole.event) if whole.event.kind == "meeting" else [],
        amended=await amendments.of(book, whole.event.id),
        ratings=await satisfaction.of(book, whole.event.id),
        wrong=await consequences.standing(book, whole.event.id) if consequences.is_due(standing) else [],
    )


async def _residents(book: Any, numbers: Collection[str]) -> dict[str | None, str]:
    """Masked names of those who are no staff: anybody's number can be typed to handle an event."""
    people = await members.many(book, numbers)
    shown = masked(people, [number for number, who in people.items() if who.kind != "staff"])
    return {number: name for number, name in shown.items()}  # noqa: C416 - a wider type of key


async def _can(request: Request, whole: Whole) -> dict[str, Any]:
    """What the one who asks may do with an event now."""
    book, asking = access.book(request), access.who(request)
    open_now = await taking.open_to(book, whole, asking.member)
    return {
        "steps": [name for name in event_words.ACTIONS if name in open_now],
        "report_in": in_charge(asking, duties.HANDLERS, whole),
        "amend": in_charge(asking, duties.AMENDERS, whole),
        "sign_in": in_charge(asking, duties.FILERS, whole),
        "correct": in_charge(asking, ("verifier", "notice_publisher"), whole),
    }


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


def title(whole: Whole) -> str:
    """What an event is called."""
    return whole.event.subtype_name or whole.event.type_name


def _wanted(chosen: Mapping[str, str], mine: tuple[str | None, ...], today: date) -> Wanted:
    """What a query asks for; what it cannot ask for is left out."""
    days = PERIODS.get(chosen["period"])
    return Wanted(
        areas=mine,
        kind=chosen["kind"] if chosen["kind"] in event_words.KINDS else "",
        category=chosen["category"] if chosen["category"] in categories.read().names else "",
        lane=chosen["lane"] if chosen["lane"] in dispatches.LANES else "",
        overdue=bool(chosen["overdue"]),
        unplaced=bool(chosen["unplaced"]) and None in mine,
        since=today - timedelta(days=days - 1) if days else None,
    )
