"""`jishan verify`, `notice`, `sweep`, `correct`: from what happened to points that can be spent."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from ledger.book import Book
from points.awards import corrections, expiry_warnings, second_looks, verifications, vesting
from points.awards.outcomes import Outcome
from points.events import assignments
from points.events.models import Event
from points.openness import notices
from points.people import application_lapsing, areas, roles
from web.commands.corrections import REASON
from web.commands.options import BY, NOTE, ON, Platform, Whole
from web.commands.refusals import Refused, translated
from web.commands.terminal import Answer, Command, Group, Meter, day, run, table
from web.i18n import gettext as _

REASONS_SHOWN = 8
"""Reasons told on a terminal; --json has them all."""


@click.command(cls=Command)
@click.option("--source", required=True, type=Platform(), metavar="NAME")
@BY
@ON
def verify(source: str, by: str, on: date | None) -> None:
    """核实分给某人的：每个参与一次核实、一笔奖励 · Accept what is assigned to somebody: one verification
    and one award for each contribution.
    """

    async def work(book: Book, meter: Meter) -> Answer:
        effective = day(on, book)
        await _require_work(book, source, by, effective)
        await assignments.assign_waiting(book, effective)
        outcome = await verifications.accept_assigned(
            book, source=source, by=by, on=effective, progress=meter(_("核实"))
        )
        return _verified(outcome)

    run(work)


async def _require_work(book: Book, source: str, by: str, on: date) -> None:
    """Nothing to do is said only to somebody who verifies, of a platform that this book knows."""
    if not any(grant.role == "verifier" for grant in await roles.grants_of(book, by, on)):
        raise await roles.why_not(book, by, "verifier", on)
    if not await Event.filter(source=source).using_db(book.reader).exists():
        raise Refused(_("账本里没有来自“{source}”的事件。").format(source=source))


def _verified(outcome: Outcome) -> Answer:
    verified = outcome.accepted + outcome.nothing
    said = _("✓ 核实 {verified:,} 件：{accepted:,} 件奖励 {points:,} 分，{nothing:,} 件按细则不计分")
    facts = {"accepted": outcome.accepted, "nothing": outcome.nothing, "points": outcome.points}
    lines = [said.format(verified=verified, **facts)]
    if not verified and not outcome.in_line:
        lines = [_("没有等您核实的了。")]
    for waits in outcome.in_line[:REASONS_SHOWN]:
        lines.append(
            _("  等资金 {n:,} 件：{why}").format(n=len(waits.contributions), why=translated(waits.reason))
        )
    for refused in outcome.refused[:REASONS_SHOWN]:
        lines.append(
            _("  还在等 {n:,} 件：{why}").format(n=len(refused.contributions), why=translated(refused.reason))
        )
    if len(outcome.refused) > REASONS_SHOWN:
        more = outcome.refused[REASONS_SHOWN:]
        waiting = sum(len(refused.contributions) for refused in more)
        lines.append(
            _("  …… 另有 {n:,} 件因为类似的 {reasons} 个原因在等").format(n=waiting, reasons=len(more))
        )
    data: dict[str, Any] = {
        "verified": verified,
        "awarded": outcome.accepted,
        "worth_nothing": outcome.nothing,
        "points": outcome.points,
        "in_line": sum(len(each.contributions) for each in outcome.in_line),
        "waiting": [
            {
                "reason": type(r.reason).__name__,
                "message": translated(r.reason),
                "count": len(r.contributions),
            }
            for r in outcome.refused
        ],
    }
    return Answer(lines, data)


@click.group(cls=Group)
def notice() -> None:
    """公示名单：公布、看 · Public notices."""


@notice.command()
@click.option(
    "--under", required=True, metavar="CODE", help="这个区划下的每个社区 · every community under it"
)
@click.option(
    "--days",
    type=Whole(0, notices.MOST_DAYS),
    default=None,
    metavar="N",
    help="公示几天；不写按细则 · days; default by rule book",
)
@BY
@ON
def publish(under: str, days: int | None, by: str, on: date | None) -> None:
    """公示还没公示的奖励 · Publish every award that is not on a notice yet."""

    async def work(book: Book, _meter: Meter) -> Answer:
        published = await notices.publish(book, under=under, by=by, on=day(on, book), days=days)
        names = await areas.many(book, [one.area for one in published])
        rows = [
            [one.number, names[one.area].name, _("到 {day}").format(day=one.closes_on)] for one in published
        ]
        lines = [_("公示 {n} 张：").format(n=len(published)), *("  " + line for line in table(rows))]
        if not published:
            lines = [_("没有要公示的。")]
        data = [{"number": one.number, "area": one.area, "closes_on": one.closes_on} for one in published]
        return Answer(lines, {"notices": data})

    run(work)


@click.command(cls=Command)
@ON
def sweep(on: date | None) -> None:
    """到日子的入账、到期的转出 · Vest what was noticed long enough, and move away what has expired."""

    async def work(book: Book, meter: Meter) -> Answer:
        swept = await vesting.sweep(book, on=day(on, book), progress=meter(_("入账")))
        given = await second_looks.give_waiting(book, day(on, book))
        closed = await application_lapsing.lapse(book, day(on, book))
        warned = await expiry_warnings.warn(book, day(on, book), progress=meter(_("到期提醒")))
        said = _("✓ 可以用了：{vested:,} 笔 {points:,} 分；到期转出：{expired:,} 笔 {lapsed:,} 分")
        facts = {
            "vested": swept.vested,
            "points": swept.points,
            "expired": swept.expired,
            "lapsed": swept.lapsed,
        }
        lines = [said.format(**facts)]
        if swept.settled:
            lines.append(_("  其中 {points:,} 分先补了待补的").format(points=swept.settled))
        if swept.paid:
            lines.append(_("  排队等资金的，入账 {n:,} 笔").format(n=swept.paid))
        if swept.waiting:
            lines.append(_("  还在等 {n:,} 笔：有异议，或者正在更正").format(n=swept.waiting))
        if given:
            lines.append(_("  抽查分给别的核实人：{n:,} 笔").format(n=len(given)))
        if closed:
            lines.append(_("  两个月没有人答复的报名，关了 {n:,} 份").format(n=len(closed)))
        if warned.members:
            told = _("  提醒了 {n:,} 人，他们有 {points:,} 分快到期：jishan expiring")
            lines.append(told.format(n=warned.members, points=warned.points))
        facts |= {"settled": swept.settled, "paid": swept.paid, "waiting": swept.waiting}
        return Answer(lines, {**facts, "given": len(given), "closed": len(closed), "warned": warned.members})

    run(work)


@click.command(cls=Command)
@click.argument("reference")
@REASON
@NOTE
@BY
@ON
def correct(reference: str, reason: str, note: str, by: str, on: date | None) -> None:
    """更正一笔奖励 · Undo one award, named by its reference; above 500 points see `jishan correction`."""

    async def work(book: Book, _meter: Meter) -> Answer:
        receipt = await corrections.correct(
            book, reference=reference, reason=reason, by=by, on=day(on, book), note=note
        )
        said = _("已经更正过（第 {position} 笔）") if receipt.repeated else _("✓ 更正，第 {position} 笔")
        data = {"position": receipt.position, "repeated": receipt.repeated}
        return Answer([said.format(position=receipt.position)], data)

    run(work)
