"""`jishan alliance`, `jishan merchant`: alliances, and merchants with their contracts and people."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.awards import sponsors
from points.keys import new_key
from points.market import alliances, baskets, contracts, items, merchants, shops
from web.commands.helping import Named
from web.commands.options import BY, KEY, ON, SHOP, Day
from web.commands.terminal import Answer, Group, Meter, day, run
from web.i18n import gettext as _

NUMBER = click.option("--alliance", "number", required=True, type=int, metavar="N")


@click.group(cls=Group)
def alliance() -> None:
    """信用联盟和示范点，里面有哪些超市和社区 · Credit alliances and demonstration points, with their shops
    and communities.
    """


@alliance.command("found")
@click.argument("name")
@click.option("--kind", type=Named(alliances.KINDS), default="alliance", show_default=True)
@click.option("--area", required=True, metavar="CODE")
@BY
@ON
def found_(name: str, kind: str, area: str, by: str, on: date | None) -> None:
    """建立 · Found an alliance."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one = await alliances.found(book, name, kind=kind, area=area, by=by, on=day(on, book))
        said = _("{number} 号 {name}").format(number=one.number, name=one.name)
        return Answer([said], {"alliance": one.number})

    run(work)


@alliance.command("list")
def list_() -> None:
    """有哪些，谁在里面 · List the alliances and who belongs to them."""

    async def work(book: Book, _meter: Meter) -> Answer:
        lines, data = [], []
        for one in await alliances.all_alliances(book):
            inside = [each for each in await alliances.members(book, one.number) if each.holds(book.today())]
            lines.append(_("{number} 号 {name}").format(number=one.number, name=one.name))
            lines += [f"  {each.who} {each.joined_on}" for each in inside]
            data.append({"alliance": one.number, "name": one.name, "members": [each.who for each in inside]})
        return Answer(lines, {"alliances": data})

    run(work)


@alliance.command()
@NUMBER
@click.argument("who")
@BY
@ON
def join(number: int, who: str, by: str, on: date | None) -> None:
    """加入 · Let a shop (its number) or a community (its code) join."""

    async def work(book: Book, _meter: Meter) -> Answer:
        kind = alliances.COMMUNITY if len(who) >= 12 else alliances.SHOP
        one = await alliances.join(book, number, kind=kind, who=who, by=by, on=day(on, book))
        return Answer(
            [_("{who} 从 {day} 起在里面").format(who=who, day=one.joined_on)], {"membership": one.id}
        )

    run(work)


@alliance.command()
@NUMBER
@click.argument("who")
@BY
@ON
def leave(number: int, who: str, by: str, on: date | None) -> None:
    """退出 · Let a shop or a community leave."""

    async def work(book: Book, _meter: Meter) -> Answer:
        inside = [
            each for each in await alliances.members(book, number) if each.who == who and not each.left_on
        ]
        for each in inside:
            await alliances.leave(book, each.id, by=by, on=day(on, book))
        said = _("{who} 退出了") if inside else _("{who} 本来就不在里面")
        return Answer([said.format(who=who)], {"left": len(inside)})

    run(work)


@click.group(cls=Group)
def merchant() -> None:
    """商户的协议，谁在那里经办 · Contracts with merchants, and who works at their tills."""


@merchant.command()
@SHOP
@click.option("--from", "from_on", required=True, type=Day(), metavar="DAY")
@click.option("--until", "until_on", required=True, type=Day(), metavar="DAY")
@click.option("--sponsor", type=Named(sponsors.SPONSORS), default="street", show_default=True)
@click.option(
    "--pays", multiple=True, metavar="理发一次x1000", help="每份结算几分钱 · fen paid for one of an item"
)
@KEY
@BY
def sign(
    number: int, from_on: date, until_on: date, sponsor: str, pays: tuple[str, ...], key: str | None, by: str
) -> None:
    """签协议 · Sign a contract; what is not named is paid at cost."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shop = await shops.find(book, number)
        basket = (
            baskets.parse(pays, await items.all_items(book), most=contracts.FEN_AT_MOST) if pays else None
        )
        one = await contracts.sign(
            book, shop, from_on=from_on, until_on=until_on, sponsor=sponsor, by=by,
            key=key or new_key(), fen=dict(basket.wanted) if basket else {},
        )  # fmt: skip
        said = _("协议 {contract}：{first} 到 {last}")
        return Answer(
            [said.format(contract=one.id, first=one.from_on, last=one.until_on)], {"contract": one.id}
        )

    run(work)


@merchant.command()
@click.argument("contract")
@BY
@ON
def end(contract: str, by: str, on: date | None) -> None:
    """终止协议 · End a contract before its time."""

    async def work(book: Book, _meter: Meter) -> Answer:
        await contracts.end(book, contract, by=by, on=day(on, book))
        return Answer([_("协议 {contract} 终止了").format(contract=contract)], {"contract": contract})

    run(work)


@merchant.command()
@SHOP
@click.option("--member", required=True, metavar="S-0003")
@BY
@ON
def appoint(number: int, member: str, by: str, on: date | None) -> None:
    """让谁在那里办 · Let somebody work at a merchant's till."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shop = await shops.find(book, number)
        given = await merchants.appoint(book, shop, member, by=by, on=day(on, book))
        said = _("{member} 在{shop}办").format(member=member, shop=shop.name)
        return Answer([said], {"grant": given.id})

    run(work)
