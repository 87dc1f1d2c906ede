"""`jishan member duplicates|apart|merge|unmerge`: somebody who was enrolled twice, by commands."""

from __future__ import annotations

import click

from ledger.book import Book
from points.keys import new_key
from points.people import clerks, roles
from points.people.twice import duplicates as twice
from points.people.twice import looks, merges, merging, undoing
from points.people.twice.errors import MergeNeedsOther, UnknownMerge
from points.people.twice.looks import Look
from web.commands.helping import Named
from web.commands.members import member
from web.commands.options import BY
from web.commands.terminal import Answer, Meter, run, table
from web.i18n import gettext as _
from web.views.duplicates import WHY

__all__ = ["member"]
KEEP = click.argument("keep", metavar="NUMBER")
CLOSED = click.argument("closed", metavar="NUMBER")
KEY = click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")


@member.command()
@click.option("--after", default="", metavar="NUMBER", help="接着往下看 · go on after this number")
@BY
def duplicates(after: str, by: str) -> None:
    """可能重复的 · Members of one's areas who may be one person, a stretch of the register at a time."""

    async def work(book: Book, _meter: Meter) -> Answer:
        granted = await roles.grants_of(book, by, book.today())
        mine = [grant.area for grant in granted if grant.role in clerks.ROLES]
        found = await twice.find(book, mine, after=after)
        rows = [
            [p.one.number, p.one.name, p.two.number, p.two.name, "、".join(_(WHY[w]) for w in p.why)]
            for p in found.pairs
        ]
        more = [f"--after {found.next}"] if found.next else []
        data = {"pairs": [[p.one.number, p.two.number, list(p.why)] for p in found.pairs], "next": found.next}
        return Answer([*(table(rows) if rows else [_("没有找到")]), *more], data)

    run(work)


@member.command()
@KEEP
@CLOSED
@BY
@KEY
def apart(keep: str, closed: str, by: str, key: str | None) -> None:
    """是两个人 · Two members are two people, and are not listed again."""

    async def work(book: Book, _meter: Meter) -> Answer:
        await twice.apart(book, keep, closed, by=by, key=key or new_key())
        return Answer([_("办好了：{number}").format(number=f"{keep} {closed}")], {"pair": [keep, closed]})

    run(work)


@member.command()
@KEEP
@CLOSED
@click.option("--reason", type=Named(merging.REASONS), default="twice", show_default=True)
@click.option("--dry-run", is_flag=True, help="只看转什么，不办 · say what would move, and do nothing")
@BY
@KEY
def merge(keep: str, closed: str, reason: str, dry_run: bool, by: str, key: str | None) -> None:
    """并号 · The first number is kept, the second closed; what takes two people is asked for first."""

    async def work(book: Book, _meter: Meter) -> Answer:
        named = key or new_key()
        if (before := await _standing(book, keep, closed)) is not None:
            return Answer([_("办好了：{number}").format(number=keep)], {"merge": before.id})
        seen = await looks.look(book, keep, closed, by=by)
        lines, data = _told(seen)
        if dry_run:
            return Answer(lines, data)
        try:
            made = await merging.merge(book, keep, closed, by=by, reason=reason, key=named)
        except MergeNeedsOther:
            await merging.ask(book, keep, closed, by=by, key=named)
            return Answer([*lines, str(MergeNeedsOther())], {**data, "merge": None})
        return Answer([*lines, _("办好了：{number}").format(number=keep)], {**data, "merge": made.id})

    run(work)


@member.command()
@CLOSED
@BY
@KEY
def unmerge(closed: str, by: str, key: str | None) -> None:
    """撤销并号 · Everything goes back to the number that was closed, and it is open again."""

    async def work(book: Book, _meter: Meter) -> Answer:
        standing = [one for one in await merges.of(book, closed) if one.gone == closed]
        if not standing:
            raise UnknownMerge
        await undoing.undo(book, standing[0].id, by=by, key=key or new_key())
        return Answer([_("办好了：{number}").format(number=closed)], {"number": closed})

    run(work)


async def _standing(book: Book, keep: str, closed: str) -> merges.Merged | None:
    return next(
        (one for one in await merges.of(book, closed) if (one.kept, one.gone) == (keep, closed)), None
    )


def _told(seen: Look) -> tuple[list[str], dict[str, object]]:
    """What moves, in figures."""
    figures = {
        _("可以用的积分"): ("spendable", seen.figures.spendable),
        _("公示中"): ("noticed", seen.figures.noticed),
        _("已预留"): ("held", seen.figures.held),
        _("待补"): ("owed", seen.figures.owed),
        _("荣誉分"): ("honour", seen.figures.honour),
        _("志愿时长"): ("minutes", seen.figures.minutes),
    }
    rows = [[label, str(amount)] for label, (_name, amount) in figures.items()]
    data: dict[str, object] = dict(figures.values())
    return table(rows), {"keep": seen.kept.number, "closed": seen.gone.number, "second": seen.second, **data}
