"""`jishan balance`, `jishan statement`: what a member has, and how it came about."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points import statement as statements
from points.awards import purse
from points.people import members
from points.people.members import Someone
from points.statement import BEGINNING, Statement
from web import telling
from web.commands.options import ON, Month
from web.commands.terminal import Answer, Command, Meter, run, table
from web.i18n import N_
from web.i18n import gettext as _
from web.text import things

KINDS = telling.KINDS | {"vest": N_("入账")}
"""What a line is called that has no words of its own."""


@click.command(cls=Command)
@click.argument("who", metavar="NUMBER|PHONE")
@ON
def balance(who: str, on: date | None) -> None:
    """余额：一位成员一天结束时有多少 · What a member has at the end of a day."""

    async def work(book: Book, _meter: Meter) -> Answer:
        person = await members.find(book, who)
        on_day = on or book.today()
        has = await purse.summary(book, person.number, on_day)
        rows = [
            [_("可以用的积分"), f"{has.spendable:,}"],
            [_("公示中"), f"{has.noticed:,}"],
            [_("已预留"), f"{has.held:,}"],
            [_("待补"), f"{has.owed:,}"],
            [_("荣誉分"), f"{has.honour:,}"],
            [_("志愿时长（分钟）"), f"{has.minutes:,}"],
        ]
        lines = [_title(person, on_day), *("  " + line for line in table(rows, right=[1]))]
        data = {
            "member": person.number,
            "on": on_day.isoformat(),
            "spendable": has.spendable,
            "noticed": has.noticed,
            "disputed": has.disputed,
            "held": has.held,
            "owed": has.owed,
            "honour": has.honour,
            "minutes": has.minutes,
        }
        return Answer(lines, data)

    run(work)


def _title(person: Someone, on: date) -> str:
    return f"{person.name or '—'}  {person.number}  {on.isoformat()}"


@click.command(cls=Command)
@click.argument("who", metavar="NUMBER|PHONE")
@click.option("--month", default=None, type=Month(), metavar="YYYY-MM", help="只看一个月 · one month")
@ON
def statement(who: str, month: str | None, on: date | None) -> None:
    """对账单 · Every movement of spendable points, month by month, adding up."""

    async def work(book: Book, _meter: Meter) -> Answer:
        person = await members.find(book, who)
        until = on or book.today()
        if month:
            first, last = statements.month_of(date.fromisoformat(f"{month}-01"))
            months = [await statements.between(book, person.number, first, last)]
        else:
            months = _by_month(await statements.between(book, person.number, BEGINNING, until))
        lines = [_title(person, until)]
        for one in months:
            lines += ["", *_month_lines(one)]
        if not months:
            lines.append(_("还没有可以用的积分。"))
        return Answer(lines, {"member": person.number, "months": [_month_data(one) for one in months]})

    run(work)


def _by_month(whole: Statement) -> list[Statement]:
    """The same statement cut at the ends of months; months without a line are left out."""
    months: list[Statement] = []
    for line in whole.lines:
        first, last = statements.month_of(line.on)
        if not months or months[-1].since != first:
            months.append(Statement(whole.member, first, last, line.balance - line.amount, ()))
        current = months[-1]
        months[-1] = Statement(current.member, first, last, current.opening, (*current.lines, line))
    return months


def _month_lines(one: Statement) -> list[str]:
    said = _("{month}：月初 {opening:,} ＋ 收入 {came_in:,} − 支出 {went_out:,} ＝ {closing:,}")
    head = said.format(
        month=one.since.strftime("%Y-%m"),
        opening=one.opening,
        came_in=one.came_in,
        went_out=one.went_out,
        closing=one.closing,
    )
    rows = [
        [
            line.on.isoformat(),
            line.what or things(line.taken) or _(KINDS[line.kind]),
            f"{line.amount:+,}".replace("-", "−"),
            f"{line.balance:,}",
            f"#{line.position}" if line.position else "",
        ]
        for line in one.lines
    ]
    return [head, *("  " + line for line in table(rows, right=[2, 3]))]


def _month_data(one: Statement) -> dict[str, object]:
    return {
        "month": one.since.strftime("%Y-%m"),
        "opening": one.opening,
        "came_in": one.came_in,
        "went_out": one.went_out,
        "closing": one.closing,
        "lines": [
            {
                "on": line.on.isoformat(),
                "kind": line.kind,
                "what": line.what or things(line.taken),
                "amount": line.amount,
                "balance": line.balance,
                "position": line.position,
                "reference": line.reference,
                "award": line.award,
                "by": line.by,
            }
            for line in one.lines
        ],
    }
