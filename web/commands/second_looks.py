"""`jishan second-looks`: what was drawn for somebody to look at again, their answer, and the counts of a month."""

from __future__ import annotations

import click

from ledger.book import Book
from points.awards import look_counts, second_looks
from points.people import roles
from web.commands.corrections import REASON
from web.commands.options import BY, MONTH, NOTE
from web.commands.terminal import Answer, Command, Group, Meter, run, table
from web.i18n import gettext as _

AUDIT = ("auditor", "admin")


@click.group("second-looks", cls=Group)
def second_looks_() -> None:
    """抽查：二十笔奖励里有一笔由另一位核实人再看 · One award in twenty, looked at again by another
    verifier.
    """


@second_looks_.command("list")
@BY
def list_(by: str) -> None:
    """列出来 · What waits for somebody's second look, the oldest first."""

    async def work(book: Book, _meter: Meter) -> Answer:
        if not any(grant.role == "verifier" for grant in await roles.grants_of(book, by, book.today())):
            raise await roles.why_not(book, by, "verifier", book.today())
        found = (await second_looks.page(book, by, limit=100)).lines
        rows = [
            [each.award.contribution, each.event.subtype_name or each.event.type_name, f"{each.award.points}"]
            for each in found
        ]
        lines = table(rows, right=[2]) if rows else [_("没有要您再看的。")]
        return Answer(lines, {"looks": [each.award.contribution for each in found]})

    run(work)


@second_looks_.command(cls=Command)
@click.argument("contribution")
@BY
def agree(contribution: str, by: str) -> None:
    """没有问题 · It is right: an entry in the ledger, and nothing moves."""

    async def work(book: Book, _meter: Meter) -> Answer:
        await second_looks.agree(book, contribution, by=by)
        return Answer([_("✓ 看过了，没有问题")], {"contribution": contribution, "agrees": True})

    run(work)


@second_looks_.command(cls=Command)
@click.argument("contribution")
@REASON
@NOTE
@BY
def disagree(contribution: str, reason: str, note: str, by: str) -> None:
    """有问题 · It is not right: ask for its correction, which a second person decides."""

    async def work(book: Book, _meter: Meter) -> Answer:
        look = await second_looks.disagree(book, contribution, reason=reason, note=note or "", by=by)
        request = look.answer.request if look.answer else None
        said = _("✓ 已经请人更正，积分还没有收回：请求 {request}").format(request=request)
        return Answer([said], {"contribution": contribution, "agrees": False, "request": request})

    run(work)


@second_looks_.command(cls=Command)
@MONTH
@BY
def counts(month: str, by: str) -> None:
    """数一数 · Of each verifier's awards of a month: drawn, right, not right, corrected, waiting, late."""

    async def work(book: Book, _meter: Meter) -> Answer:
        today = book.today()
        grants = [g for g in await roles.grants_of(book, by, today) if g.role in AUDIT]
        if not grants:
            raise await roles.why_not(book, by, AUDIT[0], today)
        found = await look_counts.of_month(book, [g.area for g in grants], month, on=today)
        heads = [
            _("核实人"),
            _("抽到"),
            _("没有问题"),
            _("有问题"),
            _("已更正"),
            _("还没看"),
            _("超过 14 天没看"),
        ]
        numbers = [(e.drawn, e.agreed, e.disagreed, e.corrected, e.waiting, e.late) for e in found]
        rows = [[each.verifier, *map(str, values)] for each, values in zip(found, numbers, strict=True)]
        lines = table([heads, *rows], right=range(1, 7)) if rows else [_("这个月没有抽到的。")]
        names = ("drawn", "agreed", "disagreed", "corrected", "waiting", "late")
        data = {e.verifier: dict(zip(names, v, strict=True)) for e, v in zip(found, numbers, strict=True)}
        return Answer(lines, {"month": month, "verifiers": data})

    run(work)
