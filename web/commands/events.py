"""`jishan event`: write an event down, take a step of it, look at it, place it, and sign people in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click

from ledger.book import Book
from points.awards import consequences
from points.events import (
    amendments,
    attachments,
    attendance,
    categories,
    dispatches,
    events,
    filing,
    taking,
    washing,
)
from points.events.amendments import Mended
from points.events.attendance import MOST_AT_ONCE
from points.events.errors import BadTime
from points.events.events import Whole
from points.events.filing import Held, Written
from points.events.life import STATES
from points.keys import new_key
from points.people import areas, roles
from web import words
from web.commands.helping import Named
from web.commands.options import BY, Day
from web.commands.options import Whole as Number
from web.commands.refusals import translated
from web.commands.terminal import Answer, Group, Meter, run, table
from web.commands.terminal import session as current
from web.i18n import gettext as _

KEY = click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")
AT = click.option("--at", default=None, metavar="HH:MM", help="几点，不写是 9:00 · 9:00 when left out")
NUMBER = click.argument("number", metavar="E-2026-000123")
LETTERS = {letter: one.zh for letter, one in categories.read().names.items()}


@click.group(cls=Group)
def event() -> None:
    """事件：发生了什么，办到哪一步 · Events: what happened, and how far it is."""


@event.command()
@click.option(
    "--kind", type=click.Choice(["report", "activity", "meeting"]), default="report", show_default=True
)
@click.option("--area", required=True, metavar="CODE", help="社区或网格 · community or grid")
@click.option(
    "--category", required=True, type=Named(LETTERS), help="类别的字母 · the letter of its category"
)
@click.option("--what", required=True, help="一句话，不写姓名 · in a few words, naming nobody")
@click.option("--type", "type_name", default="", help="活动、会议的种类 · such as 周五志愿日")
@click.option("--on", "on", type=Day(), default=None, metavar="YYYY-MM-DD")
@AT
@click.option(
    "--minutes", type=Number(1, 1440), default=120, show_default=True, help="活动、会议多长 · how long"
)
@click.option("--reporter", default=None, metavar="NUMBER|PHONE", help="谁发现的 · who found it")
@click.option("--text", default="", help="经过，可以删 · what happened, erasable")
@click.option("--major", is_flag=True, help="重大险情 · a major hazard")
@BY
@KEY
def new(**said: Any) -> None:
    """记一件事 · Write down an event; the answer is its number."""

    async def work(book: Book, _meter: Meter) -> Answer:
        filed = await _file(book, **said)
        return Answer([filed.number], {"number": filed.number, "event": filed.event})

    run(work)


async def _file(book: Book, **said: Any) -> filing.Filed:
    begins = moment(book, said["on"], said["at"], ahead=said["kind"] != "report")
    written = Written(
        kind=said["kind"],
        area=said["area"],
        category=said["category"],
        what=said["what"],
        occurred_at=begins,
        type_name=said["type_name"],
        text=said["text"],
        severity="major" if said["major"] else "ordinary",
        origin="命令行",
    )
    by, key = said["by"], said["key"] or new_key()
    if said["kind"] == "report":
        return await filing.report(book, written, by=by, key=key, reporter=said["reporter"])
    ends = datetime.fromtimestamp(begins.timestamp() + 60 * said["minutes"], tz=UTC)
    return await filing.hold(book, written, Held(ends), by=by, key=key)


def moment(book: Book, on: date | None, at: str | None, *, ahead: bool = False) -> datetime:
    """A day and an hour as typed; without an hour nine o'clock, or the day's first minute while nine is still to come.

    What is `ahead` may be announced, and is at nine. The same words give the same moment all day. Raises BadTime.
    """
    day = on or book.today()
    try:
        begins = datetime.combine(day, time.fromisoformat(at or "09:00"), tzinfo=book.zone)
    except ValueError:
        raise BadTime(problem=at) from None
    early = not at and not ahead and begins > book.now()
    return datetime.combine(day, time.min, tzinfo=book.zone) if early else begins


@event.command()
@NUMBER
@click.argument("name", type=click.Choice(["assigned", *taking.BY_HAND]))
@click.option("--note", default="", help="说明，可以删 · a note, erasable")
@click.option("--lane", type=Named(dispatches.LANES), default="own", show_default=True)
@click.option("--unit", "units", multiple=True, metavar="CODE", help="派给哪个单位 · which unit")
@click.option("--handler", default=None, metavar="NUMBER|PHONE", help="谁来办 · who handles it")
@BY
@KEY
def step(
    number: str,
    name: str,
    note: str,
    lane: str,
    units: Sequence[str],
    handler: str | None,
    by: str,
    key: str | None,
) -> None:
    """记一步 · Take a step: assigned (with --lane), handled, verified, archived, rated, reopened,
    found_false.
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await filing.numbered(book, number)
        once = key or new_key()
        if name == "assigned":
            await dispatches.send(book, found, lane, by=by, key=once, to=units, handler=handler, note=note)
        else:
            await taking.take(book, found, name, by=by, key=once, note=note)
        back = await _taken_back(book, found, by=by) if name == "found_false" else Answer([])
        told = await _told(book, await events.find(book, found))
        return Answer([*told.lines, *back.lines], {**told.data, **back.data})

    run(work)


@event.command("take-back")
@NUMBER
@BY
def take_back(number: str, by: str) -> None:
    """收回积分 · Correct what was awarded for an event that was found false, or is handled anew."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return await _taken_back(book, await filing.numbered(book, number), by=by)

    run(work)


async def _taken_back(book: Book, event_key: str, *, by: str) -> Answer:
    """What was corrected, and what somebody else has to correct, with the reason."""
    outcome = await consequences.follow(book, event_key, by=by)
    lines = [_("收回 {n} 笔").format(n=outcome.corrected)]
    for each in outcome.standing:
        why = translated(each.why) if each.why else ""
        lines.append(_("  还没收回 {award}：{why}").format(award=each.award.reference, why=why))
    left = [each.award.reference for each in outcome.standing]
    return Answer(lines, {"corrected": outcome.corrected, "standing": left})


@event.command()
@NUMBER
@BY
def show(number: str, by: str) -> None:
    """看一件事 · What an event is, how far it is, and who took each step."""

    async def work(book: Book, _meter: Meter) -> Answer:
        whole = await events.find(book, await filing.numbered(book, number))
        path = whole.area.path if whole.area else ""
        await roles.require_any(book, by, _READERS, path)
        return await _told(book, whole)

    run(work)


_READERS = ("grid_worker", "grid_head", "liaison", "verifier", "notice_publisher", "admin", "auditor")


async def _told(book: Book, whole: Whole) -> Answer:
    standing = await taking.life_of(book, whole)
    what = whole.event.subtype_name or whole.event.type_name
    place = whole.area.name if whole.area else "-"
    lines = [f"{whole.event.external_id}  {what}  {place}  {_(STATES[standing.state])}"]
    names = words.TAKEN
    rows = [
        [_(names[each.name]), _moment(book, each.taken_at), each.actor or "-", _on_time(each.on_time)]
        for each in whole.steps
    ]
    steps = [{"name": each.name, "actor": each.actor, "on_time": each.on_time} for each in whole.steps]
    data = {"number": whole.event.external_id, "state": standing.state, "steps": steps}
    return Answer([*lines, *table(rows)], data)


def _moment(book: Book, at: datetime | None) -> str:
    return at.astimezone(book.zone).strftime("%Y-%m-%d %H:%M") if at else "-"


def _on_time(on_time: bool | None) -> str:
    return "" if on_time is None else (_("按时") if on_time else _("超时"))


@event.command()
@click.argument("number", metavar="E-2026-000123|SOURCE/ID")
@click.option("--area", required=True, metavar="CODE")
@BY
@KEY
def place(number: str, area: str, by: str, key: str | None) -> None:
    """定社区 · Place an event, also one of another platform (SOURCE/ID), before it is verified."""

    async def work(book: Book, _meter: Meter) -> Answer:
        source, slash, external_id = number.partition("/")
        if slash:
            found = (await events.find_external(book, source, external_id)).event.id
        else:
            found = await filing.numbered(book, number)
        await amendments.amend(book, found, Mended(area=area), by=by, key=key or new_key())
        named = (await areas.find(book, area)).name
        return Answer([f"{number}  {named}"], {"number": number, "area": area})

    run(work)


@event.command()
@NUMBER
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--what", type=Named(attachments.NAMES), default="site", show_default=True)
@BY
@KEY
def attach(number: str, file: Path, what: str, by: str, key: str | None) -> None:
    """加附件 · Attach a photo or PDF that proves it: site 现场, sign_in 签到表, other 其他."""
    with file.open("rb") as opened:
        data = opened.read(washing.BYTES_AT_MOST + 1)  # one too many is refused, however many follow

    async def work(book: Book, _meter: Meter) -> Answer:
        found, folder = await filing.numbered(book, number), current().settings.attachments
        once = key or new_key()
        made = await attachments.add(book, folder, found, data, name=what, by=by, key=once)
        row = await attachments.find(book, found, made)
        line = _("✓ 已加到 {number}，{size} 字节").format(number=number, size=row.size)
        return Answer([line], {"attachment": row.id, "digest": row.digest, "size": row.size})

    run(work)


@event.command("sign-in")
@NUMBER
@click.argument("who", nargs=-1, metavar="[NUMBER|PHONE|CARD]...")
@click.option("--minutes", type=Number(1, 1440), default=None, help="不写就是全程 · all of it if left out")
@BY
def sign_in(number: str, who: Sequence[str], minutes: int | None, by: str) -> None:
    """签到 · Sign people in, one in each argument, or one in each line of standard input when there is
    none.
    """
    lines = list(who) or sys.stdin.read().splitlines()

    async def work(book: Book, _meter: Meter) -> Answer:
        whole = await events.find(book, await filing.numbered(book, number))
        found = await attendance.resolve(book, lines, community=whole.event.area or "")
        signed = await attendance.sign_in(book, whole.event.id, found.members, by=by, minutes=minutes)
        said = [
            _("签到 {n} 人，早就签过的 {before} 人").format(n=len(signed.new), before=len(signed.before)),
            *(_("没有找到：{who}").format(who=each.said) for each in found.unresolved),
            *(
                _("还没有签，一次最多 {most} 位：{who}").format(most=MOST_AT_ONCE, who=each)
                for each in found.left
            ),
        ]
        left = [*(each.said for each in found.unresolved), *found.left]
        data = {"new": list(signed.new), "before": list(signed.before), "unresolved": left}
        return Answer(said, data, well=not left)

    run(work)
