"""Giving (赠送): look at whom and how much, then confirm; the receipt, from which a gift is taken back on its day."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.awards import purse
from points.errors import PointsError
from points.market.giving import gifts, taking_back
from points.market.giving.errors import UnknownGift
from points.market.giving.records import Gift
from points.openness import masking
from points.people import areas, members
from web import access, bodies, forms, giving_words, pages, paging
from web.access import form
from web.forms import Code, Count, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said

CARE = "care"
"""What stands for the care fund where somebody is chosen to give to."""


class Wanted(FormModel):
    """To whom, and how much; `named`: thanked by the masked name."""

    to: Line = Field(title=N_("送给谁"), max_length=20)
    points: Count = Field(title=N_("送多少分"))
    named: Literal["", "yes"] = Field("", title=N_("感谢的时候写出我的姓（隐名）"))
    key: Code = Field("", title=N_("编号"))

    @property
    def receiver(self) -> str:
        """The member at home, "" for the care fund."""
        return "" if self.to == CARE else self.to


async def index(request: Request) -> Response:
    """GET /giving"""
    return await _index(request, forms.empty(Wanted))


async def look(request: Request) -> Response:
    """GET /giving/look?to=&points=&named=: what would be given, with until when it lives. Nothing is written."""
    filled = forms.read(Wanted, bodies.query(request))
    if filled.value is None:
        return await _index(request, filled, status_code=422)
    me = access.who(request).member
    try:
        shown = await looked(request, me, filled.value)
    except PointsError as refusal:
        return await _index(request, filled.failed(field(refusal), said(refusal)), status_code=422)
    return pages.render(request, "giving_look.html", wanted=filled.value, **shown)


async def create(request: Request) -> Response:
    """POST /giving: once for each key; what was done before is shown again."""
    filled, me = forms.read(Wanted, form(request)), access.who(request).member
    if filled.value is None or not filled.value.key:
        return await _index(request, filled, status_code=422)
    value = filled.value
    try:
        done = await gifts.give(
            access.book(request), me, to=value.receiver, points=value.points, by=me, key=value.key,
            named=value.named == "yes",
        )  # fmt: skip
    except (PointsError, ReferenceConflict) as refusal:
        return await _index(request, filled.failed(field(refusal), said(refusal)), status_code=422)
    return pages.see(request.app.url_path_for("gift", gift=done.gift.id))


async def show(request: Request) -> Response:
    """GET /gifts/{gift}: for who gave, who received, and the counter of the giver's community; for nobody else."""
    return await _shown(request, await _the_gift(request))


async def undo(request: Request) -> Response:
    """POST /gifts/{gift}/undoing: on its day, while it is unspent; twice is once."""
    gift = await _the_gift(request)
    try:
        await taking_back.take_back(access.book(request), gift.id, by=access.who(request).member)
    except PointsError as refusal:
        return await _shown(request, gift, said(refusal))
    return pages.see(request.app.url_path_for("gift", gift=gift.id))


async def looked(request: Request, giver: str, value: Wanted) -> dict[str, Any]:
    """What both the page at home and the counter show before a gift: raises what giving would refuse."""
    book = access.book(request)
    someone = await gifts.require(book, giver, value.receiver, value.points)
    may, parts = await gifts.planned(book, giver, value.points, book.today())
    names = await giving_words.named(request, [value.receiver])
    place = (await areas.many(book, [someone.area]))[someone.area]
    spendable = sum(n for _, n in await purse.spendable(book, giver, book.today()))
    return {
        "to": names.get(value.receiver) or giving_words.fund(place.name),
        "parts": parts,
        "left": may.left - value.points,
        "spendable": spendable,
    }


def field(refusal: Exception) -> str:
    """Beside which field a refusal stands."""
    about_points = {"GiftTooLarge", "GiftsUsedUp", "BadGift"}
    return "points" if type(refusal).__name__ in about_points else "to"


async def choices(book: Book, giver: str) -> dict[str, Any]:
    """To whom somebody may give, by masked name, the fund of their community, and how much."""
    someone = (await members.many(book, [giver]))[giver]
    there = await gifts.receivers(book, giver)
    people = await members.many(book, there)
    place = (await areas.many(book, [someone.area])).get(someone.area)
    return {
        "mates": [
            (n, name) for n, name in masking.mask_list({n: people[n].name or n for n in there}).items()
        ],
        "fund": giving_words.fund(place.name if place else someone.area),
        "allowance": await gifts.allowance(book, giver, book.today()),
        "spendable": sum(n for _, n in await purse.spendable(book, giver, book.today())),
    }


async def _index(request: Request, filled: Filled[Wanted], *, status_code: int = 200) -> Response:
    book, me = access.book(request), access.who(request).member
    found = await gifts.latest(book, me, paging.turn(request))
    return pages.render(
        request,
        "giving.html",
        status_code=status_code,
        filled=filled,
        gifts=found,
        turns=paging.links(request, found),
        undone=await gifts.undone(book, found.rows),
        names=await giving_words.named(request, [each for g in found for each in (g.giver, g.receiver)]),
        me=me,
        day_of=date.fromisoformat,
        **await choices(book, me),
    )


async def _shown(request: Request, gift: Gift, refused: Say | None = None) -> Response:
    book, me = access.book(request), access.who(request).member
    taken = bool(await gifts.undone(book, [gift]))
    names = await giving_words.named(request, [gift.giver, gift.receiver])
    place = (await areas.many(book, [gift.community])).get(gift.community)
    try:
        await taking_back.require(book, gift, by=me)
        mine = not taken
    except PointsError:
        mine = False
    return pages.render(
        request,
        "gift.html",
        status_code=422 if refused else 200,
        gift=gift,
        to=names.get(gift.receiver) or giving_words.fund(place.name if place else gift.community),
        giver=names[gift.giver],
        taken=taken,
        mine=mine,
        refused=refused,
        at_home=me in (gift.giver, gift.receiver),
        day=date.fromisoformat(gift.given_on),
    )


async def _the_gift(request: Request) -> Gift:
    book, asking = access.book(request), access.who(request)
    try:
        gift = await gifts.find(book, request.path_params["gift"])
    except UnknownGift:
        raise HTTPException(404) from None
    if asking.member in (gift.giver, gift.receiver):
        return gift
    giver = (await members.many(book, [gift.giver]))[gift.giver]
    path = await areas.path(book, giver.area)
    if not any(areas.covers(path, code) for code in asking.areas("counter")):
        raise HTTPException(404)
    return gift
