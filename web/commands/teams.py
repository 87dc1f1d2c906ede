"""`jishan team`: a team or studio, its points, and spending them with its leader and a second of its roster."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points import chart
from points.awards import purse
from points.market import baskets, group_spending, items, pools, redemptions, shops
from points.market.group_errors import NoLeader
from points.people import areas, members, roles, teams
from web.commands.options import BY, ON, SHOP
from web.commands.terminal import Answer, Command, Group, Meter, day, run, table
from web.i18n import gettext as _
from web.views.areas import STAFF

NUMBER = click.argument("team_number", metavar="T-0001|D-0001")


@click.group(cls=Group)
def team() -> None:
    """志愿队、调解室 · Volunteer teams and mediation studios."""


@team.command(cls=Command)
@NUMBER
@BY
def show(team_number: str, by: str) -> None:
    """看一个队：谁在里面，有多少积分 · Who is in it, and what it can spend."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found, today = await teams.find(book, team_number), book.today()
        await roles.require_any(book, by, sorted(STAFF), await areas.path(book, found.area))
        there = [each.member for each in await teams.roster(book, found.name)]
        held = await purse.summary_of(book, chart.group(found.number), today)
        left = _("可以用 {spendable} 分，公示中 {noticed} 分").format(
            spendable=held.spendable, noticed=held.noticed + held.disputed
        )
        lines = [f"{found.number} {found.name}", left, *table([[each] for each in there])]
        data = {"leader": found.leader, "members": there, "spendable": held.spendable}
        return Answer(lines, data)

    run(work)


@team.command(cls=Command)
@NUMBER
@SHOP
@click.option("--second", required=True, metavar="NUMBER|PHONE", help="同意的另一位队员 · who agrees too")
@click.option("--item", "wanted", required=True, multiple=True, metavar="洗衣液x2")
@click.option("--key", required=True, help="同一个 key 只扣一次 · the same key redeems once")
@BY
@ON
def spend(
    team_number: str, number: int, second: str, wanted: tuple[str, ...], key: str, by: str, on: date | None
) -> None:
    """用队里的积分换东西 · Hand things over for the team's points.

    负责人和另一家的一位队员都同意，才能办。
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        found, place = await teams.find(book, team_number), await shops.find(book, number)
        if found.leader is None:
            raise NoLeader(group=found.name)
        basket = baskets.parse(wanted, await items.all_items(book))
        receipt = await group_spending.hand_over(
            book, place, found.number, basket, leader=found.leader,
            second=(await members.find(book, second)).number, by=by, key=key, on=day(on, book),
        )  # fmt: skip
        done = await redemptions.answer(book, receipt)
        left = (await pools.of_group(book, found.number, day(on, book))).total
        said = (
            _("这一笔刚刚已经兑换过（凭证 {position}），没有重复扣。")
            if receipt.repeated
            else _("✓ 已兑换，凭证 {position}")
        )
        lines = [
            said.format(position=receipt.position),
            f"  {place.name}  {found.name}  {found.number}",
            *[f"  {line.name} ×{line.quantity}  −{line.points}" for line in done.lines],
            _("  剩余 {left} 分").format(left=left),
        ]
        data = {
            "position": receipt.position,
            "repeated": receipt.repeated,
            "points": done.points,
            "left": left,
        }
        return Answer(lines, data)

    run(work)
