"""`jishan hours`, `jishan certificates`, `jishan honours`: hours, what is certified, who is honoured."""

from __future__ import annotations

from datetime import date

import click

from ledger import statements
from ledger.book import Book
from points import chart
from points.honours import boards, certificates, stars
from points.honours import hours as rooms_hours
from points.honours.boards import Computed
from points.honours.numbers import shown
from points.keys import new_key
from points.openness import masking
from points.people import areas, members
from web import honour_words
from web.commands.options import BY, Day
from web.commands.terminal import Answer, Command, Group, Meter, run, table
from web.i18n import gettext as _

WHO = click.argument("who", metavar="NUMBER|PHONE")
AREA = click.option("--area", required=True, metavar="CODE", help="哪个地方 · the area")
PERIOD = click.option(
    "--period", required=True, metavar="2026-10|2026-Q3|2026", help="月、季度或年 · month, quarter or year"
)


@click.command(cls=Command)
@WHO
def hours(who: str) -> None:
    """志愿时长 · What a member has volunteered, apart from points, with stars and honour level."""

    async def work(book: Book, _meter: Meter) -> Answer:
        person = await members.find(book, who)
        found = await rooms_hours.of(book, person.number)
        key = (chart.honour(person.number), chart.HONOUR)
        star = stars.star(found.minutes)
        level = stars.level((await statements.balances_of(book.reader, [key]))[key])
        rows = [
            [_("志愿时长"), str(honour_words.duration(found.minutes))],
            [_("今年"), str(honour_words.duration(found.this_year))],
            [_("志愿者星级"), str(honour_words.star(star))],
            [_("荣誉分等级"), str(honour_words.level(level))],
        ]
        rows += [[str(year), str(honour_words.duration(minutes))] for year, minutes, _times in found.years]
        data = {
            "member": person.number,
            "minutes": found.minutes,
            "this_year": found.this_year,
            "years": [list(year) for year in found.years],
            "stars": star.reached,
            "level": level.reached,
        }
        return Answer(
            [f"{person.name or '—'}  {person.number}", *("  " + line for line in table(rows))], data
        )

    run(work)


@click.group(cls=Group, name="certificates")
def certificates_() -> None:
    """志愿服务证明 · Service certificates, issued and checked."""


@certificates_.command()
@WHO
@click.option("--since", type=Day(), default=None, metavar="YYYY-MM-DD", help="从哪天 · the first day")
@click.option("--until", type=Day(), default=None, metavar="YYYY-MM-DD", help="到哪天 · the last day")
@click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")
@BY
def issue(who: str, since: date | None, until: date | None, key: str | None, by: str) -> None:
    """开证明 · Issue a certificate; the same days with the same content give the one there is."""

    async def work(book: Book, _meter: Meter) -> Answer:
        row = await certificates.issue(book, who, since=since, until=until, by=by, key=key or new_key())
        said = _("✓ {number}：{since} 到 {until}，{times} 次，{time}")
        facts = {"since": row.since_on, "until": row.until_on, "times": row.times}
        time = honour_words.duration(row.minutes)
        lines = [said.format(number=shown(row.number), time=time, **facts)]
        return Answer(lines, {"number": row.number, "minutes": row.minutes, "as_of": row.as_of, **facts})

    run(work)


@certificates_.command()
@click.argument("number")
def check(number: str) -> None:
    """查验 · What a certificate says, and whether it still stands; the name is masked."""

    async def work(book: Book, _meter: Meter) -> Answer:
        standing = await certificates.standing(book, await certificates.find(book, number))
        row = standing.certificate
        if standing.erased_on:
            said = _("{number} 已注销：{day} 删除了个人信息").format(
                number=shown(row.number), day=standing.erased_on
            )
            return Answer([said], {"number": row.number, "erased_on": standing.erased_on})
        someone = (await members.many(book, [standing.member]))[standing.member]
        rows = [
            [_("姓名"), masking.mask(someone.name or "")],
            [_("服务时间"), f"{row.since_on} – {row.until_on}"],
            [_("服务时长"), str(honour_words.duration(row.minutes))],
            [_("后来更正"), str(honour_words.duration(standing.corrected))],
            [_("和账本"), _("一致") if standing.whole else _("不一致")],
        ]
        data = {
            "number": row.number,
            "minutes": row.minutes,
            "corrected": standing.corrected,
            "stands": standing.stands,
            "whole": standing.whole,
        }
        return Answer([shown(row.number), *("  " + line for line in table(rows))], data, well=standing.whole)

    run(work)


@click.group(cls=Group)
def honours() -> None:
    """光荣榜 · The honours of a period, by a formula and by consent."""


@honours.command()
@AREA
@PERIOD
def show(area: str, period: str) -> None:
    """看算出来什么 · What a period comes to now; closed ones are not computed again."""

    async def work(book: Book, _meter: Meter) -> Answer:
        if board := await boards.closed(book, area, period):
            lines = await boards.lines(book, board)
            rows = [[str(s.line.place), s.member, str(s.line.honour), str(s.corrected)] for s in lines]
            head = _("{day} 已封榜").format(day=board.closed_on)
            data = {
                "board": board.id,
                "closed_on": board.closed_on,
                "lines": [[s.line.place, s.member, s.line.honour, s.corrected] for s in lines],
            }
            return Answer([head, *("  " + line for line in table(rows, right=[0, 2, 3]))], data)
        return _computed(await boards.compute(book, area, period))

    run(work)


def _computed(found: Computed) -> Answer:
    said = _("{place} {period}：{people} 人得了荣誉分，同意上榜的前 {shown} 人")
    facts = {"people": len(found.everybody), "shown": len(found.shown)}
    rows = [
        [str(place), each.member, str(each.honour), str(honour_words.duration(each.minutes))]
        for place, each in enumerate(found.shown, 1)
    ]
    head = said.format(place=found.area.name, period=honour_words.period(found.span.name), **facts)
    data = {"board": None, **facts, "lines": [[e.member, e.honour, e.minutes] for e in found.shown]}
    return Answer([head, *("  " + line for line in table(rows, right=[0, 2]))], data)


@honours.command(name="close")
@AREA
@PERIOD
@BY
def close_(area: str, period: str, by: str) -> None:
    """封榜 · Close a period that is over, once for good."""

    async def work(book: Book, _meter: Meter) -> Answer:
        board = await boards.close(book, area, period, by=by)
        place = (await areas.many(book, [area]))[area].name
        said = _("✓ {place} {period}光荣榜已封榜，编号 {number}")
        lines = [said.format(place=place, period=honour_words.period(period), number=board.id)]
        return Answer(lines, {"board": board.id, "as_of": board.as_of, "digest": board.digest})

    run(work)
