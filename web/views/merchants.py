"""Merchants: their contracts, who works there, their statements; and what a merchant sees of their own shop."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from ledger.errors import ReferenceConflict
from points.errors import PointsError
from points.market import contracts, items, merchants, settlements, shops
from points.market.models import Shop
from points.people import areas, roles
from web import access, allied, allied_words, entries, forms, pages, paging
from web.access import form
from web.forms import Code, Filled, FormModel, Line, Prose, half_width
from web.i18n import N_, Say
from web.refusals import said

ADMINS = ("admin",)
KEEPERS = ("fund_keeper",)
_PRICE = re.compile(r"(.+?)[\s=＝:：]+([0-9]{1,5})(?:\.([0-9]{1,2}))?\s*元?")


class Signing(FormModel):
    """A contract."""

    key: Code = Field(title=N_("编号"))
    from_on: date = Field(title=N_("从哪天起"))
    until_on: date = Field(title=N_("到哪天为止"))
    sponsor: Literal["street", "community", "unit", "company"] = Field(title=N_("谁出资"))
    prices: Prose = Field("", title=N_("每一份结算多少元（可不填）"))


class Ending(FormModel):
    """Which contract ends."""

    contract: Line = Field(title=N_("编号"), max_length=32)


class Appointing(FormModel):
    """Who is to work at the till."""

    member: Line = Field(title=N_("工号"), max_length=20)


class Revoking(FormModel):
    """Whose work there ends."""

    grant: Line = Field(title=N_("编号"), max_length=32)


class Drawing(FormModel):
    """A statement to be drawn up."""

    key: Code = Field(title=N_("编号"))
    month: str = Field(title=N_("哪个月"), pattern=r"^20\d{2}-(0[1-9]|1[0-2])$")


Forms = Mapping[str, Filled[Any]]


async def index(request: Request) -> Response:
    """GET /merchants: those of one's areas, and the statements that wait for a second person."""
    book = access.book(request)
    mine = await allied.merchants_of(request)
    numbers = {shop.number: shop for shop in mine}
    agreed = {shop.number: await contracts.of_shop(book, shop) for shop in mine}
    open_ones = [one for one in await settlements.waiting(book) if one.shop in numbers]
    return pages.render(
        request,
        "merchants.html",
        merchants=mine,
        agreed={n: next((c for c in every if c.holds(book.today())), None) for n, every in agreed.items()},
        places=await areas.many(book, [shop.area for shop in mine]),
        waiting=open_ones,
        names=numbers,
        told=allied_words,
    )


async def waiting(request: Request) -> int:
    """How many statements wait for a second person."""
    numbers = {shop.number for shop in await allied.merchants_of(request)}
    by = access.who(request).member
    return sum(
        one.shop in numbers and one.drawn_by != by for one in await settlements.waiting(access.book(request))
    )


async def home(request: Request) -> Response:
    """GET /merchant: a merchant's own shops, each with its till and its statements, and nothing else."""
    book = access.book(request)
    own = [await shops.find(book, number) for number in sorted(await allied.own(request))]
    return pages.render(
        request,
        "merchant_home.html",
        shops=own,
        agreed={s.number: await contracts.of_shop(book, s) for s in own},
        statements={s.number: await settlements.of_shop(book, s) for s in own},
        today=book.today(),
        told=allied_words,
    )


async def show(request: Request) -> Response:
    """GET /merchants/{shop}"""
    return await _show(request, await _the_shop(request), {})


async def sign(request: Request) -> Response:
    """POST /merchants/{shop}/contracts: signs one; twice is once."""
    shop, book = await _the_shop(request, ADMINS), access.book(request)
    filled = forms.read(Signing, form(request))
    if filled.value is None:
        return await _show(request, shop, {"signing": filled}, status_code=422)
    value = filled.value
    try:
        fen = await _prices(book, value.prices)
        await contracts.sign(
            book, shop, from_on=value.from_on, until_on=value.until_on, sponsor=value.sponsor,
            by=access.who(request).member, key=value.key, fen=fen,
        )  # fmt: skip
    except _Unreadable as wrong:
        filled = filled.failed(
            "prices", Say(N_("“{line}”看不懂。每行一样，写“理发一次 10”。"), line=wrong.line)
        )
        return await _show(request, shop, {"signing": filled}, status_code=422)
    except (PointsError, ReferenceConflict) as refusal:
        return await _show(
            request, shop, {"signing": filled.failed("from_on", said(refusal))}, status_code=422
        )
    return _back(request, shop)


async def end(request: Request) -> Response:
    """POST /merchants/{shop}/endings: today is the first day without this contract; twice is once."""
    shop, book = await _the_shop(request, ADMINS), access.book(request)
    filled = forms.read(Ending, form(request))
    here = {one.id for one in await contracts.of_shop(book, shop)}
    if filled.value is None or filled.value.contract not in here:
        raise HTTPException(404)
    await contracts.end(book, filled.value.contract, by=access.who(request).member, on=book.today())
    return _back(request, shop)


async def appoint(request: Request) -> Response:
    """POST /merchants/{shop}/staff: lets somebody work at its till; twice is once."""
    shop, book = await _the_shop(request, ADMINS), access.book(request)
    filled = forms.read(Appointing, form(request))
    if filled.value is None:
        return await _show(request, shop, {"appointing": filled}, status_code=422)
    try:
        number = half_width(filled.value.member).upper()
        await merchants.appoint(book, shop, number, by=access.who(request).member, on=book.today())
    except PointsError as refusal:
        return await _show(
            request, shop, {"appointing": filled.failed("member", said(refusal))}, status_code=422
        )
    return _back(request, shop)


async def revoke(request: Request) -> Response:
    """POST /merchants/{shop}/staff/endings: somebody works there no more; twice is once."""
    shop, book = await _the_shop(request, ADMINS), access.book(request)
    filled = forms.read(Revoking, form(request))
    if filled.value is None or shop.number not in await merchants.shops_of(book, [filled.value.grant]):
        raise HTTPException(404)
    await roles.revoke(book, grant=filled.value.grant, by=access.who(request).member, on=book.today())
    return _back(request, shop)


async def draw(request: Request) -> Response:
    """POST /merchants/{shop}/settlements: draws a month up; twice is once."""
    shop, book = await _the_shop(request, KEEPERS), access.book(request)
    filled, by = forms.read(Drawing, form(request)), access.who(request).member
    if filled.value is None:
        return await _show(request, shop, {"drawing": filled}, status_code=422)
    try:
        drawn = await settlements.draw(book, shop, filled.value.month, by=by, key=filled.value.key)
    except (PointsError, ReferenceConflict) as refusal:
        return await _show(request, shop, {"drawing": filled.failed("month", said(refusal))}, status_code=422)
    return pages.see(str(request.app.url_path_for("settlement", settlement=drawn.id)))


class _Unreadable(Exception):
    """A line of prices that cannot be read."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


async def _prices(book: Book, text: str) -> dict[int, int]:
    """Fen for one of each item, from lines like 理发一次 10 or 体检一次 12.50."""
    found = {}
    for line in filter(None, (half_width(each) for each in text.splitlines())):
        read = _PRICE.fullmatch(line)
        if read is None:
            raise _Unreadable(line)
        item = await items.find(book, read[1])
        found[item.number] = int(read[2]) * 100 + int((read[3] or "0").ljust(2, "0"))
    return found


async def _the_shop(request: Request, needed: tuple[str, ...] = allied.READERS) -> Shop:
    """The merchant of this address, where the person asking has one of these roles; 404 otherwise."""
    shop = await allied.the_merchant(request, request.path_params["merchant"])
    path = await areas.path(access.book(request), shop.area)
    if not allied.holds(request, needed, path):
        raise HTTPException(404)
    return shop


def _back(request: Request, shop: Shop) -> Response:
    return pages.see(str(request.app.url_path_for("merchant.shop", merchant=shop.number)))


async def _show(request: Request, shop: Shop, typed: Forms, *, status_code: int = 200) -> Response:
    book, today = access.book(request), access.book(request).today()
    agreed, staff = await contracts.of_shop(book, shop), await merchants.staff(book, shop, today)
    drawn = await settlements.of_shop(book, shop, paging.turn(request))
    path = await areas.path(book, shop.area)
    last = date(today.year - (today.month == 1), today.month - 1 or 12, 1)
    return pages.render(
        request,
        "merchant.html",
        status_code=status_code,
        shop=shop,
        place=(await areas.many(book, [shop.area]))[shop.area],
        agreed=agreed,
        staff=staff,
        drawn=drawn,
        turns=paging.links(request, drawn),
        names=await entries.staff_names(book, [g.member for g in staff] + [d.drawn_by for d in drawn]),
        items={item.number: item for item in await items.all_items(book)},
        today=today,
        signs=allied.holds(request, ADMINS, path),
        keeps=allied.holds(request, KEEPERS, path),
        signing=typed.get("signing", forms.empty(Signing, from_on=today.isoformat(), sponsor="street")),
        appointing=typed.get("appointing", forms.empty(Appointing)),
        drawing=typed.get("drawing", forms.empty(Drawing, month=last.isoformat()[:7])),
        told=allied_words,
    )
