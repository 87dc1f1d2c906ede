"""`jishan household`: who lives together; somebody joins or leaves, some part, two become one, and it is undone."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import click

from ledger.book import Book
from points.keys import new_key
from points.people import areas, clerks, household_changes, households, members, pooling
from points.people.errors import UnknownHousehold
from web.commands.options import BY
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _
from web.views.households import WHAT

KEY = click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")
HOUSEHOLD = click.argument("number", metavar="HOUSEHOLD")


@click.group(cls=Group)
def household() -> None:
    """家庭户：住在一起的人 · Households: people who live together."""


@household.command()
@click.argument("who", metavar="NUMBER|PHONE")
@click.option("--into", default=None, metavar="HOUSEHOLD", help="不写就是新的一户 · a new one if left out")
@BY
@KEY
def join(who: str, into: str | None, by: str, key: str | None) -> None:
    """住进一户 · A member goes to live in a household."""

    async def work(book: Book) -> str:
        someone = await members.find(book, who)
        return await household_changes.join(book, someone.number, into, by=by, key=key or new_key())

    _run(work)


@household.command()
@click.argument("who", metavar="NUMBER|PHONE")
@BY
@KEY
def leave(who: str, by: str, key: str | None) -> None:
    """搬出 · A member lives in no household any more."""

    async def work(book: Book) -> str:
        someone = await members.find(book, who)
        await household_changes.leave(book, someone.number, by=by, key=key or new_key())
        return someone.number

    _run(work)


@household.command()
@HOUSEHOLD
@click.argument("leaving", nargs=-1, required=True, metavar="NUMBER…")
@BY
@KEY
def split(number: str, leaving: tuple[str, ...], by: str, key: str | None) -> None:
    """分户 · Some of a household begin one of their own."""

    async def work(book: Book) -> str:
        return await household_changes.split(book, number, leaving, by=by, key=key or new_key())

    _run(work)


@household.command()
@HOUSEHOLD
@click.argument("into", metavar="HOUSEHOLD")
@BY
@KEY
def merge(number: str, into: str, by: str, key: str | None) -> None:
    """并户 · Everybody of one household goes to live in another."""

    async def work(book: Book) -> str:
        await household_changes.merge(book, number, into=into, by=by, key=key or new_key())
        return into

    _run(work)


@household.command()
@click.argument("change", metavar="CHANGE")
@BY
@KEY
def undo(change: str, by: str, key: str | None) -> None:
    """撤销 · Take a change back, named as `show` names it."""

    async def work(book: Book) -> str:
        await household_changes.undo(book, change, by=by, key=key or new_key())
        return change

    _run(work)


@household.command()
@click.argument("who", metavar="NUMBER|PHONE")
@BY
@KEY
def share(who: str, by: str, key: str | None) -> None:
    """同意家里一起用积分 · A member agrees, or their guardian for a child, that the household spends
    together.
    """

    async def work(book: Book) -> str:
        someone = await members.find(book, who)
        await pooling.agree(book, someone.number, by=by, key=key or new_key())
        return someone.number

    _run(work)


@household.command()
@click.argument("who", metavar="NUMBER|PHONE")
@BY
@KEY
def unshare(who: str, by: str, key: str | None) -> None:
    """不再一起用 · A member, or their guardian for a child, takes it back."""

    async def work(book: Book) -> str:
        someone = await members.find(book, who)
        await pooling.take_back(book, someone.number, by=by, key=key or new_key())
        return someone.number

    _run(work)


@household.command()
@HOUSEHOLD
@BY
def show(number: str, by: str) -> None:
    """看一户 · Who lives there, and what happened."""

    async def work(book: Book, _meter: Meter) -> Answer:
        there = await households.members_of(book, number)
        past = await household_changes.history(book, number)
        people = await members.many(book, {*there, *(line.member for p in past for line in p.lines)})
        if not people:
            raise UnknownHousehold(household=number)
        for one in await areas.many(book, {each.area for each in people.values()}):
            await clerks.require(book, by, one)
        rows = [[n, people[n].name or _("（已删除）"), ""] for n in there]
        rows += [[p.change.id, _(WHAT[p.change.what]), p.change.changed_on] for p in past]
        changes = [{"id": p.change.id, "what": p.change.what, "undone": p.undone} for p in past]
        return Answer(table(rows) if rows else [number], {"members": there, "changes": changes})

    run(work)


def _run(work: Callable[[Book], Awaitable[str]]) -> None:
    """Do it, and say the household or member that came of it."""

    async def told(book: Book, _meter: Meter) -> Answer:
        number = await work(book)
        return Answer([_("办好了：{number}").format(number=number)], {"number": number})

    run(told)
