"""`jishan stock`: shelves, what is low there, what waits for a second person; and all that moves stock."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.keys import new_key
from points.market import items, low_stock, shelves, shops, stock_decisions, stock_requests
from points.people.requests import MOST
from web.commands import reconciling, stock_counts, stock_moves
from web.commands.options import BY, SHOP, Day, Whole
from web.commands.stock_answers import KEY
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _

ITEM = click.option("--item", "wanted", required=True, metavar="NAME|NUMBER")


@click.group(cls=Group)
def stock() -> None:
    """库存：进货、调货、报损、盘点、对账 · Shelves: what is there, what comes, goes, is lost and counted."""


@stock.command()
@SHOP
def show(number: int) -> None:
    """架上有什么 · What stands on a shelf, is set aside, is to come, and went this month."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        names = {item.number: item.name for item in await items.all_items(book)}
        rows = await shelves.read(book, place)
        cells = [
            [
                names.get(row.item, str(row.item)),
                *(f"{n:,}" for n in (row.left, row.held, row.coming, row.sold)),
                row.next_on.isoformat() if row.next_on else "",
                _("快没了") if row.is_low else "",
            ]
            for row in rows
        ]
        heads = [[_("物品"), _("架上"), _("已预留"), _("路上"), _("本月换出"), _("下次到货"), ""]]
        data = [
            {
                "item": row.item,
                "left": row.left,
                "held": row.held,
                "coming": row.coming,
                "sold": row.sold,
                "least": row.least,
                "next_on": row.next_on.isoformat() if row.next_on else None,
                "low": row.is_low,
            }
            for row in rows
        ]
        return Answer(table([*heads, *cells], right=[1, 2, 3, 4]), {"shop": number, "items": data})

    run(work)


@stock.command()
def requests() -> None:
    """等另一个人的 · What waits for a second person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        every = [shop.number for shop in await shops.all_shops(book)]
        found = await stock_requests.waiting(book, every, limit=MOST)
        lines = [f"{each.id}  {each.kind}  {each.shop}  {each.asked_by}  {each.digest}" for each in found]
        data = [
            {"id": each.id, "kind": each.kind, "shop": each.shop, "digest": each.digest} for each in found
        ]
        return Answer(lines or [_("没有要审批的。")], {"requests": data})

    run(work)


@stock.command()
@click.argument("request")
@click.option("--approve/--refuse", "approved", required=True)
@click.option("--digest", required=True, help="看到的核对码 · what was seen")
@BY
def decide(request: str, approved: bool, digest: str, by: str) -> None:
    """第二个人的答复 · The second person's word."""

    async def work(book: Book, _meter: Meter) -> Answer:
        done = await stock_decisions.decide(book, request, approved=approved, digest=digest, by=by)
        said = _("已批准") if done.state == "approved" else _("没有批准")
        return Answer([said], {"request": done.id, "state": done.state})

    run(work)


@stock.command()
@SHOP
@ITEM
@click.option("--least", required=True, type=Whole(0, low_stock.LEAST_AT_MOST))
@KEY
@BY
def watch(number: int, wanted: str, least: int, key: str | None, by: str) -> None:
    """快没了就提醒 · Warn when so few are left."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place, item = await shops.find(book, number), await items.find(book, wanted)
        await low_stock.watch(book, place, item.number, least, by=by, key=key or new_key())
        return Answer([f"{item.name} ≤ {least}"], {"item": item.number, "least": least})

    run(work)


@stock.command()
@SHOP
@ITEM
@click.option(
    "--day", "day_", type=Day(), default=None, metavar="YYYY-MM-DD", help="不写就是没有 · nothing if left out"
)
@KEY
@BY
def expect(number: int, wanted: str, day_: date | None, key: str | None, by: str) -> None:
    """下次哪天到货 · Say when more is to come."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place, item = await shops.find(book, number), await items.find(book, wanted)
        await low_stock.expect(book, place, item.number, day_, by=by, key=key or new_key())
        said = day_.isoformat() if day_ else "—"
        return Answer([f"{item.name} {said}"], {"item": item.number, "day": said})

    run(work)


stock.add_command(stock_counts.count)
stock.add_command(reconciling.reconcile)
for _each in (
    stock_moves.receive,
    stock_moves.correct,
    stock_moves.send,
    stock_moves.arrive,
    stock_moves.lose,
):
    stock.add_command(_each)
