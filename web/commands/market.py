"""`jishan shop`, `jishan redeem`: the supermarket at the command line."""

from __future__ import annotations

from datetime import date

import click

from ledger import encoding
from ledger.book import Book
from points.awards import purse
from points.market import baskets, counter, deliveries, items, shops
from points.market.models import Shop
from points.market.redemptions import Redeemed
from points.market.shop_changes import KINDS
from points.openness import masking
from points.people import members
from points.people.members import Someone
from web.commands.helping import Named
from web.commands.options import BY, ON, PARTS, SHOP, read_parts
from web.commands.terminal import Answer, Command, Group, Meter, day, run, table
from web.i18n import gettext as _


@click.group(cls=Group)
def shop() -> None:
    """超市和架上的东西 · Shops and what stands on their shelves."""


@shop.command("open")
@click.argument("name")
@click.option("--area", required=True, metavar="CODE", help="区划代码 · where it is")
@click.option("--hours", default="周一至周五 9:00–17:00", show_default=True)
@click.option("--kind", type=Named(KINDS), default="supermarket", show_default=True)
@BY
@ON
def open_(name: str, area: str, hours: str, kind: str, by: str, on: date | None) -> None:
    """开一间超市 · Open a shop."""

    async def work(book: Book, _meter: Meter) -> Answer:
        opened = await shops.open_shop(book, name, area=area, hours=hours, by=by, on=day(on, book), kind=kind)
        return Answer(
            [_("{number} 号 {name}").format(number=opened.number, name=opened.name)], {"shop": opened.number}
        )

    run(work)


@shop.command("list")
def list_() -> None:
    """有哪些超市，架上有什么 · List the shops and their shelves."""

    async def work(book: Book, _meter: Meter) -> Answer:
        every = await shops.all_shops(book)
        stock = await shops.stocks(book, every)
        names = {item.number: item.name for item in await items.all_items(book)}
        lines = []
        for one in every:
            lines.append(
                _("{number} 号 {name}（{hours}）").format(number=one.number, name=one.name, hours=one.hours)
            )
            rows = [[names[n], f"{left:,}"] for n, left in sorted(stock.get(one.number, {}).items())]
            lines += ["  " + line for line in table(rows, right=[1])]
        shelves = [{"shop": s.number, "name": s.name, "stock": stock.get(s.number, {})} for s in every]
        return Answer(lines, {"shops": shelves})

    run(work)


@shop.command()
@SHOP
@click.option("--item", "wanted", required=True, multiple=True, metavar="洗衣液x20")
@click.option("--document", required=True, metavar="TEXT", help="入库单号 · the document it came with")
@click.option(
    "--key",
    default=None,
    help="同一个 key 只入库一次；不写就是每张单一次 · once for each key, by default for each document",
)
@BY
@ON
def receive(
    number: int, wanted: tuple[str, ...], document: str, key: str | None, by: str, on: date | None
) -> None:
    """入库 · Put goods on the shelf."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        basket = baskets.parse(wanted, await items.all_items(book), most=deliveries.QUANTITY_AT_MOST)
        receipt = await deliveries.receive(
            book,
            place,
            dict(basket.wanted),
            document=document,
            by=by,
            on=day(on, book),
            key=key or _key_of(document),
        )
        said = (
            _("已经入过库，没有重复（第 {position} 笔）") if receipt.repeated else _("入库，第 {position} 笔")
        )
        data = {"position": receipt.position, "repeated": receipt.repeated}
        return Answer([said.format(position=receipt.position)], data)

    run(work)


def _key_of(document: str) -> str:
    """A document stocks once: its key is made of its number, whatever characters that holds."""
    return "document-" + encoding.digest(document).removeprefix("sha256:")[:24]


@click.command(cls=Command)
@SHOP
@click.option("--member", "who", required=True, metavar="NUMBER|PHONE")
@click.option("--item", "wanted", required=True, multiple=True, metavar="洗衣液x2")
@click.option("--key", required=True, help="同一个 key 只扣一次 · the same key redeems once")
@PARTS
@BY
@ON
def redeem(
    number: int, who: str, wanted: tuple[str, ...], key: str, parts: tuple[str, ...], by: str, on: date | None
) -> None:
    """兑换 · Hand things over for points.

    家里一起换：--part member/V-000001=4 --part member/V-000003=16，先写本人的，和兑换台显示的一样。
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        person = await members.find(book, who)
        basket = baskets.parse(wanted, await items.all_items(book))
        effective = day(on, book)
        done = await counter.redeem(
            book,
            place,
            person.number,
            basket,
            by=by,
            key=key,
            on=effective,
            found_by="manual",
            together=read_parts(parts),
        )
        left = (await purse.summary(book, person.number, effective)).spendable
        return _redeemed(place, person, done, left)

    run(work)


def _redeemed(place: Shop, person: Someone, done: Redeemed, left: int) -> Answer:
    name = masking.mask(person.name) if person.name else person.number
    lines = [
        _("✓ 已兑换，凭证 {position}").format(position=done.receipt.position)
        if not done.repeated
        else _("这一笔刚刚已经兑换过（凭证 {position}），没有重复扣。").format(
            position=done.receipt.position
        ),
        f"  {place.name}  {name}  {person.number}",
        *[f"  {line.name} ×{line.quantity}  −{line.points}" for line in done.lines],
        *[f"  {owner}  −{points}" for owner, points in done.parts],
        _("  原有 {before} → 剩余 {after}").format(before=done.before, after=done.after),
    ]
    data = {
        "position": done.receipt.position,
        "repeated": done.repeated,
        "points": done.points,
        "parts": [{"owner": owner, "points": points} for owner, points in done.parts],
        "before": done.before,
        "after": done.after,
        "spendable": left,
        "lines": [{"item": line.item, "name": line.name, "quantity": line.quantity} for line in done.lines],
    }
    return Answer(lines, data)
