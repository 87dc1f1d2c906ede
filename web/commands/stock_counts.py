"""`jishan stock count`: stocktaking at the command line."""

from __future__ import annotations

import click

from ledger.book import Book
from points.keys import new_key
from points.market import hand_overs, items, shops, stock_counts, stock_reasons, stocktaking
from web.commands.options import BY, SHOP, Whole
from web.commands.stock_answers import GOODS, KEY, asked_for, counted, listed, reasons_of
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _


@click.group(cls=Group)
def count() -> None:
    """盘点 · Stocktaking, blind: begin, enter, explain; another person decides."""


@count.command()
@SHOP
@click.option(
    "--shift", default=None, help="只盘这个班交班时差的 · what differed when this shift was handed over"
)
@KEY
@BY
def begin(number: int, shift: str | None, key: str | None, by: str) -> None:
    """开一张盘点表 · Begin a count; the sheet has no number of the book."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        of = await hand_overs.find(book, shift) if shift else None
        begun = await stocktaking.begin(book, place, by=by, key=key or new_key(), shift=of)
        there = (await stock_counts.find(book, begun)).of if of else await shops.stock(book, place)
        names = [item.name for item in await items.all_items(book) if item.number in there]
        return Answer([_("盘点 {id}").format(id=begun), *names], {"count": begun, "items": sorted(there)})

    run(work)


@count.command()
@click.argument("number")
@GOODS
@click.option("--since", type=Whole(1, 2**53), default=None, help="再数过的 · counted again since this entry")
@BY
def enter(number: str, wanted: tuple[str, ...], since: int | None, by: str) -> None:
    """记下数出来的数 · Write down what was counted, 洗衣液x0 for none; then the differences are shown."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await stock_counts.find(book, number)
        done = await stocktaking.enter(book, found, await counted(book, wanted), by=by, since=since)
        names = {item.number: item.name for item in await items.all_items(book)}
        rows = [[names[d.item], str(d.counted), str(d.book), f"{d.difference:+}"] for d in done.lines]
        data = [{"item": d.item, "counted": d.counted, "book": d.book} for d in done.lines]
        heads = [[_("物品"), _("数了"), _("账上"), _("差")]]
        return Answer(table([*heads, *rows], right=[1, 2, 3]), {"count": done.id, "lines": data})

    run(work)


@count.command()
@click.argument("number")
@click.option(
    "--reason", "reasons", multiple=True, metavar="洗衣液=stolen", help=listed(stock_reasons.COUNTS)
)
@KEY
@BY
def explain(number: str, reasons: tuple[str, ...], key: str | None, by: str) -> None:
    """说明差异 · Give each difference its reason, and ask another person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await stock_counts.find(book, number)
        said = await reasons_of(book, reasons)
        return asked_for(await stocktaking.ask(book, found, said, by=by, key=key or new_key()))

    run(work)
