"""`jishan staff grant|revoke|requests|approve|refuse|password`: roles and passwords of people who work here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from ledger.book import Book
from points.people import members, passwords, role_requests, roles
from points.people.roles import Grant
from web import sessions
from web.commands.helping import Named
from web.commands.options import BY, ON, Day
from web.commands.people import STAFF_ROLES, given_or_asked, said_of, secret, staff
from web.commands.refusals import Refused
from web.commands.terminal import Answer, Meter, day, run, table
from web.commands.terminal import session as current
from web.i18n import gettext as _
from web.place_words import ROLES

__all__ = ["staff"]


@staff.command()
@click.argument("who", metavar="NUMBER")
@click.option("--role", required=True, type=Named(STAFF_ROLES))
@click.option("--area", default=None, metavar="CODE", help="不写就是全部 · everywhere if left out")
@click.option("--until", default=None, type=Day(), metavar="YYYY-MM-DD")
@BY
@ON
def grant(who: str, role: str, area: str | None, until: date | None, by: str, on: date | None) -> None:
    """授予职责 · Give a role; one that takes two people is asked for."""

    async def work(book: Book, _meter: Meter) -> Answer:
        member = (await members.find(book, who)).number
        asked = await given_or_asked(book, member, role, area, by=by, on=day(on, book), until=until)
        if asked:
            return Answer([said_of(asked)], {"request": asked.id})
        told = _("“{role}”已经授予 {member}").format(role=_(ROLES[role]), member=member)
        return Answer([told], {"member": member, "role": role})

    run(work)


@staff.command()
@click.argument("who", metavar="NUMBER")
@click.option("--role", required=True, type=Named(STAFF_ROLES))
@click.option("--area", default=None, metavar="CODE")
@BY
@ON
def revoke(who: str, role: str, area: str | None, by: str, on: date | None) -> None:
    """收回职责 · Take a role back, at once."""

    async def work(book: Book, _meter: Meter) -> Answer:
        today = day(on, book)
        member = (await members.find(book, who)).number
        grants = await roles.grants_of(book, member, today)
        held = [given for given in grants if (given.role, given.area) == (role, area)]
        if not held:
            raise Refused(_none_such(member, grants))
        for given in held:
            await roles.revoke(book, grant=given.id, by=by, on=today)
        return Answer([_("已经收回")], {"revoked": [given.id for given in held]})

    run(work)


def _none_such(member: str, grants: Sequence[Grant]) -> str:
    has = "、".join(f"{_(ROLES[given.role])} {given.area or _('全部')}" for given in grants) or _("没有职责")
    return _("没有收回什么：{member} 没有这个职责。现有：{has}").format(member=member, has=has)


@staff.command()
def requests() -> None:
    """等审批的申请 · Requests that wait for a second person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        waiting = await role_requests.waiting(book)
        rows = [[a.id, a.member, _(ROLES[a.role]), a.area or _("全部"), a.asked_by] for a in waiting]
        data = [
            {"id": a.id, "member": a.member, "role": a.role, "area": a.area, "by": a.asked_by}
            for a in waiting
        ]
        return Answer(table(rows), {"requests": data})

    run(work)


@staff.command()
@click.argument("request")
@BY
def approve(request: str, by: str) -> None:
    """批准申请 · Approve a request somebody else made."""
    _decide(request, by, approved=True)


@staff.command()
@click.argument("request")
@BY
def refuse(request: str, by: str) -> None:
    """不批准 · Refuse a request."""
    _decide(request, by, approved=False)


def _decide(request: str, by: str, *, approved: bool) -> None:
    async def work(book: Book, _meter: Meter) -> Answer:
        asked = await role_requests.find(book, request)
        await role_requests.decide(book, request, approved=approved, digest=asked.digest, by=by)
        told = _("已经批准") if approved else _("没有批准，已经记下")
        return Answer([told], {"request": request, "approved": approved})

    run(work)


@staff.command()
@click.argument("who", metavar="NUMBER")
@BY
def password(who: str, by: str) -> None:
    """重设口令 · Set a new password, read from standard input; their sessions end."""
    word = secret(_("密码（至少 8 个字）"))

    async def work(book: Book, _meter: Meter) -> Answer:
        number = (await members.find(book, who)).number
        await passwords.reset(book, number, word, by=by, pepper=current().settings.pepper())
        await sessions.end_all(book, number)
        told = _("{number} 的口令换好了，别处的登录已经失效").format(number=number)
        return Answer([told], {"number": number})

    run(work)
