"""What every page of a counter asks first: which shop, whom they serve, and what has been agreed so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ledger.book import Book
from points import chart
from points.awards import purse
from points.market import pools, premises, redemptions
from points.market.errors import UnknownShop
from points.market.models import Shop
from points.market.premises import Premises
from points.market.redemptions import Entry
from points.openness import masking
from points.people import members, signin, teams
from web import access, orders
from web.orders import Order

NUMBER_AT_MOST = 2**31 - 1
"""No shop has it: an address may say any number, a database may not be asked for it."""
LATEST = 8
"""How many of a day's redemptions stand beside the counter."""


@dataclass(frozen=True)
class Served:
    """The person at the counter, as the counter may see them: `name` is masked."""

    member: str
    name: str
    found_by: str
    spendable: int
    has_pin: bool
    shared: int = 0
    """What their household shares with them besides."""

    @property
    def together(self) -> int:
        """All that they can spend."""
        return self.spendable + self.shared


@dataclass(frozen=True)
class Part:
    """What one of a household gives: `name` is masked, None for what is the household's own; or a team, by its name."""

    owner: str
    name: str | None
    points: int

    @property
    def group(self) -> bool:
        """Whether it is what a team or studio gives."""
        return bool(chart.group_of(self.owner))


@dataclass(frozen=True)
class Day:
    """A shop's day so far: the latest redemptions, how many there were, and the points of those that stand."""

    latest: tuple[Entry, ...]
    count: int
    points: int


async def shops_of(request: Request) -> list[Shop]:
    """The shops in the areas for which the person asking is counter staff, without merchants': they have tills of their
    own (`views/merchant_till`). Five statements."""
    return [there.shop for there in await premises.every(access.book(request)) if _works_at(request, there)]


def of_address(request: Request, mine: Sequence[Shop]) -> Shop:
    """The shop of this address among those of the person asking; 404 otherwise."""
    for shop in mine:
        if shop.number == request.path_params["shop"]:
            return shop
    raise HTTPException(404)


async def the_premises(request: Request) -> Premises:
    """The shop of this address as it is now, if the person asking works there; 404 otherwise. Five statements."""
    try:
        there = await premises.find(access.book(request), min(request.path_params["shop"], NUMBER_AT_MOST))
    except UnknownShop:
        raise HTTPException(404) from None
    if not _works_at(request, there):
        raise HTTPException(404)
    return there


async def serves_at(request: Request) -> bool:
    """Whether the person asking is counter staff of the shop of this address. Five statements at most."""
    try:
        await the_premises(request)
    except HTTPException:
        return False
    return True


def _works_at(request: Request, there: Premises) -> bool:
    return not there.merchant and there.within(access.who(request).areas("counter"))


async def the_shop(request: Request) -> Shop:
    """The same, for who needs nothing but the shop."""
    return (await the_premises(request)).shop


async def the_order(request: Request) -> tuple[Shop, Order]:
    """The shop and the order of this address. 404 unless both are theirs, 403 once the page has become too old."""
    there, order = await the_order_at(request)
    return there.shop, order


async def the_order_at(request: Request) -> tuple[Premises, Order]:
    """The same with all that was read of the shop, to be handed on."""
    there, book = await the_premises(request), access.book(request)
    order = orders.unseal(request.path_params["order"], request.app.state.settings.pepper())
    if order is None or (order.shop, order.by) != (there.shop.number, access.who(request).member):
        raise HTTPException(404)
    if not is_recent(order.on, book.today()):
        raise HTTPException(403)
    return there, order


def is_recent(on: date, today: date) -> bool:
    """A page drawn before midnight may still be sent after it."""
    return on in (today, today - timedelta(days=1))


def sealed(request: Request, order: Order) -> str:
    """An order as it stands in an address."""
    return orders.seal(order, request.app.state.settings.pepper())


async def served(book: Book, order: Order) -> Served:
    """Who is served, and what they have now."""
    person = (await members.many(book, [order.member])).get(order.member)
    name = masking.mask(person.name) if person and person.name else order.member
    spendable = sum(amount for _, amount in await purse.spendable(book, order.member, book.today()))
    has_pin = await signin.has(book, order.member, "pin")
    shared = await pools.spendable(book, order.member, book.today())
    return Served(order.member, name, order.found_by, spendable, has_pin, shared)


async def day_of(book: Book, shop: Shop) -> Day:
    """What a shop handed over today. A constant number of statements."""
    today = book.today()
    latest = await redemptions.of_day(book, shop, today, limit=LATEST)
    count, points = await redemptions.sum_of_day(book, shop, today)
    return Day(latest.rows, count, points)


async def named_parts(book: Book, parts: Sequence[tuple[str, int]]) -> list[Part]:
    """What each gives, as the counter may see it; whoever gives nothing is left out. Two statements."""
    numbers = {owner: pools.number_of(owner) for owner, _ in parts if owner.startswith("member/")}
    people = await members.many(book, numbers.values())
    masked = masking.mask_list({n: people[n].name or n for n in numbers.values() if n in people})
    groups = await teams.names(book, [number for owner, _ in parts if (number := chart.group_of(owner))])
    called = {owner: masked.get(number, number) for owner, number in numbers.items()}
    called |= {chart.group(number): name for number, name in groups.items()}
    return [Part(owner, called.get(owner), points) for owner, points in parts if points]
