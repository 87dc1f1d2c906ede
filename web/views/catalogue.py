"""The catalogue: what can be had now, what is a few points away, and what ran out, by the shops that carry it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from ledger.book import Book
from points.evidence import files
from points.market import catalogue, item_changes, items, photos, shop_changes, shops
from points.market.catalogue import Catalogue
from points.market.errors import UnknownItem
from points.market.models import Shop
from points.people.models import Member
from web import access, bodies, market_words, pages

NOW, ALL = "now", "all"
KINDS = ("goods", "service", "honour")
KEPT = "public, max-age=31536000, immutable"
"""A picture's address is its digest: it never changes."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a page of the catalogue shows: what can be had now or all, of a kind or of any, in one shop or in all."""

    show: str
    kind: str
    shop: Shop | None

    def where(self, **other: str) -> str:
        """The address of the same page with another choice."""
        asked = {
            "show": self.show,
            "kind": self.kind,
            "shop": str(self.shop.number) if self.shop else "",
        } | other
        return "?" + urlencode({name: value for name, value in asked.items() if value})


async def show(request: Request) -> Response:
    """GET /catalogue?show=now|all&kind=goods|service&shop=n: prices for everybody, and for those signed in what they
    have and need."""
    book, asking = access.book(request), access.visitor(request)
    asked = bodies.query(request)
    near = await _near(book, asking)
    chosen = Chosen(
        show=asked.one("show") if asked.one("show") in (NOW, ALL) else (NOW if asking else ALL),
        kind=asked.one("kind") if asked.one("kind") in KINDS else "",
        shop=_chosen(near, asked.one("shop")),
    )
    found = await _read(book, asking, chosen.shop)
    offers = found.now if chosen.show == NOW else found.offers
    return pages.render(
        request,
        "catalogue.html",
        offers=[offer for offer in offers if chosen.kind in ("", offer.kind)],
        kinds=[kind for kind in KINDS if any(offer.kind == kind for offer in found.offers)],
        found=found,
        chosen=chosen,
        shops=near,
        standings=await shop_changes.read(book, near),
        signed_in=asking is not None,
        now=here(book),
        told=market_words,
    )


async def item(request: Request) -> Response:
    """GET /catalogue/{item}: one item, large: what it is, what it costs, how many one may have, where it is."""
    book, asking = access.book(request), access.visitor(request)
    try:
        row, standing = await items.numbered(book, request.path_params["item"])
    except UnknownItem:
        raise HTTPException(404) from None
    near = await _near(book, asking)
    found = await _read(book, asking, None)
    offer = next((each for each in found.offers if each.item == row.number), None)
    if offer is None:
        raise HTTPException(404)
    return pages.render(
        request,
        "catalogue_item.html",
        offer=offer,
        found=found,
        standing=standing,
        donor=await item_changes.donor(book, standing),
        standings=await shop_changes.read(book, near),
        signed_in=asking is not None,
        now=here(book),
        told=market_words,
    )


async def photo(request: Request) -> Response:
    """GET /catalogue/photos/{photo}.jpg: a picture that is shown with an item now, kept by browsers for good."""
    digest = files.PREFIX + str(request.path_params["photo"])
    if len(digest) != len(files.PREFIX) + 64 or not digest.removeprefix(files.PREFIX).isalnum():
        raise HTTPException(404)
    if not await photos.shown(access.book(request), digest):
        raise HTTPException(404)
    data = files.get(request.app.state.settings.attachments, digest)
    if data is None:
        raise HTTPException(404)
    return Response(data, media_type="image/jpeg", headers={"Cache-Control": KEPT})


def here(book: Book) -> datetime:
    """Now, on the clock of the place."""
    return book.now().astimezone(book.zone)


async def _near(book: Book, asking: access.Who | None) -> list[Shop]:
    """The shops near somebody; all of them for a stranger."""
    if asking is None:
        return await shops.open_shops(book)
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
    offers = await catalogue.of_shop(book, shop, today, spendable=found.spendable, member=asking.member)
    return Catalogue(found.spendable, tuple(offers))
