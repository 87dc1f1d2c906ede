"""`jishan reserve`, `pickup`, `cancel`, `reservations`: set aside at home, handed over by the code, or given back."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.market import (
    baskets,
    items,
    orders,
    pick_up_codes,
    pick_ups,
    reservation_endings,
    reservations,
    reserved,
    shops,
)
from points.market.reservation_errors import UnknownPickUpCode
from points.people import members
from web.commands.options import BY, PARTS, SHOP, Day, read_parts
from web.commands.terminal import Answer, Command, Meter, run
from web.commands.terminal import session as current
from web.i18n import N_
from web.i18n import gettext as _
from web.reservation_words import STATES, until

KEY = click.option("--key", required=True, help="同一个 key 只办一次 · the same key does it once")


@click.command(cls=Command)
@SHOP
@click.option("--member", "who", required=True, metavar="NUMBER|PHONE")
@click.option("--item", "wanted", required=True, multiple=True, metavar="洗衣液x2")
@PARTS
@KEY
def reserve(number: int, who: str, wanted: tuple[str, ...], parts: tuple[str, ...], key: str) -> None:
    """预留 · Set points and goods aside for a member, and print the code that fetches them.

    家里一起预留：--part member/V-000001=4 --part member/V-000003=16，先写本人的，和网页上看到的一样。
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        secret = current().settings.pepper()
        place, person = await shops.find(book, number), await members.find(book, who)
        basket = baskets.parse(wanted, await items.all_items(book))
        lines, _prices = await orders.priced(book, basket, book.today())
        points = sum(line.points for line in lines)
        row, again = await reservations.reserve(
            book, place, person.number, basket,
            points=points, key=key, secret=secret, together=read_parts(parts),
        )  # fmt: skip
        code = await pick_up_codes.of(book, row.id, secret)
        said = _("已经预留过，没有重复扣") if again else _("✓ 已预留 {points} 分").format(points=row.points)
        told = [
            said,
            _("  兑换码 {code}").format(code=f"{code[:4]} {code[4:]}"),
            _("  取到 {time} 为止").format(time=until(row.until_at)),
        ]
        data = {"reservation": row.id, "code": code, "points": row.points, "repeated": again}
        return Answer(told, {**data, "until": row.until_at.isoformat()})

    run(work)


@click.command(cls=Command)
@click.argument("code")
@SHOP
@KEY
@BY
def pickup(code: str, number: int, key: str, by: str) -> None:
    """取预留 · Hand over what was reserved, to whoever brings its CODE."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        row = await pick_up_codes.recognise(book, place, code, current().settings.pepper())
        if row is None:
            raise UnknownPickUpCode
        done = await pick_ups.hand_over(book, place, row, by=by, key=key)
        said = N_("这一笔刚刚已经兑换过（凭证 {position}），没有重复扣。")
        said = said if done.repeated else N_("✓ 已兑换，凭证 {position}")
        lines = [_(said).format(position=done.receipt.position)]
        lines += [f"  {line.name} ×{line.quantity}  −{line.points}" for line in done.lines]
        data = {"position": done.receipt.position, "repeated": done.repeated, "points": done.points}
        return Answer(lines, {**data, "reservation": row.id})

    run(work)


@click.command(cls=Command)
@click.argument("reservation")
@click.option(
    "--reason",
    type=click.Choice([reservation_endings.OWN, *reservation_endings.REASONS]),
    default=reservation_endings.OWN,
    show_default=True,
    help="为什么；工作人员必须说 · why, which staff must say",
)
@BY
def cancel(reservation: str, reason: str, by: str) -> None:
    """取消预留 · Give back what a RESERVATION set aside."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await reserved.one(book, reservation)
        await reservation_endings.cancel(book, found.row, by=by, reason=reason)
        points = found.row.points
        return Answer(
            [_("✓ 已经取消，退回 {points} 分").format(points=points)],
            {"reservation": reservation, "points": points},
        )

    run(work)


@click.command("reservations", cls=Command)
@SHOP
@click.option(
    "--day", "day", type=Day(), default=None, metavar="YYYY-MM-DD", help="只留到那天的 · kept until then"
)
@click.option("--missed", is_flag=True, help="最近 30 天没来取的 · what nobody fetched in the last 30 days")
def reservations_(number: int, day: date | None, missed: bool) -> None:
    """没取的预留 · List what is still to be picked up at a shop."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        if missed:
            found = await reserved.missed_at(book, place.number)
        else:
            found = await reserved.open_at(book, place.number, day=day)
        lines = [
            f"{each.row.id}  {each.name or each.row.member}  "
            + "、".join(f"{line.name} ×{line.quantity}" for line in each.lines)
            + "  "
            + _("取到 {time} 为止").format(time=until(each.row.until_at))
            for each in found
        ]
        data = [
            {
                "reservation": each.row.id,
                "member": each.row.member,
                "points": each.row.points,
                "state": _(STATES[each.state]),
                "until": each.row.until_at.isoformat(),
                "locker": each.locker,
            }
            for each in found
        ]
        return Answer(lines or [_("没有等着取的。")], {"reservations": data})

    run(work)
