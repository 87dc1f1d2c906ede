"""The catalogue: what can be had now, what is a few points away, and what ran out, by the shops that keep it."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.market import catalogue, shops
from points.market.catalogue import Catalogue
from points.market.models import Shop
from points.people.models import Member
from web import access, bodies, pages

NOW, ALL = "now", "all"


async def show(request: Request) -> Response:
    """GET /catalogue?show=now|all&shop=n: prices for everybody, and for those signed in what they have and need."""
    book, asking = access.book(request), access.visitor(request)
    asked = bodies.query(request)
    near = await _near(book, asking)
    shop = _chosen(near, asked.one("shop"))
    found = await _read(book, asking, shop)
    showing = asked.one("show") if asked.one("show") in (NOW, ALL) else (NOW if asking else ALL)
    return pages.render(
        request,
        "catalogue.html",
        offers=found.now if showing == NOW else found.offers,
        found=found,
        showing=showing,
        shops=near,
        shop=shop,
        signed_in=asking is not None,
        tail=f"&shop={shop.number}" if shop else "",
    )


async def _near(book: Book, asking: access.Who | None) -> list[Shop]:
    """The shops near somebody; all of them for a stranger."""
    if asking is None:
        return await shops.all_shops(book)
    row = await Member.get(number=asking.member, using_db=book.reader)
    return await shops.near(book, row.area)


def _chosen(near: list[Shop], number: str) -> Shop | None:
    if not number:
        return None
    chosen = [shop for shop in near if str(shop.number) == number]
    if not chosen:
        raise HTTPException(404)
    return chosen[0]


async def _read(book: Book, asking: access.Who | None, shop: Shop | None) -> Catalogue:
    today = book.today()
    if asking is None:
        return await catalogue.for_visitor(book, today, shop=shop)
    found = await catalogue.for_member(book, asking.member, today)
    if shop is None:
        return found
    offers = await catalogue.of_shop(book, shop, today, spendable=found.spendable)
    return Catalogue(found.spendable, tuple(offers))
