"""`jishan year` and `jishan expiring`: a community's year on 80 columns, closed by two, and whom to tell in time."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from ledger.book import Book
from points.awards import expiry_warnings
from points.awards.years import closed, closing
from points.awards.years.closed import Closed
from points.awards.years.closing import Statement
from points.keys import new_key
from points.market import items
from points.openness import masking
from points.people import areas
from web import year_words
from web.commands.helping import Named
from web.commands.options import BY, DIGEST, ON, Whole, read_digest
from web.commands.terminal import Answer, Command, Group, Meter, day, run, table
from web.i18n import gettext as _
from web.i18n import language

COMMUNITY = click.argument("community", metavar="CODE")
YEAR = click.argument("year_", metavar="YEAR", type=Whole(closing.FIRST, 9998))
MOST = 1000


@click.group(cls=Group)
def year() -> None:
    """年终结算 · A community's year: its statement, and the two people who close it."""


@year.command()
@COMMUNITY
@YEAR
def show(community: str, year_: int) -> None:
    """看结算单 · The statement, as it was closed or as it stands."""

    async def work(book: Book, _meter: Meter) -> Answer:
        now = await closing.statement(book, community, year_)
        return await _shown(book, now, await closed.find(book, community, year_))

    run(work)


@year.command()
@COMMUNITY
@YEAR
@BY
def ask(community: str, year_: int, by: str) -> None:
    """申请结算 · Ask that a year that has ended be closed."""

    async def work(book: Book, _meter: Meter) -> Answer:
        now = await closing.ask(book, community, year_, by=by, key=new_key())
        return await _shown(book, now, None)

    run(work)


@year.command()
@COMMUNITY
@YEAR
@DIGEST
@BY
def confirm(community: str, year_: int, digest: str, by: str) -> None:
    """确认结算 · Close it with the figures that were seen."""

    async def work(book: Book, _meter: Meter) -> Answer:
        now = await closing.statement(book, community, year_)
        seen = read_digest(digest, now.digest)
        done = await closing.confirm(book, community, year_, digest=seen, by=by)
        return await _shown(book, now, done)

    run(work)


@year.command()
@COMMUNITY
@YEAR
@click.option(
    "--reason",
    required=True,
    type=Named(closing.REASONS),
    help="为什么 · why",
)
@DIGEST
@BY
def refuse(community: str, year_: int, reason: str, digest: str, by: str) -> None:
    """退回申请 · Refuse the request to close it, and say why."""

    async def work(book: Book, _meter: Meter) -> Answer:
        now = await closing.statement(book, community, year_)
        wanted = await closing.asked(book, now)
        seen = read_digest(digest, wanted.digest) if wanted else digest
        done = await closing.refuse(book, community, year_, reason=reason, digest=seen, by=by)
        said = _("退回了：{why}").format(why=_(year_words.REASONS[done.reason]))
        return Answer([said], {"refused": done.reason, "by": done.by})

    run(work)


async def _shown(book: Book, now: Statement, done: Closed | None) -> Answer:
    told = done.figures if done else now.figures
    place = await areas.find(book, told.community)
    goods = await items.named(book, [each.item for each in told.goods])
    names = {number: item.name if language() == "zh" else item.name_en for number, item in goods.items()}
    lines = [_("{area} {year} 年结算单").format(area=place.name, year=told.year), _state(done)]
    lines += [] if done else [_("核对码") + " " + now.digest]
    for part in year_words.parts(told):
        rows = [[line.sign, str(line.label), f"{line.number:,}"] for line in part.lines]
        lines += ["", str(part.title), *("  " + line for line in table(rows, right=[2]))]
    lines += ["", *table([[str(label), str(value)] for label, value in year_words.others(told)])]
    if told.goods:
        stock = [[str(cell) for cell in row] for row in year_words.goods(told, names)]
        heads = [_(each) for each in year_words.GOODS]
        lines += ["", *table([heads, *stock], right=list(range(1, 7)))]
    counts = done.waiting if done else now.waiting.counts
    waits = [[_(year_words.WAITING[kind]), f"{n:,}"] for kind, n in counts.items() if n]
    lines += ["", _("还没完的事"), *table(waits, right=[1])] if waits else []
    return Answer(lines, _data(now, done))


def _state(done: Closed | None) -> str:
    if done:
        return _("{day} 结算，账本第 {n} 条，核对码 {code}").format(
            day=done.closed_on, n=done.position, code=done.digest[-12:]
        )
    return _("还没有结算，数字到现在为止。")


def _data(now: Statement, done: Closed | None) -> dict[str, Any]:
    facts = {"figures": done.figures.facts(), "waiting": done.waiting} if done else now.facts()
    return {
        **facts,
        "digest": done.digest if done else now.digest,
        "closed": bool(done),
        "position": done.position if done else None,
    }


@click.command(cls=Command)
@click.option("--area", default=None, metavar="CODE", help="不写就是全部 · everywhere if left out")
@click.option("--no-phone", is_flag=True, help="只列没有手机的 · only those without a phone")
@ON
def expiring(area: str | None, no_phone: bool, on: date | None) -> None:
    """快到期的 · Who was warned and still has points that expire; names are masked."""

    async def work(book: Book, _meter: Meter) -> Answer:
        if area:
            await areas.find(book, area)
        page = await expiry_warnings.listed(book, [area], day(on, book), without_phone=no_phone, limit=MOST)
        names = masking.mask_list({each.member: each.name for each in page.told if each.name})
        rows = [
            [
                each.until_on.isoformat(),
                each.member,
                names.get(each.member, "—"),
                f"{each.points:,}",
                _("有手机") if each.has_phone else _("没有手机"),
            ]
            for each in page.told
        ]
        lines = table(rows, right=[3]) if rows else [_("没有快到期的积分。到期前 60 天，提醒会出现在这里。")]
        data = [
            {"member": each.member, "until_on": each.until_on.isoformat(), "points": each.points}
            for each in page.told
        ]
        return Answer(lines, {"expiring": data})

    run(work)
