"""`jishan stock receive, correct, send, arrive, lose`: what comes to a shelf and what goes."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.book import Book
from points.keys import new_key
from points.market import deliveries, delivery_sheets, items, losses, shops, stock_reasons, transfers
from points.market.deliveries import Origin
from web.commands.helping import Named
from web.commands.options import BY, SHOP, File, Whole
from web.commands.stock_answers import GOODS, KEY, asked_for, counted, goods, listed, posted, reasons_of
from web.commands.terminal import Answer, Command, Meter, run
from web.i18n import gettext as _


@click.command(cls=Command)
@SHOP
@GOODS
@click.option("--file", "file", type=File(), default=None, help="进货的表格 · a delivery note as a file")
@click.option("--document", required=True, metavar="TEXT", help="单据号 · the document it came with")
@click.option("--source", type=Named(stock_reasons.SOURCES), default="bought", show_default=True)
@click.option("--supplier", required=True, metavar="TEXT", help="供货或捐赠的单位 · who supplied or gave it")
@KEY
@BY
def receive(
    number: int,
    wanted: tuple[str, ...],
    file: Path | None,
    document: str,
    source: str,
    supplier: str,
    key: str | None,
    by: str,
) -> None:
    """进货 · Goods in, with their document."""

    async def work(book: Book, _meter: Meter) -> Answer:
        every = await items.all_items(book)
        there = delivery_sheets.read(file, every) if file else await goods(book, wanted)
        receipt = await deliveries.receive(
            book,
            await shops.find(book, number),
            there,
            document=document,
            by=by,
            on=book.today(),
            key=key or new_key(),
            origin=Origin(source, supplier),
        )
        return posted(_("入库，第 {position} 笔"), receipt.position, repeated=receipt.repeated)

    run(work)


@click.command(cls=Command)
@SHOP
@click.option("--delivery", "position", required=True, type=Whole(1, 2**53), metavar="POSITION")
@click.option("--reason", required=True, help=listed(stock_reasons.DELIVERIES))
@click.option("--ask", "asks", is_flag=True, help="提交给另一个人 · ask a second person")
@KEY
@BY
def correct(number: int, position: int, reason: str, asks: bool, key: str | None, by: str) -> None:
    """更正一次进货 · Undo a delivery that was entered wrongly."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        delivery = await deliveries.find(book, place, position)
        if asks:
            asked = await deliveries.ask(book, place, delivery, reason, by=by, key=key or new_key())
            return asked_for(asked)
        receipt = await deliveries.correct(book, place, delivery, reason, by=by)
        return posted(_("更正了，第 {position} 笔"), receipt.position, repeated=receipt.repeated)

    run(work)


@click.command(cls=Command)
@SHOP
@click.option("--to", "to", required=True, type=Whole(1, 2**31 - 1), metavar="NUMBER")
@GOODS
@KEY
@BY
def send(number: int, to: int, wanted: tuple[str, ...], key: str | None, by: str) -> None:
    """调出 · Send goods to another shop."""

    async def work(book: Book, _meter: Meter) -> Answer:
        source, target = await shops.find(book, number), await shops.find(book, to)
        there = await goods(book, wanted)
        sent = await transfers.send(book, source, target, there, by=by, key=key or new_key())
        return Answer([_("已调出，编号 {id}").format(id=sent.id)], {"transfer": sent.id})

    run(work)


@click.command(cls=Command)
@click.argument("transfer")
@GOODS
@click.option(
    "--reason", "reasons", multiple=True, metavar="洗衣液=broken", help=listed(stock_reasons.ON_THE_WAY)
)
@BY
def arrive(transfer: str, wanted: tuple[str, ...], reasons: tuple[str, ...], by: str) -> None:
    """收货 · Say what arrived; what is not named arrived as it was sent. 没有到的写 洗衣液x0。"""

    async def work(book: Book, _meter: Meter) -> Answer:
        sent = await transfers.find(book, transfer)
        arrived = {**sent.goods, **(await counted(book, wanted))}
        said = await reasons_of(book, reasons)
        receipt = await transfers.receive(book, sent, arrived, said, by=by)
        return posted(_("收到了，第 {position} 笔"), receipt.position, repeated=receipt.repeated)

    run(work)


@click.command(cls=Command)
@SHOP
@GOODS
@click.option("--reason", required=True, help=listed(stock_reasons.LOSSES))
@click.option("--ask", "asks", is_flag=True, help="提交给另一个人 · ask a second person")
@KEY
@BY
def lose(number: int, wanted: tuple[str, ...], reason: str, asks: bool, key: str | None, by: str) -> None:
    """报损 · Take what is lost off the shelf."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        lines = [(item, n, reason) for item, n in sorted((await goods(book, wanted)).items())]
        if asks:
            return asked_for(await losses.ask(book, place, lines, by=by, key=key or new_key()))
        receipt = await losses.report(book, place, lines, by=by, key=key or new_key())
        return posted(_("报损，第 {position} 笔"), receipt.position, repeated=receipt.repeated)

    run(work)
