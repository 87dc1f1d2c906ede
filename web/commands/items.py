"""`jishan item`, `jishan price`: the catalogue at the command line, with limits, photos, and prices by their days."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path

import click

from ledger.book import Book
from points.keys import new_key
from points.market import item_acts, item_changes, items, photos, price_requests, prices, terms
from points.market.catalogue_files import FEN_AT_MOST, KINDS, POINTS_AT_MOST, Entry
from points.market.item_acts import Words
from points.market.item_changes import BACKINGS
from points.market.terms import MOST_AT_MOST, OF, OLDEST, PERS, Audience
from points.people import kinds
from points.people.requests import MOST
from web import market_words
from web.commands.helping import Named
from web.commands.options import BY, ON, Day, File, Whole
from web.commands.terminal import Answer, Group, Meter, day, run, session, table
from web.i18n import gettext as _

POINTS = Whole(0, POINTS_AT_MOST)
FEN = Whole(0, FEN_AT_MOST)


@click.group(cls=Group)
def item() -> None:
    """目录里的物品：名字、成本、限量、照片 · Items of the catalogue."""


@item.command("list")
def list_() -> None:
    """目录里有什么 · The catalogue: prices today, costs, limits."""

    async def work(book: Book, _meter: Meter) -> Answer:
        today = book.today()
        every, priced = await items.today(book), await prices.on_day(book, today)
        asked = await terms.on_day(book, today)
        rows, data = [], []
        for one, standing in every:
            points = priced[one.number].points if one.number in priced else None
            limits = asked[one.number].limits if one.number in asked else ()
            said = "；".join(str(market_words.limit(limit)) for limit in limits)
            out = _("不换了") if standing.out_on else ""
            rows.append([str(one.number), one.name, "" if points is None else f"{points:,}", said, out])
            data.append({"item": one.number, "name": one.name, "points": points, "out_on": standing.out_on})
        return Answer(table(rows, right=[0, 2]), {"items": data})

    run(work)


@item.command()
@click.argument("name")
@click.option("--english", required=True, metavar="TEXT", help="英文名 · its English name")
@click.option("--kind", type=click.Choice(KINDS), default="goods", show_default=True)
@click.option(
    "--cost", "cost_fen", required=True, type=FEN, metavar="FEN", help="成本，分钱 · what one costs"
)
@click.option("--points", required=True, type=POINTS, help="今天起的价格 · its price from today")
@BY
@ON
def add(name: str, english: str, kind: str, cost_fen: int, points: int, by: str, on: date | None) -> None:
    """添一样物品 · Put an item into the catalogue."""

    async def work(book: Book, _meter: Meter) -> Answer:
        entry = Entry(name, english, kind, cost_fen, points)
        made = await items.add(book, entry, by=by, on=day(on, book))
        return Answer([f"{made.number} {made.name}"], {"item": made.number})

    run(work)


@item.command()
@click.argument("which", metavar="NAME|NUMBER")
@click.option("--name", default=None)
@click.option("--english", default=None)
@click.option("--about", default=None, help="说明 · what it is")
@click.option("--about-english", default=None)
@click.option("--cost", "cost_fen", type=FEN, default=None, metavar="FEN")
@click.option("--backing", type=Named(BACKINGS), default=None, help="谁出资 · who pays for it")
@click.option("--donor", default=None, help="捐赠方的名字 · what a donor is called")
@BY
def edit(
    which: str,
    name: str | None,
    english: str | None,
    about: str | None,
    about_english: str | None,
    cost_fen: int | None,
    backing: str | None,
    donor: str | None,
    by: str,
) -> None:
    """改名字、说明、成本和出资；没写的不变 · Change its words; what is left out stays."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one, standing = await items.numbered(book, (await items.find(book, which)).number)
        now = item_acts.words_of(standing, await item_changes.donor(book, standing))
        words = Words(
            now.name if name is None else name,
            now.name_en if english is None else english,
            now.cost_fen if cost_fen is None else cost_fen,
            now.about if about is None else about,
            now.about_en if about_english is None else about_english,
            now.backing if backing is None else backing,
            now.donor if donor is None else donor,
        )
        await item_acts.edit(book, one, words, by=by, on=book.today(), key=new_key())
        return Answer([f"{one.number} {words.name}"], {"item": one.number, "name": words.name})

    run(work)


@item.command()
@click.argument("which", metavar="NAME|NUMBER")
@click.option("--back", is_flag=True, help="放回目录 · put it back")
@BY
def out(which: str, back: bool, by: str) -> None:
    """拿出目录，谁都不能再换；--back 放回 · Take it out of the catalogue, or put it back."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one = await items.find(book, which)
        verb = item_acts.put_back if back else item_acts.take_out
        await verb(book, one, by=by, on=book.today(), key=new_key())
        return Answer([f"{one.number} {one.name}"], {"item": one.number, "out": not back})

    run(work)


@item.command()
@click.argument("which", metavar="NAME|NUMBER")
@click.option("--of", type=Named(OF), default="member", show_default=True)
@click.option("--per", type=Named(PERS), default="month", show_default=True)
@click.option("--most", required=True, type=Whole(0, MOST_AT_MOST), help="0 是不限 · 0: no limit")
@BY
def limit(which: str, of: str, per: str, most: int, by: str) -> None:
    """每人或每户一期最多几份 · At most so many for each member or household in a period."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one = await items.find(book, which)
        begins = await terms.set_limit(
            book, one, of=of, per=per, most=most or None, by=by, on=book.today(), key=new_key()
        )
        said = _("{name}：{day} 起").format(name=one.name, day=begins)
        return Answer([said], {"item": one.number, "from_on": begins.isoformat()})

    run(work)


@item.command()
@click.argument("which", metavar="NAME|NUMBER")
@click.option("--kind", "chosen", type=Named(kinds.NAMES), multiple=True)
@click.option("--area", "codes", multiple=True, metavar="CODE")
@click.option("--from-age", "least", type=Whole(0, OLDEST), default=None)
@click.option("--to-age", "oldest", type=Whole(0, OLDEST), default=None)
@BY
def who(
    which: str,
    chosen: tuple[str, ...],
    codes: tuple[str, ...],
    least: int | None,
    oldest: int | None,
    by: str,
) -> None:
    """谁可以换；什么都不写就是谁都可以 · Who may have it; with nothing said, everybody."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one = await items.find(book, which)
        audience = Audience(chosen, codes, least, oldest)
        await terms.set_audience(book, one, audience, by=by, on=book.today(), key=new_key())
        return Answer([one.name], {"item": one.number, **audience.values()})

    run(work)


@item.command()
@click.argument("which", metavar="NAME|NUMBER")
@click.argument("file", required=False, type=File())
@BY
def photo(which: str, file: Path | None, by: str) -> None:
    """换照片；不写文件就不用照片 · Show a photo, or none without a file."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one, folder = await items.find(book, which), session().settings.attachments
        if file is None:
            await photos.remove(book, one, by=by, on=book.today(), key=new_key())
            return Answer([one.name], {"item": one.number, "photo": None})
        data = await asyncio.to_thread(file.read_bytes)
        key = await photos.add(book, folder, one, data, by=by, on=book.today(), key=new_key())
        return Answer([one.name], {"item": one.number, "photo": key})

    run(work)


@click.group(cls=Group)
def price() -> None:
    """价格，每个从哪天起 · Prices, each from its day."""


@price.command("set")
@click.argument("which", metavar="NAME|NUMBER")
@click.argument("points", type=POINTS)
@click.option("--from", "from_on", required=True, type=Day(), metavar="YYYY-MM-DD")
@click.option("--ask", is_flag=True, help="降一半以上，申请由另一个人批 · ask a second person for a deep cut")
@BY
def set_(which: str, points: int, from_on: date, ask: bool, by: str) -> None:
    """定一个从以后哪天起的价格 · Set a price from a later day on."""

    async def work(book: Book, _meter: Meter) -> Answer:
        one = await items.find(book, which)
        if ask:
            asked = await price_requests.ask(book, one, points, from_on=from_on, by=by, key=new_key())
            return Answer([asked.id, asked.digest], {"request": asked.id, "digest": asked.digest})
        receipt = await prices.set_price(
            book, one, points, from_on=from_on, by=by, on=book.today(), key=new_key()
        )
        return Answer([f"{one.name} {points} {from_on}"], {"position": receipt.position})

    run(work)


@price.command()
@click.argument("which", metavar="NAME|NUMBER")
def history(which: str) -> None:
    """每一次定价 · Every price, the latest first."""

    async def work(book: Book, _meter: Meter) -> Answer:
        told = await prices.history(book, (await items.find(book, which)).number)
        rows = [[row.from_on, f"{row.points:,}", row.set_by] for row in told]
        data = [{"from_on": row.from_on, "points": row.points} for row in told]
        return Answer(table(rows, right=[1]), {"prices": data})

    run(work)


@price.command()
def requests() -> None:
    """等另一个人批的降价 · Cuts that wait for a second person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await price_requests.waiting(book, limit=MOST)
        rows = [[a.id, str(a.item), f"{a.before:,} → {a.points:,}", str(a.from_on), a.digest] for a in found]
        data = [{"request": a.id, "item": a.item, "points": a.points, "digest": a.digest} for a in found]
        return Answer(table(rows) or [_("没有要审批的。")], {"requests": data})

    run(work)


@price.command()
@click.argument("request")
@click.option("--approve/--refuse", "approved", required=True)
@click.option("--digest", required=True, help="看到的核对码 · the digest that was seen")
@BY
def decide(request: str, approved: bool, digest: str, by: str) -> None:
    """批准或不批准一次降价 · Approve or refuse a cut."""

    async def work(book: Book, _meter: Meter) -> Answer:
        done = await price_requests.decide(book, request, approved=approved, digest=digest, by=by)
        return Answer([str(market_words.state_of(done.state))], {"request": done.id, "state": done.state})

    run(work)
