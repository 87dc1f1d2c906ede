"""Members who may be one person: listed, put side by side, and said to be two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points.awards import purse
from points.awards.purse import Summary
from points.errors import PointsError
from points.people import areas, cards, clerks, consents, directory, households, members, teams, words
from points.people.directory import Known
from points.people.twice import duplicates, likeness, looks, merges
from points.people.twice.likeness import Traits
from web import access, bodies, pages, register
from web.access import form
from web.bodies import Malformed
from web.i18n import N_, Say
from web.refusals import said

WHY = {"name": N_("姓名像"), "birthday": N_("生日同"), "phone": N_("手机像")}


@dataclass(frozen=True)
class Side:
    """One of two, as the comparison shows them. `into`: the number it was merged into."""

    known: Known
    card: str | None
    home: str | None
    teams: list[str]
    agrees: list[Say]
    purse: Summary
    into: str | None


async def index(request: Request) -> Response:
    """GET /members/duplicates?after=: those of one stretch of the register, a constant number of statements."""
    book, mine = access.book(request), register.mine(access.who(request))
    after = bodies.query(request).one("after")
    found = await duplicates.find(book, mine, after=words.number(after) or "")
    people = await members.many(book, {t.number for pair in found.pairs for t in (pair.one, pair.two)})
    places = await areas.many(book, {one.area for one in people.values()})
    return pages.render(
        request,
        "duplicates.html",
        found=found,
        after=after,
        areas={
            number: places[one.area].name if one.area in places else one.area
            for number, one in people.items()
        },
        why=WHY,
    )


async def pair(request: Request) -> Response:
    """GET /members/pair?one=&two=: side by side."""
    asked = bodies.query(request)
    return await _pair(request, asked.one("one"), asked.one("two"))


async def apart(request: Request) -> Response:
    """POST /members/pair: they are two people, and are not listed again."""
    sent, by = form(request), access.who(request).member
    one, two = await both(request, sent.one("one"), sent.one("two"))
    try:
        await duplicates.apart(
            access.book(request), one.member.number, two.member.number, by=by, key=key_of(request)
        )
    except PointsError as refusal:
        return await _pair(request, one.member.number, two.member.number, said(refusal))
    return pages.see("/members/duplicates")


async def both(
    request: Request, one: str, two: str, roles: tuple[str, ...] = clerks.ROLES
) -> tuple[Known, Known]:
    """Two members of the areas of whoever keeps the register there; 404 when either is anybody else's."""
    book, mine = access.book(request), register.mine(access.who(request), roles)
    numbers = [words.number(text) for text in (one, two)]
    found = [await directory.known(book, number, mine) if number else None for number in numbers]
    if found[0] is None or found[1] is None:
        raise HTTPException(404)
    return found[0], found[1]


async def side(request: Request, known: Known) -> Side:
    """All that is compared of one of them."""
    book, number = access.book(request), known.member.number
    card, today = await cards.of(book, number), book.today()
    agreed = (await consents.of(book, [number]))[number]
    return Side(
        known=known,
        card=register.shown_card(card.number) if card else None,
        home=(await households.of(book, [number]))[number],
        teams=(await teams.of(book, [number]))[number],
        agrees=[Say(label) for what, label in register.CONSENTS.items() if what in agreed],
        purse=await purse.summary(book, number, today),
        into=(await merges.into(book, [number])).get(number),
    )


def key_of(request: Request) -> str:
    """The key of the page that was sent."""
    key = form(request).one("key")
    if not key.isalnum() or not key.isascii() or len(key) > 40:
        raise Malformed("key")
    return key


async def _pair(request: Request, one: str, two: str, refused: Say | None = None) -> Response:
    known = await both(request, one, two)
    sides = [await side(request, each) for each in known]
    shown: dict[str, Any] = {
        "sides": sides,
        "why": [Say(WHY[each]) for each in _alike(*known)],
        "open": not any(each.into for each in sides) and one != two,
        "merges": bool(access.who(request).roles & set(looks.ROLES)),
        "kinds": register.KINDS,
        "refused": refused,
    }
    return pages.render(request, "pair.html", status_code=422 if refused else 200, **shown)


def _alike(*known: Known) -> tuple[str, ...]:
    people = [each.person for each in known]
    traits = [Traits(p.member, p.name, p.birthday, p.born_year, p.phone) for p in people if p]
    return likeness.alike(*traits) if len(traits) == 2 else ()
