"""`jishan slips`: paper slips of a shop, printed, entered by one person and checked by another."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.keys import new_key
from points.market import baskets, items, shops
from points.market.slips import batches, entering, losses
from points.market.slips import slips as papers
from points.market.slips.slips import Slip
from web.commands.helping import Named
from web.commands.options import BY, PARTS, SHOP, Day, Whole, read_parts
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _

NUMBER = click.argument("slip", metavar="A-0007-4")
DIGEST = click.option("--digest", required=True, help="看到的核对码，整条 · the whole digest that was seen")


@click.group(cls=Group)
def slips() -> None:
    """离线单 · Paper slips for when there is no network."""


@slips.command("print")
@SHOP
@click.option("--count", required=True, type=Whole(), metavar="N", help="印几张 · how many")
@click.option("--key", default=None, help="同一个 key 只编一次号 · once for each key")
@BY
def print_(number: int, count: int, key: str | None, by: str) -> None:
    """编一批号 · Number a batch; print it from the page."""

    async def work(book: Book, _meter: Meter) -> Answer:
        batch = await batches.print_batch(
            book, await shops.find(book, number), count, by=by, key=key or new_key()
        )
        numbers = [one.shown for one in batches.numbers(batch)]
        return Answer([f"{numbers[0]} … {numbers[-1]}"], {"numbers": numbers})

    run(work)


@slips.command("list")
@SHOP
def list_(number: int) -> None:
    """每一批的编号，和没办完的 · The numbers of each batch, and what is open."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shop = await shops.find(book, number)
        found = await batches.of_shop(book, shop)
        last = await batches.last_steps(book, found.rows)
        head = [_("编号"), _("印了"), _("没用"), _("没办完"), _("扣了积分"), _("超市承担"), _("作废")]
        rows, data = [head], []
        for one in found:
            sums, series = batches.tally(one, last[one.id]), batches.numbers(one)[0].plain[:-5]
            figures = [sums.printed, sums.unused, sums.open, sums.used, sums.lost, sums.void]
            rows.append([series, *map(str, figures)])
            names = ("printed", "unused", "open", "used", "lost", "void")
            data.append({"series": series, **dict(zip(names, figures, strict=True))})
        open_ = [_told(one) for one in await papers.open_ones(book, shop)]
        lines = [*table(rows, right=range(1, 7)), *(line for one in open_ for line in one.lines)]
        return Answer(lines, {"batches": data, "open": [one.data for one in open_]})

    run(work)


@slips.command("enter")
@SHOP
@NUMBER
@click.option("--member", default="", metavar="NUMBER|PHONE", help="不写就是查不到 · left out: nobody knows")
@click.option("--day", "day", required=True, type=Day(), metavar="YYYY-MM-DD", help="单上的日期 · its day")
@click.option("--item", "wanted", required=True, multiple=True, metavar="洗衣液x2")
@click.option("--served-by", required=True, metavar="NUMBER", help="单上的经办人 · who handed over")
@BY
def enter(
    number: int, slip: str, member: str, day: date, wanted: tuple[str, ...], served_by: str, by: str
) -> None:
    """录入 · Type what stands on a slip."""

    async def work(book: Book, _meter: Meter) -> Answer:
        basket = baskets.parse(wanted, await items.all_items(book))
        shop = await shops.find(book, number)
        return _told(
            await entering.enter(
                book, shop, slip, member=member, on=day, basket=basket, served_by=served_by, by=by
            )
        )

    run(work)


@slips.command("confirm")
@SHOP
@NUMBER
@DIGEST
@PARTS
@BY
def confirm(number: int, slip: str, digest: str, parts: tuple[str, ...], by: str) -> None:
    """核对，入账 · Confirm it as another person, with the paper in hand.

    本人的不够、家里早就说好合用的：--part 写各人出多少，和网页上看到的一样。
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        shop, together = await shops.find(book, number), read_parts(parts)
        done = await entering.confirm(book, shop, slip, digest=digest, by=by, together=together)
        line = _("✓ 已兑换，凭证 {position}").format(position=done.receipt.position)
        return Answer([line], {"position": done.receipt.position, "points": done.points})

    run(work)


@slips.command("back")
@SHOP
@NUMBER
@click.option("--reason", type=Named(entering.SEND_BACK), required=True)
@BY
def back(number: int, slip: str, reason: str, by: str) -> None:
    """退回重录 · Send it back to be entered anew."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _told(
            await entering.send_back(book, await shops.find(book, number), slip, reason=reason, by=by)
        )

    run(work)


@slips.command("void")
@SHOP
@NUMBER
@click.option("--reason", type=Named(entering.VOID), required=True)
@BY
def void(number: int, slip: str, reason: str, by: str) -> None:
    """作废 · Cancel a slip that was spoilt or lost."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _told(await entering.void(book, await shops.find(book, number), slip, reason=reason, by=by))

    run(work)


@slips.command("loss")
@SHOP
@NUMBER
@click.option("--reason", type=Named(losses.REASONS), required=True)
@BY
def loss(number: int, slip: str, reason: str, by: str) -> None:
    """提出由超市承担 · Ask that the shop bear what cannot be deducted."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _told(await losses.ask(book, await shops.find(book, number), slip, reason=reason, by=by))

    run(work)


@slips.command("decide")
@SHOP
@NUMBER
@click.option("--approve/--refuse", "approved", required=True, default=None)
@DIGEST
@BY
def decide(number: int, slip: str, approved: bool, digest: str, by: str) -> None:
    """同意由超市承担，或不同意 · Agree that the shop bears it, or not."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shop = await shops.find(book, number)
        return _told(await losses.decide(book, shop, slip, approved=approved, digest=digest, by=by))

    run(work)


def _told(slip: Slip) -> Answer:
    content = slip.content
    digest, member = (content.digest, content.member) if content else ("", "")
    lines = [f"{slip.number.shown}  {slip.state or '—'}  {member}", *([f"  {digest}"] if digest else [])]
    return Answer(lines, {"slip": slip.number.shown, "state": slip.state, "member": member, "digest": digest})
