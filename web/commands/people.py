"""`jishan staff`, `jishan member`: people who work here, and people who earn."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date

import click

from ledger.book import Book
from points import founding
from points.keys import new_key
from points.people import areas, households, members, pins, role_requests, roles, signin
from points.people.errors import NeedsApproval, RolesClash, WeakPassword
from points.people.role_requests import Asked
from web.commands.helping import Named
from web.commands.options import ON
from web.commands.refusals import Refused
from web.commands.terminal import Answer, Group, Meter, day, run, table
from web.commands.terminal import session as current
from web.i18n import gettext as _
from web.place_words import ROLES

STAFF_ROLES = {role: name for role, name in roles.NAMES.items() if role != "volunteer"}


@click.group(cls=Group)
def staff() -> None:
    """工作人员和职责 · People who work here."""


@staff.command()
@click.option("--name", required=True)
@click.option("--role", "wanted", required=True, multiple=True, type=Named(STAFF_ROLES))
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
    on: date | None,
) -> None:
    """登记一位工作人员 · Enrol somebody with roles. The password is read from standard input."""
    password = secret(_("密码（至少 8 个字）"))

    async def work(book: Book, _meter: Meter) -> Answer:
        today = day(on, book)
        pepper = current().settings.pepper()
        await _may_enrol(book, wanted, area, by=by, on=today)
        why = pins.weakness_of_password(password, known=(name, phone))
        if why:
            raise WeakPassword(why=why)
        person = await members.enrol(
            book, name=name, kind="staff", area=home, by=by, on=today, key=new_key(), phone=phone
        )
        if household:
            await households.join(book, household, person.number, on=today)
        await signin.set_password(book, person.number, password, by=by, pepper=pepper)
        asked = [
            asked
            for role in wanted
            if (asked := await given_or_asked(book, person.number, role, area, by=by, on=today))
        ]
        lines = [said_of(each) for each in asked]
        return Answer(
            [f"{person.number}  {name}", *lines],
            {"number": person.number, "requests": [each.id for each in asked]},
        )

    run(work)


def said_of(asked: Asked) -> str:
    """That a role waits for a second person, and for which command of theirs."""
    told = _("“{role}”要另一人审批：jishan staff approve {request} --by 审批人编号")
    return told.format(role=_(ROLES[asked.role]), request=asked.id)


async def given_or_asked(
    book: Book,
    member: str,
    role: str,
    area: str | None,
    *,
    by: str,
    on: date,
    until: date | None = None,
) -> Asked | None:
    """Give a role, or ask for it when it takes two people: then the request."""
    try:
        await roles.grant(book, member=member, role=role, area=area, by=by, on=on, until=until)
    except NeedsApproval:
        return await role_requests.ask(
            book, member=member, role=role, area=area, by=by, on=on, key=new_key(), until=until
        )
    return None


async def _may_enrol(book: Book, wanted: Sequence[str], area: str | None, *, by: str, on: date) -> None:
    """Everything that could refuse a role is asked before anybody is enrolled: nobody is left here without one."""
    if area is not None:
        await areas.find(book, area)
    for role in wanted:
        if roles.CLASHES.get(role) in wanted:
            raise RolesClash(
                member=_("这个人"), held=roles.NAMES[roles.CLASHES[role]], role=roles.NAMES[role]
            )
    if by != roles.SYSTEM:
        await roles.require(book, by, "admin", area, on)
    elif await founding.has_admin(book, on):
        raise Refused(_("已经有管理员了，请用 --by 写明是哪位管理员。"))


@staff.command("list")
@ON
def list_(on: date | None) -> None:
    """谁可以做什么、在哪里 · Who may do what, where, and since when."""

    async def work(book: Book, _meter: Meter) -> Answer:
        today = day(on, book)
        grants = [grant for role in STAFF_ROLES for grant in await roles.holders(book, role, today)]
        names = await members.many(book, [grant.member for grant in grants])
        rows = [
            [g.member, names[g.member].name or "", _(ROLES[g.role]), g.area or _("全部"), g.from_on]
            for g in sorted(grants, key=lambda g: (g.member, g.role))
        ]
        data = [{"member": g.member, "role": g.role, "area": g.area, "from": g.from_on} for g in grants]
        return Answer(table(rows), {"grants": data})

    run(work)


@click.group(cls=Group)
def member() -> None:
    """成员：登记、密码、积分卡、并号、删除 · People who earn."""


def secret(label: str) -> str:
    """A secret typed without echo, or one line of a pipe; never an argument, which every process here could read."""
    if sys.stdin.isatty():
        return str(click.prompt(label, hide_input=True, confirmation_prompt=True, err=True))
    return sys.stdin.readline().strip()
