"""`jishan staff`, `jishan member`: people who work here, and people who earn."""

from __future__ import annotations

import sys

import click

from ledger.book import Book
from points import founding
from points.keys import new_key
from points.people import cards, households, members, roles, signin
from web.commands.terminal import BY, ON, Answer, Group, Meter, day, run, table
from web.commands.terminal import session as current
from web.i18n import gettext as _

STAFF_ROLES = [role for role in roles.NAMES if role != "volunteer"]


@click.group(cls=Group)
def staff() -> None:
    """工作人员 · People who work here."""


@staff.command()
@click.option("--name", required=True)
@click.option("--role", "wanted", required=True, multiple=True, type=click.Choice(STAFF_ROLES))
@click.option("--area", default=None, metavar="CODE", help="管哪一片；admin 不写就是全部 · for which area")
@click.option("--home", required=True, metavar="CODE", help="所在社区代码 · the community they belong to")
@click.option("--household", default=None, metavar="NUMBER")
@click.option("--phone", default=None)
@click.option("--by", default=roles.SYSTEM, show_default=True, metavar="NUMBER")
@ON
def add(
    name: str,
    wanted: tuple[str, ...],
    area: str | None,
    home: str,
    household: str | None,
    phone: str | None,
    by: str,
    on: str | None,
) -> None:
    """登记一位工作人员 · Enrol somebody with roles. The password is read from standard input."""
    password = _secret(_("密码（至少 8 个字）"))

    async def work(book: Book, _meter: Meter) -> Answer:
        today = day(on, book)
        if by == roles.SYSTEM and await founding.has_admin(book, today):
            return Answer([_("已经有管理员了，请用 --by 写明是哪位管理员。")], {}, well=False)
        person = await members.enrol(
            book, name=name, kind="staff", area=home, by=by, on=today, key=new_key(), phone=phone
        )
        if household:
            await households.join(book, household, person.number, on=today)
        await signin.set_password(book, person.number, password, by=by, pepper=current().settings.pepper())
        for role in wanted:
            await roles.grant(book, member=person.number, role=role, area=area, by=by, on=today)
        return Answer([f"{person.number}  {name}"], {"number": person.number})

    run(work)


@staff.command("list")
@ON
def list_(on: str | None) -> None:
    """谁可以做什么、在哪里 · Who may do what, where, and since when."""

    async def work(book: Book, _meter: Meter) -> Answer:
        today = day(on, book)
        grants = [grant for role in STAFF_ROLES for grant in await roles.holders(book, role, today)]
        names = await members.many(book, [grant.member for grant in grants])
        rows = [
            [g.member, names[g.member].name or "", _(roles.NAMES[g.role]), g.area or _("全部"), g.from_on]
            for g in sorted(grants, key=lambda g: (g.member, g.role))
        ]
        data = [{"member": g.member, "role": g.role, "area": g.area, "from": g.from_on} for g in grants]
        return Answer(table(rows), {"grants": data})

    run(work)


@click.group(cls=Group)
def member() -> None:
    """成员 · People who earn."""


@member.command()
@click.argument("who", metavar="NUMBER|PHONE")
@click.option("--by", default=roles.SYSTEM, show_default=True, metavar="NUMBER")
def pin(who: str, by: str) -> None:
    """设密码 · Set somebody's six-digit PIN, read from standard input."""
    secret = _secret(_("六位数字密码"))

    async def work(book: Book, _meter: Meter) -> Answer:
        person = await members.find(book, who)
        await signin.set_pin(book, person.number, secret, by=by, pepper=current().settings.pepper())
        return Answer([_("{number} 的密码设好了").format(number=person.number)], {"number": person.number})

    run(work)


@member.command()
@click.argument("who", metavar="NUMBER|PHONE")
@BY
@ON
def card(who: str, by: str, on: str | None) -> None:
    """发积分卡 · Issue a printed card; it finds a person and never pays."""

    async def work(book: Book, _meter: Meter) -> Answer:
        person = await members.find(book, who)
        issued = await cards.issue(book, person.number, by=by, on=day(on, book))
        shown = f"{issued.number[:4]} {issued.number[4:]}"
        return Answer([f"{person.number}  {shown}"], {"number": person.number, "card": issued.number})

    run(work)


def _secret(label: str) -> str:
    """A secret typed without echo, or one line of a pipe; never an argument, which every process here could read."""
    if sys.stdin.isatty():
        return str(click.prompt(label, hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().strip()
