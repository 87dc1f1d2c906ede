"""A team or studio spends its points at the counter, for things it uses: its leader and a second of its roster agree.

Its points are its own: they are not shared out, for points are given away within a home or to the care fund alone. What
it takes is a redemption like any other, by its leader, paid from its account by the earliest day: receipt, undoing,
shift and accounts know one kind.
"""

from __future__ import annotations

from datetime import date

from ledger.book import Book
from ledger.transactions import Receipt
from points import chart
from points.market import counter, earlier, orders
from points.market.baskets import Basket
from points.market.group_errors import LeaderChanged, NoLeader, NotSecond, OwnGroup
from points.market.models import Shop
from points.market.orders import Order
from points.people import households, sides, teams
from points.people.teams import Registered

FOUND_BY = "team"


async def hand_over(
    book: Book,
    shop: Shop,
    team: str,
    basket: Basket,
    *,
    leader: str,
    second: str,
    by: str,
    key: str,
    on: date,
) -> Receipt:
    """Hand a basket over to the leader of a team or studio, for its points; limits are those of the team.

    That `leader` and `second` agreed, by PIN, is the caller's to ask. The same key with the same request gives the
    first answer. Raises what `counter.hand_over` raises of the leader, and UnknownTeam, NoLeader, LeaderChanged,
    NotSecond, OwnGroup.
    """
    key = earlier.checked_key(key)
    lines, price_ids = await orders.priced(book, basket, on)
    points = sum(line.points for line in lines)
    order = Order(
        shop, leader, lines, price_ids, by, key, on, FOUND_BY,
        together=((chart.group(team), points),),
        also=(("second", second), ("team", team)),
    )  # fmt: skip
    receipt = await earlier.receipt(book, order.reference, order.request)
    if receipt is not None:
        return receipt
    await require_agreed(book, team, leader, second, by=by)
    return await counter.carry_out(book, order)


async def require_agreed(book: Book, team: str, leader: str, second: str, *, by: str) -> None:
    """Raise UnknownTeam, NoLeader, LeaderChanged, NotSecond or OwnGroup unless these two may agree, and `by` serve."""
    found = await require_led(book, team, by=by)
    if leader != found.leader:
        raise LeaderChanged(group=found.name)
    if second not in await seconds(book, found):
        raise NotSecond(group=found.name)


async def seconds(book: Book, team: Registered) -> list[str]:
    """Those of the roster who may agree beside the leader: from another home, in the order they joined."""
    there = [each.member for each in await teams.roster(book, team.name)]
    homes = await households.of(book, [*there, *([team.leader] if team.leader else [])])
    return [m for m in there if team.leader and not households.same_side(m, team.leader, homes)]


async def require_led(book: Book, team: str, *, by: str) -> Registered:
    """The team, if it has a leader and `by` is no part of it; raises UnknownTeam, NoLeader, OwnGroup."""
    found = await teams.find(book, team)
    if found.leader is None:
        raise NoLeader(group=found.name)
    there = [found.leader, *(each.member for each in await teams.roster(book, found.name))]
    if await sides.shares(book, by, there):
        raise OwnGroup(group=found.name)
    return found
