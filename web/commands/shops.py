"""`jishan shop`: what is changed about a shop, beside opening it and filling its shelves."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.keys import new_key
from points.market import items, listings, opening_hours, shop_acts, shops
from points.market.shop_changes import KINDS
from web import market_words
from web.commands.helping import Named
from web.commands.market import shop
from web.commands.options import BY, ON, SHOP, Day
from web.commands.terminal import Answer, Meter, day, run
from web.i18n import gettext as _

__all__ = ["shop"]


async def _said(book: Book, number: int) -> Answer:
    """A shop as it is now."""
    found = await shops.find(book, number)
    now = await shops.standing(book, found)
    lines = [_("{number} 号 {name}（{hours}）").format(number=number, name=found.name, hours=found.hours)]
    lines.append(str(market_words.kind(now)) + (f"  {_('关了')}" if now.closed_on else ""))
    data = {"shop": number, "name": found.name, "kind": now.kind, "hours": found.hours}
    return Answer(lines, {**data, "closed_on": now.closed_on})


@shop.command()
@SHOP
@click.option("--name", default=None)
@click.option("--kind", type=Named(KINDS), default=None)
@click.option("--hours", default=None, metavar="周一至周五 9:00-17:00")
@BY
def change(number: int, name: str | None, kind: str | None, hours: str | None, by: str) -> None:
    """改名字、种类、开放时间；没写的不变 · Change its name, kind and hours; what is left out stays."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place, on = await shops.find(book, number), book.today()
        if name is not None:
            await shop_acts.rename(book, place, name, by=by, on=on, key=new_key())
        if kind is not None:
            await shop_acts.turn_into(book, place, kind, by=by, on=on, key=new_key())
        if hours is not None:
            week = opening_hours.read(hours)
            if week is None:
                raise click.BadParameter(hours, param_hint="--hours")
            await shop_acts.set_hours(book, place, week, by=by, on=on, key=new_key())
        return await _said(book, number)

    run(work)


@shop.command("day")
@SHOP
@click.argument("when", type=Day(), metavar="YYYY-MM-DD")
@click.argument("times", default="")
@click.option("--as-usual", is_flag=True, help="照平常 · as its week says")
@BY
def day_(number: int, when: date, times: str, as_usual: bool, by: str) -> None:
    """有一天和平常不一样，不写时间就是不开 · One day that differs; without times it is closed."""

    async def work(book: Book, _meter: Meter) -> Answer:
        spans = opening_hours.spans_of(times)
        if spans is None:
            raise click.BadParameter(times, param_hint="TIMES")
        place = await shops.find(book, number)
        said = None if as_usual else spans
        await shop_acts.set_day(book, place, when, said, by=by, on=book.today(), key=new_key())
        return await _said(book, number)

    run(work)


@shop.command()
@SHOP
@click.option("--item", "wanted", required=True, multiple=True, metavar="NAME|NUMBER")
@click.option("--no-longer", is_flag=True, help="不再有 · strike them off")
@BY
def carry(number: int, wanted: tuple[str, ...], no_longer: bool, by: str) -> None:
    """有哪些物品，没到货也写在目录里 · What it carries, before any came."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = {(await items.find(book, each)).number: not no_longer for each in wanted}
        place = await shops.find(book, number)
        await listings.carry(book, place, found, by=by, on=book.today(), key=new_key())
        return await _said(book, number)

    run(work)


@shop.command()
@SHOP
@BY
def close(number: int, by: str) -> None:
    """关掉；架上的留在账上 · Close it for good; what stands there stays in the books."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        await shop_acts.close(book, place, by=by, on=book.today(), key=new_key())
        return await _said(book, number)

    run(work)


@shop.command()
@SHOP
@BY
def reopen(number: int, by: str) -> None:
    """再开 · Open a closed shop again."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await shops.find(book, number)
        await shop_acts.reopen(book, place, by=by, on=book.today(), key=new_key())
        return await _said(book, number)

    run(work)


@shop.command("put-back")
@SHOP
@click.argument("name")
@click.option("--area", required=True, metavar="CODE")
@click.option("--hours", default="")
@click.option("--kind", type=Named(KINDS), default="supermarket", show_default=True)
@BY
@ON
def put_back(number: int, name: str, area: str, hours: str, kind: str, by: str, on: date | None) -> None:
    """恢复以后登记丢了的，凭纸质材料重新登记 · Register again a shop whose record was lost in a restore."""

    async def work(book: Book, _meter: Meter) -> Answer:
        said = {"area": area, "hours": hours, "by": by, "kind": kind}
        await shops.put_back(book, number, name, on=day(on, book), **said)
        return await _said(book, number)

    run(work)
