"""`jishan settle`: monthly statements of merchants, and the balance between communities."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.keys import new_key
from points.market import netting, settlements, shops
from points.people import areas
from web import allied_words
from web.commands.options import BY, KEY, MONTH, ON, SHOP
from web.commands.terminal import Answer, Group, Meter, day, run, table
from web.i18n import Say
from web.i18n import gettext as _

ID = click.argument("key")
DIGEST = click.option("--digest", required=True, help="看到的核对码 · the digest that was seen")
REFUSE = click.option("--refuse", is_flag=True, help="不批准 · refuse it")


@click.group(cls=Group)
def settle() -> None:
    """商户每月的对账单，社区之间的往来 · Monthly statements of merchants, and the balance between
    communities.
    """


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
