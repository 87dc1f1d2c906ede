"""A team or studio spends at the counter: the things are chosen, then its leader and a second of its roster agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import Field
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from points import chart
from points.errors import PointsError
from points.market import baskets, catalogue, group_spending, pools
from points.market.errors import NotEnough
from points.market.models import Shop
from points.openness import masking
from points.people import members
from points.people.teams import Registered
from web import access, agreeing, choosing, forms, market_words, pages
from web.counters import sealed, the_order, the_shop
from web.forms import Filled, FormModel, Line
from web.i18n import N_, Say
from web.orders import Order
from web.refusals import said
from web.views.counter import Look
from web.views.signin import Pin
from web.views.teams import the_team


class BothAgree(FormModel):
    """Two of the roster agree to what stands beside the fields."""

    leader_secret: Pin = Field(title=N_("负责人的 6 位密码"))
    second: Line = Field(title=N_("另一位队员"), max_length=16)
    second_secret: Pin = Field(title=N_("这位队员的 6 位密码"))


@dataclass(frozen=True)
class _Choice:
    """What was typed into a choice, and why it did not go on."""

    typed: dict[str, str]
    error: tuple[str, Say] | None = None


async def choose(request: Request) -> Response:
    """GET /counter/{shop}/teams/{team}: what the team can have here."""
    return await _choose_page(request, await the_shop(request), await the_team(request), _Choice({}))


async def order(request: Request) -> Response:
    """POST /counter/{shop}/teams/{team}: what was chosen goes on to the two PINs; nothing has moved."""
    shop, team = await the_shop(request), await the_team(request)
    sent, book, by = access.form(request), access.book(request), access.who(request).member
    typed = {name: text for name, text in sent.pairs if name.startswith("item-")}
    try:
        found = await _asked(request, shop, team, typed)
        await group_spending.require_led(book, team.number, by=by)
    except choosing.Unreadable as wrong:
        return await _choose_page(request, shop, team, _Choice(typed, (wrong.field, wrong.sentence)))
    except PointsError as refusal:
        return await _choose_page(request, shop, team, _Choice(typed, ("", said(refusal))))
    return pages.see(f"/counter/{shop.number}/team-orders/{sealed(request, found)}")


async def check(request: Request) -> Response:
    """GET /counter/{shop}/team-orders/{order}: what leaves the team's account, and the fields of the two who agree."""
    shop, found = await _team_order(request)
    return await _check_page(request, shop, found, forms.empty(BothAgree))


async def create(request: Request) -> Response:
    """POST /counter/{shop}/team-orders/{order}: once for each key; what was done before is shown again."""
    shop, found = await _team_order(request)
    filled = forms.read(BothAgree, access.form(request))
    value, book = filled.value, access.book(request)
    if value is None:
        return await _check_page(request, shop, found, filled, status_code=422)
    for who, name in ((found.member, "leader_secret"), (value.second, "second_secret")):
        if wrong := await agreeing.proven(request, who, filled, name=name):
            return await _check_page(request, shop, found, wrong[0], status_code=wrong[1])
    try:
        receipt = await group_spending.hand_over(
            book, shop, _number(found), baskets.of(dict(found.items)),
            leader=found.member, second=value.second, by=found.by, key=found.key, on=found.on,
        )  # fmt: skip
    except PointsError as refusal:
        return await _check_page(request, shop, found, filled.failed("", said(refusal)), status_code=422)
    again = "?again=1" if receipt.repeated else ""
    return pages.see(f"/counter/{shop.number}/redemptions/{receipt.position}{again}")


async def _team_order(request: Request) -> tuple[Shop, Order]:
    shop, found = await the_order(request)
    if found.found_by != group_spending.FOUND_BY or not found.together:
        raise HTTPException(404)
    return shop, found


def _number(order: Order) -> str:
    return chart.group_of(order.together[0][0])


async def _asked(request: Request, shop: Shop, team: Registered, typed: dict[str, str]) -> Order:
    book, sent = access.book(request), access.form(request)
    key, on = choosing.key_and_day(book, sent)
    basket = baskets.of(choosing.wanted(typed))
    pool = await pools.of_group(book, team.number, on)
    offers = {each.item: each for each in await catalogue.of_shop(book, shop, on, spendable=pool.total)}
    points = choosing.price(basket, offers)
    if points > pool.total:
        raise NotEnough(missing=points - pool.total)
    by = access.who(request).member
    return Order(
        shop.number, by, team.leader or "", group_spending.FOUND_BY, on, key, basket.wanted, points,
        together=((chart.group(team.number), points),),
    )  # fmt: skip


async def _choose_page(request: Request, shop: Shop, team: Registered, choice: _Choice) -> Response:
    book, by = access.book(request), access.who(request).member
    pool = await pools.of_group(book, team.number, book.today())
    refusal: Say | None = None
    try:
        await group_spending.require_led(book, team.number, by=by)
    except PointsError as error:
        refusal = said(error)
    offers = await catalogue.of_shop(book, shop, book.today(), spendable=pool.total)
    words: dict[str, Any] = {
        "shop": shop,
        "team": team,
        "spendable": pool.total,
        "refusal": refusal,
        "filled": Filled(
            Look, choice.typed, errors={choice.error[0]: choice.error[1]} if choice.error else {}
        ),
        "offers": sorted(offers, key=lambda offer: not offer.can_be_had),
        "most": {offer.item: choosing.most(offer, pool.total) for offer in offers},
        "told": market_words,
        "today": book.today(),
        "on": book.today().isoformat(),
    }
    status = 422 if choice.error or refusal else 200
    return pages.render(request, "team_spending.html", status_code=status, **words)


async def _check_page(
    request: Request, shop: Shop, order: Order, filled: Filled[BothAgree], *, status_code: int = 200
) -> Response:
    book = access.book(request)
    team = await the_team(request, _number(order))
    roster = [one for one in await group_spending.seconds(book, team) if one != order.member]
    people = await members.many(book, [order.member, *roster])
    names = masking.mask_list({number: who.name or number for number, who in people.items()})
    pool = await pools.of_group(book, team.number, book.today())
    words: dict[str, Any] = {
        "shop": shop,
        "team": team,
        "leader": names.get(order.member, order.member),
        "roster": [(number, f"{names.get(number, number)} {number}") for number in roster],
        "lines": await agreeing.lines(book, order),
        "points": order.points,
        "spendable": pool.total,
        "spends": [(each.day, each.points) for each in pool.draw(order.points)],
        "filled": filled,
    }
    return pages.render(request, "team_agreement.html", status_code=status_code, **words)
