"""`jishan shift …`: begin a shift, count blind, close it, take it over; and what staff did in a month."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.market import baskets, hand_overs, items, shift_sheets, shifts, shops
from points.market.models import Shop
from points.market.shift_records import Shift
from points.market.shift_sheets import Sheet
from web import undo_words
from web.commands.options import BY, MONTH, SHOP
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _

SHIFT = click.argument("shift")


@click.group(cls=Group)
def shift() -> None:
    """兑换台的班 · Shifts at a counter."""


@shift.command()
@SHOP
@BY
def begin(number: int, by: str) -> None:
    """开班 · Begin a shift; the first redemption does so by itself."""

    async def work(book: Book, _meter: Meter) -> Answer:
        standing = await shifts.begin(book, await shops.find(book, number), by=by)
        return Answer([_("在当班：{shift}").format(shift=standing.id)], {"shift": standing.id})

    run(work)


@shift.command("list")
@SHOP
def list_(number: int) -> None:
    """最近的班 · The latest shifts of a shop."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await shift_sheets.recent(book, await shops.find(book, number))
        rows = [[each.id, each.member, _(undo_words.SHIFTS[each.state][0])] for each in found]
        lines = table(rows) if rows else [_("这里还没有人当过班。换第一笔就开始了。")]
        return Answer(
            lines, {"shifts": [{"shift": x.id, "member": x.member, "state": x.state} for x in found]}
        )

    run(work)


@shift.command()
@SHIFT
@click.option("--item", "counted", multiple=True, metavar="香皂x5", help="架上有几件 · what stands there")
@BY
def count(shift: str, counted: tuple[str, ...], by: str) -> None:
    """盘点：没写的算 0 件 · Count the shelf; what is left out is none."""

    async def work(book: Book, _meter: Meter) -> Answer:
        row, shop = await _found(book, shift)
        every = await items.all_items(book)
        typed = dict(baskets.parse(counted, every, most=hand_overs.MOST).wanted) if counted else {}
        goods = {item.number: 0 for item in await hand_overs.goods(book, shop)}
        await hand_overs.count(book, shop, row, goods | typed, by=by)
        found = await hand_overs.differences(book, shop, row) or []
        lines = table([[x.name, str(x.counted), str(x.book)] for x in found], right=[1, 2])
        differ = [{"item": x.item, "name": x.name, "counted": x.counted, "book": x.book} for x in found]
        return Answer(lines or [_("盘点和账上一样。")], {"differences": differ})

    run(work)


@shift.command()
@SHIFT
@click.option("--note", "notes", multiple=True, metavar="香皂=掉了", help="为什么不一样 · why it differs")
@BY
def close(shift: str, notes: tuple[str, ...], by: str) -> None:
    """交班 · Close a counted shift."""

    async def work(book: Book, _meter: Meter) -> Answer:
        row, shop = await _found(book, shift)
        every = await items.all_items(book)
        pairs = [note.partition("=") for note in notes]
        said = {baskets.recognise(name, every): text for name, _sign, text in pairs}
        await hand_overs.close(book, shop, row, said, by=by)
        return _sheet(await shift_sheets.sheet(book, row))

    run(work)


@shift.command("take-over")
@SHIFT
@BY
def take_over(shift: str, by: str) -> None:
    """接班 · Look at the sheet and take over."""

    async def work(book: Book, _meter: Meter) -> Answer:
        row, shop = await _found(book, shift)
        await hand_overs.take_over(book, shop, row, by=by)
        return _sheet(await shift_sheets.sheet(book, row))

    run(work)


@shift.command()
@SHIFT
def sheet(shift: str) -> None:
    """交班单 · The sheet of a shift."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _sheet(await shift_sheets.sheet(book, (await _found(book, shift))[0]))

    run(work)


@shift.command()
@MONTH
def figures(month: str) -> None:
    """每位经办人的更正和人工查找 · What of each one's redemptions was undone, or found by hand."""

    async def work(book: Book, _meter: Meter) -> Answer:
        every = [shop.number for shop in await shops.all_shops(book)]
        rows = await shift_sheets.month(book, every, date.fromisoformat(f"{month}-01"))
        lines = table(
            [[r.member, str(r.redemptions), f"{r.undo_rate:.1f}%", f"{r.manual_rate:.1f}%"] for r in rows],
            right=[1, 2, 3],
        )
        data = [
            {"member": r.member, "redemptions": r.redemptions, "undone": r.undone, "manual": r.manual}
            for r in rows
        ]
        return Answer(lines or [_("这个月还没有人兑换。换一个月看看。")], {"staff": data})

    run(work)


async def _found(book: Book, shift: str) -> tuple[Shift, Shop]:
    row = await hand_overs.find(book, shift)
    return row, await shops.find(book, row.shop)


def _sheet(found: Sheet) -> Answer:
    now = found.figures
    rows = [
        [_("状态"), _(undo_words.SHIFTS[found.shift.state][0])],
        [_("谁的班"), found.shift.member],
        [_("兑换"), _("{n} 笔，{points} 分").format(n=now.redemptions, points=now.points)],
        [_("其中更正"), _("{n} 笔，{points} 分").format(n=now.undone, points=now.undone_points)],
        [_("人工查找"), _("{n} 次").format(n=now.manual)],
        *[[each.name, f"{each.counted} / {each.book}  {each.note}"] for each in found.differences],
    ]
    data = {
        "shift": found.shift.id,
        "state": found.shift.state,
        "redemptions": now.redemptions,
        "points": now.points,
        "undone": now.undone,
        "manual": now.manual,
        "differences": [
            {"item": x.item, "counted": x.counted, "book": x.book, "note": x.note} for x in found.differences
        ],
    }
    return Answer(table(rows), data)
