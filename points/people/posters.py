"""Posters: a printed QR that opens a short form, made for an area and taken down again by who heads it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

from tortoise.expressions import RawSQL

from ledger.book import Book
from points import paging
from points.evidence import acts
from points.paging import FIRST, Part, Turn
from points.people import areas, roles
from points.people.errors import PosterTooHigh, UnknownPoster
from points.people.records import Poster, PosterEnd

PURPOSES = {"report": "上报", "enrol": "报名做特约网格员"}
HOMES = ("community", "grid", "building")
"""Where people are enrolled, and so where a poster to enrol by hangs."""
MAKERS = ("grid_head", "admin")
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Letters and digits that nobody takes for one another."""
CODE_LETTERS = 12
A_PAGE = 50


async def make(book: Book, purpose: str, area: str, *, by: str, key: str) -> str:
    """Make a poster for an area; its code is random, and the same for the same `key`.

    Raises UnknownArea, NotAllowed, and PosterTooHigh for one to enrol by above a community.
    """
    assert purpose in PURPOSES, purpose
    reference = f"poster/{by}/{key}"
    asked = {"area": area, "by": by, "purpose": purpose}
    if done := await acts.before(book, reference, asked):
        return done.subject
    place = await areas.find(book, area)
    await roles.require_any(book, by, MAKERS, place.path)
    if purpose == "enrol" and place.level not in HOMES:
        raise PosterTooHigh(level=areas.LEVELS.get(place.level, place.level))
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LETTERS))
    row = Poster(code=code, purpose=purpose, area=area, made_on=book.today().isoformat(), made_by=by)
    about, facts = ("poster", code), {**asked, "code": code}
    receipt = await acts.post(book, reference, about, facts, [row], request=asked)
    return await acts.subject(book, reference) if receipt.repeated else code


async def find(book: Book, code: str, purpose: str) -> Poster:
    """A poster of this purpose that hangs; raises UnknownPoster for any other code, and once it was taken down."""
    row = await Poster.get_or_none(code=code[:16], purpose=purpose, using_db=book.reader)
    if row is None or await PosterEnd.filter(poster=row.code).using_db(book.reader).exists():
        raise UnknownPoster
    return row


async def hanging(book: Book, within: Sequence[str | None], turn: Turn = FIRST) -> Part[Poster]:
    """The posters that hang in these areas and below, the newest first; None is the whole book. Five statements."""
    rows = Poster.annotate(ends=RawSQL(_ENDS)).filter(ends=0, purpose__in=[*PURPOSES]).using_db(book.reader)
    if None not in within:
        named = await Poster.all().using_db(book.reader).distinct().values_list("area", flat=True)
        rows = rows.filter(area__in=await areas.covered(book, map(str, named), within))
    return await paging.part(rows, turn, by=("made_on", "code"), limit=A_PAGE)


_ENDS = "(SELECT count(*) FROM people_poster_end AS x WHERE x.poster = people_poster.code)"


async def take_down(book: Book, code: str, *, by: str, key: str) -> None:
    """A poster's QR opens nothing from now on. Twice is once. Raises UnknownPoster, NotAllowed."""
    reference = f"poster-end/{code}/{key}"
    asked = {"by": by, "poster": code}
    if await acts.before(book, reference, asked):
        return
    row = await Poster.get_or_none(code=code, using_db=book.reader)
    if row is None:
        raise UnknownPoster
    await roles.require_any(book, by, MAKERS, await areas.path(book, row.area))
    await find(book, code, row.purpose)
    end = PosterEnd(poster=code, ended_on=book.today().isoformat(), ended_by=by)
    await acts.post(book, reference, ("poster-end", code), asked, [end])
