"""`jishan notice list`, `show` and `jishan objection`: what hangs, what was objected to it, and the answers."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.keys import new_key
from points.openness import board, disputes, notices, objections, rulings, unanswered
from points.openness.objections import Said
from points.people import areas
from web import notice_words
from web.commands.awards import notice
from web.commands.options import BY, ON, Whole
from web.commands.terminal import Answer, Group, Meter, day, run, table
from web.i18n import Say
from web.i18n import gettext as _

KEY = click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")
TEXT = click.option("--text", required=True, help="为什么，提异议的人会看到 · why; who objected reads it")


@notice.command("list")
@ON
def list_(on: date | None) -> None:
    """正在公示的 · What hangs on a day."""

    async def work(book: Book, _meter: Meter) -> Answer:
        hanging = await notices.open_on(book, day(on, book))
        names = await areas.many(book, [each.area for each in hanging])
        rows = [
            [each.number, names[each.area].name, str(each.published_on), str(each.closes_on)]
            for each in hanging
        ]
        lines = list(table(rows)) or [_("没有正在公示的名单。")]
        return Answer(lines, {"notices": [each.number for each in hanging]})

    run(work)


@notice.command()
@click.argument("number", metavar="G-2018-12-01-440310001002-1")
@ON
def show(number: str, on: date | None) -> None:
    """一张名单 · One notice as everybody may read it while it hangs."""

    async def work(book: Book, _meter: Meter) -> Answer:
        shown = await board.board(book, number, day(on, book))
        rows = [
            [row.code, row.name or "", str(notice_words.what(row)), str(row.points)] for row in shown.rows
        ]
        lines = list(table(rows, right=[3])) or [_("公示已经结束，名单已经取下。")]
        data = [{"code": row.code, "category": row.category, "points": row.points} for row in shown.rows]
        return Answer(lines, {"number": shown.notice.number, "hangs": shown.hangs, "lines": data})

    run(work)


@click.group(cls=Group)
def objection() -> None:
    """对公示的异议，和答复 · Objections to a line of a notice, and the answers."""


@objection.command()
@click.argument("number", metavar="G-2018-12-01-440310001002-1")
@click.argument("code", metavar="ACDE3467")
@click.option("--reason", required=True, type=click.Choice(sorted(objections.REASONS)))
@click.option("--text", default="", help="说了什么，可以删除 · what was said; it can be erased")
@click.option("--contact", default="", help="来访的人的电话 · how a visitor can be reached")
@click.option("--visitor", is_flag=True, help="替来访的居民记 · written down for a visitor at the desk")
@KEY
@BY
@ON
def make(
    number: str,
    code: str,
    reason: str,
    text: str,
    contact: str,
    visitor: bool,
    key: str | None,
    by: str,
    on: date | None,
) -> None:
    """提异议 · Object to a line: its points are frozen until that is answered, and nothing else is."""

    async def work(book: Book, _meter: Meter) -> Answer:
        made = await objections.make(
            book,
            number,
            code,
            Said(reason, text, contact),
            key=key or new_key(),
            on=day(on, book),
            objector=None if visitor else by,
            recorded_by=by if visitor else None,
        )
        said = _("✓ 异议 {number}，最晚 {day} 答复；这一行的积分先冻结").format(
            number=made.number, day=made.answer_by
        )
        return Answer([said], {"number": made.number, "answer_by": made.answer_by})

    run(work)


@objection.command("list")
@click.option("--under", default=None, metavar="CODE", help="这个区划下的 · those under it")
@click.option("--limit", type=Whole(1, 500), default=100, show_default=True)
@ON
def waiting(under: str | None, limit: int, on: date | None) -> None:
    """等答复的 · Those that nobody answered, the most urgent first."""

    async def work(book: Book, _meter: Meter) -> Answer:
        today = day(on, book)
        found = await unanswered.waiting(book, [under], limit=limit)
        rows = [
            [
                each.number,
                str(Say(notice_words.REASONS[each.reason])),
                str(each.points),
                str(each.answer_by),
                _("过期") if each.overdue(today) else "",
            ]
            for each in found
        ]
        lines = list(table(rows, right=[2])) or [_("没有等答复的异议。")]
        data = [
            {"number": each.number, "answer_by": each.answer_by, "overdue": each.overdue(today)}
            for each in found
        ]
        return Answer(lines, {"objections": data})

    run(work)


@objection.command("show")
@click.argument("number", metavar="Y-ACDE3467")
def one(number: str) -> None:
    """一个异议 · How far an objection is, and its answer; not who made it."""

    async def work(book: Book, _meter: Meter) -> Answer:
        row = await objections.find(book, number)
        state, _ruling = await unanswered.state(book, row)
        answer = (await disputes.texts(book, [row.id]))[1].get(row.id, "")
        said = str(Say(notice_words.STATES[state]))
        lines = [
            f"{row.number}  {Say(notice_words.REASONS[row.reason])}  {said}",
            *([answer] if answer else []),
        ]
        return Answer(
            lines, {"number": row.number, "state": state, "answer": answer, "answer_by": row.answer_by}
        )

    run(work)


@objection.command()
@click.argument("number", metavar="Y-ACDE3467")
@TEXT
@BY
@ON
def dismiss(number: str, text: str, by: str, on: date | None) -> None:
    """异议不成立 · Answer that it is not so: the points are let go."""

    async def work(book: Book, _meter: Meter) -> Answer:
        await rulings.dismiss(book, number, text=text, by=by, on=day(on, book))
        return Answer([_("✓ 答复了：异议 {number} 不成立").format(number=number)], {"number": number})

    run(work)


@objection.command()
@click.argument("number", metavar="Y-ACDE3467")
@TEXT
@BY
@ON
def uphold(number: str, text: str, by: str, on: date | None) -> None:
    """异议成立 · Answer that it is so: a correction takes the points back."""

    async def work(book: Book, _meter: Meter) -> Answer:
        receipt = await rulings.uphold(book, number, text=text, by=by, on=day(on, book))
        said = _("✓ 答复了：异议 {number} 成立，更正在第 {position} 笔").format(
            number=number, position=receipt.position
        )
        return Answer([said], {"number": number, "position": receipt.position})

    run(work)
