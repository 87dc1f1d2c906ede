"""A shop as its people change it: name, kind, hours, single days, what it carries, whether it is closed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Any, Literal

from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import items, listings, opening_hours, shop_acts, shops
from points.market.catalogue_files import NAME_AT_MOST
from points.market.errors import BadHours
from points.market.models import Shop
from points.market.shop_changes import KINDS
from points.people import areas
from web import access, forms, market_words, pages
from web.access import form
from web.forms import Code, Filled, FormModel, Line
from web.i18n import N_, Say
from web.refusals import said
from web.views.catalogue import here
from web.views.shops import Kind, find, roles_in

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
Act = Callable[[Book, Shop, Any, str, str], Awaitable[None]]


class Renamed(FormModel):
    """Its name and what it is."""

    key: Code = Field(title=N_("编号"))
    name: Line = Field(title=N_("名字"), max_length=NAME_AT_MOST)
    kind: Kind = Field(title=N_("哪一种"))


class Hours(FormModel):
    """When it is open, a field for each day."""

    key: Code = Field(title=N_("编号"))
    monday: Line = Field("", title=N_("周一"), max_length=60)
    tuesday: Line = Field("", title=N_("周二"), max_length=60)
    wednesday: Line = Field("", title=N_("周三"), max_length=60)
    thursday: Line = Field("", title=N_("周四"), max_length=60)
    friday: Line = Field("", title=N_("周五"), max_length=60)
    saturday: Line = Field("", title=N_("周六"), max_length=60)
    sunday: Line = Field("", title=N_("周日"), max_length=60)


class Day(FormModel):
    """One day that differs from its week."""

    key: Code = Field(title=N_("编号"))
    day: date = Field(title=N_("哪一天"))
    times: Line = Field("", title=N_("几点到几点"), max_length=60)
    as_usual: Literal["", "yes"] = Field("", title=N_("照平常"))


class Carried(FormModel):
    """Which items it carries."""

    key: Code = Field(title=N_("编号"))
    items: list[str] = Field(title=N_("有哪些物品"))


class Ended(FormModel):
    """It is closed, or opened again."""

    key: Code = Field(title=N_("编号"))
    act: Literal["close", "reopen"] = Field(title=N_("做什么"))


async def edit(request: Request) -> Response:
    """GET /shops/{shop}/edit: all that can be changed, each in its own form."""
    return await _edit(request, {})


async def rename(request: Request) -> Response:
    """POST /shops/{shop}/edit/name"""

    async def act(book: Book, shop: Shop, value: Renamed, by: str, key: str) -> None:
        today = book.today()
        await shop_acts.rename(book, shop, value.name, by=by, on=today, key=key + "n")
        await shop_acts.turn_into(book, shop, value.kind, by=by, on=today, key=key + "k")

    return await _change(request, Renamed, act, "name")


async def hours(request: Request) -> Response:
    """POST /shops/{shop}/edit/hours"""

    async def act(book: Book, shop: Shop, value: Hours, by: str, key: str) -> None:
        week = opening_hours.of_days([getattr(value, day) for day in DAYS])
        await shop_acts.set_hours(book, shop, week, by=by, on=book.today(), key=key)

    return await _change(request, Hours, act, "hours")


async def day(request: Request) -> Response:
    """POST /shops/{shop}/edit/day"""

    async def act(book: Book, shop: Shop, value: Day, by: str, key: str) -> None:
        spans = None if value.as_usual else opening_hours.spans_of(value.times)
        if spans is None and not value.as_usual:
            raise BadHours(day=value.day.isoweekday(), text=value.times)
        await shop_acts.set_day(book, shop, value.day, spans, by=by, on=book.today(), key=key)

    return await _change(request, Day, act, "times")


async def carry(request: Request) -> Response:
    """POST /shops/{shop}/edit/items"""

    async def act(book: Book, shop: Shop, value: Carried, by: str, key: str) -> None:
        chosen = {int(each) for each in value.items if each.isascii() and each.isdecimal()}
        now = await _carried(book, shop)
        wanted = {n: n in chosen for n in chosen | now if (n in chosen) is not (n in now)}
        if wanted:
            await listings.carry(book, shop, wanted, by=by, on=book.today(), key=key)

    return await _change(request, Carried, act, "items")


async def end(request: Request) -> Response:
    """POST /shops/{shop}/edit/closing: closes it, or opens it again."""

    async def act(book: Book, shop: Shop, value: Ended, by: str, key: str) -> None:
        verb = shop_acts.close if value.act == "close" else shop_acts.reopen
        await verb(book, shop, by=by, on=book.today(), key=key)

    return await _change(request, Ended, act, "")


async def _change(request: Request, model: type[Any], act: Act, field: str) -> Response:
    """Do what one of the forms asks, and show the shop; or the forms again, with what was typed."""
    shop, filled = await find(request, changers=True), forms.read(model, form(request))
    if filled.value is not None:
        try:
            by = access.who(request).member
            await act(access.book(request), shop, filled.value, by, filled.value.key)
        except BadHours as refusal:
            named = DAYS[refusal.facts["day"] - 1] if model is Hours else field
            filled = filled.failed(named, said(refusal))
        except (PointsError, ReferenceConflict) as refusal:
            filled = filled.failed(field, said(refusal))
    if filled.errors:
        return await _edit(request, {model: filled}, status_code=422)
    return pages.see(str(request.app.url_path_for("shops.show", shop=shop.number)))


async def _carried(book: Book, shop: Shop) -> set[int]:
    stock, listed = await shops.stock(book, shop), (await listings.said(book, [shop]))[shop.number]
    return set(listings.carried(stock, listed))


async def _edit(request: Request, tried: dict[type[Any], Filled[Any]], *, status_code: int = 200) -> Response:
    book, shop = access.book(request), await find(request, changers=True)
    standing, area = await shops.standing(book, shop), await areas.find(book, shop.area)
    week = standing.week
    times = [opening_hours.said(spans) for spans in week.days] if week else [""] * 7
    carried = await _carried(book, shop)
    begin: dict[type[Any], Filled[Any]] = {
        Renamed: forms.empty(Renamed, name=shop.name, kind=standing.kind),
        Hours: forms.empty(Hours, **dict(zip(DAYS, times, strict=True))),
        Day: forms.empty(Day),
        Carried: Filled(Carried, chosen={"items": [str(n) for n in carried]}),
        Ended: forms.empty(Ended),
    }
    filled = {model.__name__: tried.get(model, blank) for model, blank in begin.items()}
    return pages.render(
        request,
        "shop_edit.html",
        status_code=status_code,
        filled=filled,
        wrong=next((one for one in tried.values()), begin[Ended]),
        shop=shop,
        standing=standing,
        days=DAYS,
        may=roles_in(access.who(request), area.path),
        goods=[item for item, today in await items.today(book) if today.out_on is None],
        kinds=[(kind, Say(label)) for kind, label in KINDS.items()],
        now=here(book),
        told=market_words,
    )
