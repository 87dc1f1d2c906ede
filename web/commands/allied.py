"""`jishan alliance`, `jishan merchant`, `jishan settle`: alliances, merchants, and what is settled each month."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.awards import sponsors
from points.keys import new_key
from points.market import alliances, baskets, contracts, items, merchants, netting, settlements, shops
from points.people import areas
from web import allied_words
from web.commands.options import BY, MONTH, ON, SHOP, Day
from web.commands.terminal import Answer, Group, Meter, day, run, table
from web.i18n import Say
from web.i18n import gettext as _

NUMBER = click.option("--alliance", "number", required=True, type=int, metavar="N")
KEY = click.option(
    "--key",
    default=None,
    help="同一个 key 只做一次 · the same key does it once, by default a new one each time",
)
ID = click.argument("key")
DIGEST = click.option("--digest", required=True, help="看到的核对码 · the digest that was seen")
REFUSE = click.option("--refuse", is_flag=True, help="不批准 · refuse it")


@click.group(cls=Group)
def alliance() -> None:
    """联盟 · Credit alliances and demonstration points, with their shops and communities."""


@alliance.command("found")
@click.argument("name")
@click.option("--kind", type=click.Choice(list(alliances.KINDS)), default="alliance", show_default=True)
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
    """商户 · Contracts with merchants, and who works at their tills."""


@merchant.command()
@SHOP
@click.option("--from", "from_on", required=True, type=Day(), metavar="DAY")
@click.option("--until", "until_on", required=True, type=Day(), metavar="DAY")
@click.option("--sponsor", type=click.Choice(list(sponsors.SPONSORS)), default="street", show_default=True)
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


@click.group(cls=Group)
def settle() -> None:
    """结算 · Monthly statements of merchants, and the balance between communities."""


@settle.command()
@SHOP
@MONTH
@KEY
@BY
def draw(number: int, month: str, key: str | None, by: str) -> None:
    """做对账单 · Draw up a merchant's month."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shop = await shops.find(book, number)
        return _statement(await settlements.draw(book, shop, month, by=by, key=key or new_key()))

    run(work)


@settle.command()
@ID
def show(key: str) -> None:
    """看对账单 · Show a statement, with the digest that is approved."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _statement(await settlements.find(book, key))

    run(work)


@settle.command()
@ID
@DIGEST
@REFUSE
@BY
def decide(key: str, digest: str, refuse: bool, by: str) -> None:
    """审批对账单 · Approve a statement as it was seen, or refuse it."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _statement(await settlements.decide(book, key, approved=not refuse, digest=digest, by=by))

    run(work)


@settle.command()
@ID
@click.option("--document", required=True, metavar="TEXT", help="付款单号 · the payment's document")
@BY
@ON
def pay(key: str, document: str, by: str, on: date | None) -> None:
    """记下付款 · Record that a statement was paid."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _statement(await settlements.pay(book, key, document=document, on=day(on, book), by=by))

    run(work)


@settle.command()
@click.option("--under", required=True, metavar="CODE", help="区县 · a district")
@MONTH
@KEY
@BY
def net(under: str, month: str, key: str | None, by: str) -> None:
    """做社区往来单 · Draw up a month's balance between communities."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return await _balance(book, await netting.draw(book, under, month, by=by, key=key or new_key()))

    run(work)


@settle.command()
@ID
@click.option(
    "--digest", default=None, help="看到的核对码；不写就是只看 · the digest seen; without it, only look"
)
@REFUSE
@BY
def close(key: str, digest: str | None, refuse: bool, by: str) -> None:
    """看往来单，或者批 · Show a balance, or close it as it was seen."""

    async def work(book: Book, _meter: Meter) -> Answer:
        if digest is None:
            return await _balance(book, await netting.find(book, key))
        drawn = await netting.decide(book, key, approved=not refuse, digest=digest, by=by)
        return await _balance(book, drawn)

    run(work)


def _statement(drawn: settlements.Drawn) -> Answer:
    said = drawn.statement
    rows = [
        [
            str(line.position),
            allied_words.what(line),
            allied_words.signed(line.points),
            allied_words.yuan(line.fen),
        ]
        for line in said.lines
    ]
    lines = [
        f"{drawn.id} {said.month} {Say(allied_words.STATES[drawn.state][0])}",
        *table(rows, right=[2, 3]),
        _("应付 {yuan} 元").format(yuan=allied_words.yuan(said.due)),
        drawn.digest,
    ]
    facts = {"settlement": drawn.id, "state": drawn.state, "points": said.points, "fen": said.due}
    return Answer(lines, facts | {"digest": drawn.digest})


async def _balance(book: Book, drawn: netting.Drawn) -> Answer:
    found = drawn.crossings
    places = await areas.many(book, [found.under, *found.places])
    nets = [
        [
            allied_words.named(places, one.debtor),
            allied_words.named(places, one.creditor),
            allied_words.signed(one.points),
            allied_words.yuan(one.fen),
        ]
        for one in found.nets()
    ]
    lines = [
        f"{drawn.id} {found.month} {Say(allied_words.STATES[drawn.state][0])}",
        *table(nets, right=[2, 3]),
    ]
    facts = {"netting": drawn.id, "state": drawn.state, "points": found.points, "fen": found.fen}
    return Answer([*lines, drawn.digest], facts | {"digest": drawn.digest})
