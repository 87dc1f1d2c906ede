"""What somebody agrees to at a counter, as the till and the second screen both show it, and the PIN that agrees."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from pydantic import Field
from starlette.requests import Request

from ledger.book import Book
from points.awards import purse
from points.market import items, pools
from points.market.pools import Drawn, Parts, Pool
from web import access, limits
from web.access import Doorkeeper
from web.bodies import Malformed
from web.counters import Part, Served, named_parts, served
from web.forms import Filled, FormModel
from web.i18n import N_, Say
from web.orders import Order
from web.views.signin import Pin

M = TypeVar("M", bound=FormModel)


class Agreement(FormModel):
    """The member agrees to what stands beside the field."""

    secret: Pin = Field(title=N_("本人的 6 位密码"))


@dataclass(frozen=True)
class Asked:
    """An order as people read it: (name, English name, quantity) of each thing, and what it does to the points."""

    served: Served
    lines: list[tuple[str, str, int]]
    points: int
    cost: int
    """What the member themselves gives."""
    spends: list[tuple[date, int]]
    """Until when the points live that are spent, the earliest first."""
    parts: list[Part]

    @property
    def before(self) -> int:
        """What they have now."""
        return self.served.spendable

    @property
    def after(self) -> int:
        """What stays; below zero when it is not enough any more."""
        return self.before - self.cost


async def asked(book: Book, order: Order) -> Asked:
    """What an order means today."""
    cost = dict(order.together).get(pools.owner_of(order.member), order.points)
    return Asked(
        served=await served(book, order),
        lines=await lines(book, order),
        points=order.points,
        cost=cost,
        spends=await spends(book, order.member, cost, order.on),
        parts=await named_parts(book, order.together),
    )


async def spends(book: Book, member: str, cost: int, on: date) -> list[tuple[date, int]]:
    """Which of their own points a member spends: (the last day they live, how many), the earliest first."""
    owner = pools.owner_of(member)
    own = [Drawn(owner, day, points) for day, points in await purse.spendable(book, member, on)]
    return [(each.day, each.points) for each in Pool("", member, tuple(own)).draw(cost)]


def said_parts(parts: Parts) -> list[str]:
    """What each purse gives, as the fields of a form carry it: `member/V-000001=4`."""
    return [f"{owner}={points}" for owner, points in parts]


def read_parts(said: Sequence[str]) -> Parts:
    """What `said_parts` wrote; whoever writes something else is told that the parts have changed. Raises Malformed."""
    pairs = [each.rpartition("=") for each in said]
    if any(len(each) > 60 or not re.fullmatch(r"[0-9]{1,9}", points) for each, _, points in pairs):
        raise Malformed("part")
    return tuple((owner, int(points)) for owner, _, points in pairs)


async def proven(
    request: Request, member: str, filled: Filled[M], *, name: str = "secret"
) -> tuple[Filled[M], int] | None:
    """None when the PIN in the field `name` is the member's; else the form with what is wrong, and a status.

    Five wrong ones lock it, wherever they were typed. Counted apart from signing in: whoever guesses at home must not
    lock an old neighbour out of the shop.
    """
    if filled.value is None:
        return filled, 422
    book, now = access.book(request), request.app.state.now()
    tried = await limits.attempt(book, f"counter {member}", now=now)
    if tried.locked_until is not None:
        return filled.failed(name, _locked(tried, now)), 429
    keeper: Doorkeeper = request.app.state.doorkeeper
    if await keeper.by_pin(book, member, getattr(filled.value, name)) != member:
        return filled.failed(name, _wrong(tried)), 422
    await limits.forgive(book, tried)
    return None


async def lines(book: Book, order: Order) -> list[tuple[str, str, int]]:
    """The name, English name and quantity of each thing in an order."""
    names = {item.number: (item.name, item.name_en) for item in await items.all_items(book)}
    return [(*names.get(item, (str(item), str(item))), quantity) for item, quantity in order.items]


def _wrong(tried: limits.Attempt) -> Say:
    if tried.left:
        return Say(N_("密码不对，还可以试 {left} 次。忘了？到窗口重设。积分没有扣。"), left=tried.left)
    return Say(N_("密码不对。为了安全，请等 15 分钟再试。忘了？到窗口重设。积分没有扣。"))


def _locked(tried: limits.Attempt, now: datetime) -> Say:
    if tried.for_good or tried.locked_until is None:
        return Say(N_("试错太多，密码已经锁住。请本人带证件重设。积分没有扣。"))
    minutes = -(-max(1, int((tried.locked_until - now).total_seconds())) // 60)
    return Say(N_("试错太多，还要等 {minutes} 分钟。忘了？到窗口重设。积分没有扣。"), minutes=minutes)
