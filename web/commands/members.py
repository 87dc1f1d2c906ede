"""`jishan member`: enrol somebody, find them, put right what is known of them, their consents, PIN and card."""

from __future__ import annotations

from datetime import date
from typing import Any

import click

from ledger.book import Book
from points.events import attachments
from points.keys import new_key
from points.people import (
    card_acts,
    card_printings,
    cards,
    clerks,
    consents,
    directory,
    enrolment,
    erasing,
    kinds,
    members,
    mending,
    roles,
)
from points.people.enrolment import Asked
from points.people.known_by import Traces
from points.people.twice import merges
from web import erasing as site_erasing
from web import pins
from web.commands.helping import Named
from web.commands.options import BY, Day
from web.commands.people import member, secret
from web.commands.terminal import Answer, Meter, run, table
from web.commands.terminal import session as current
from web.i18n import gettext as _
from web.register import CONSENTS, KINDS, shown_card

__all__ = ["member"]
WHO = click.argument("who", metavar="NUMBER|PHONE")
KEY = click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")
MEMBER_KINDS = {kind: name for kind, name in kinds.NAMES.items() if kind != kinds.STAFF}


@member.command()
@click.option("--name", required=True)
@click.option("--kind", required=True, type=Named(MEMBER_KINDS))
@click.option("--area", required=True, metavar="CODE", help="社区代码 · the community they belong to")
@click.option("--phone", default=None)
@click.option("--born", type=Day(since=date(1900, 1, 1)), default=None, metavar="YYYY-MM-DD")
@click.option("--language", type=Named(enrolment.LANGUAGES), default="zh", show_default=True)
@click.option("--agrees", multiple=True, type=Named(consents.NAMES), help="同意的事 · consents given")
@click.option("--guardian-name", default=None, help="未满 14 岁要 · needed under 14")
@click.option("--guardian-phone", default=None)
@click.option(
    "--pin", "with_pin", is_flag=True, help="设密码并发卡 · read a PIN from standard input, print a card"
)
@BY
@KEY
def add(**said: Any) -> None:
    """登记成员 · Enrol a member, with what they agree to."""
    pin = secret(_("六位数字密码")) if said.pop("with_pin") else None
    by, key = said.pop("by"), said.pop("key") or new_key()

    async def work(book: Book, _meter: Meter) -> Answer:
        pepper = current().settings.pepper() if pin else b""
        enrolled = await enrolment.enrol(book, Asked(**said, pin=pin), by=by, key=key, pepper=pepper)
        card = [shown_card(enrolled.card)] if enrolled.card else []
        data = {"number": enrolled.number, "card": enrolled.card}
        return Answer(["  ".join([enrolled.number, said["name"], *card])], data)

    run(work)


@member.command()
@click.argument("text", default="")
@click.option("--after", default="", metavar="NUMBER", help="接着往下看 · go on after this number")
@BY
def find(text: str, after: str, by: str) -> None:
    """找成员 · Find members of one's areas by number, phone, card or name."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await directory.search(book, text, await _areas(book, by), after=after)
        rows = [[one.number, one.name or _("（已删除）"), _(KINDS[one.kind]), one.area] for one in found]
        data = [{"number": one.number, "kind": one.kind, "area": one.area, "name": one.name} for one in found]
        return Answer(table(rows) if rows else [_("没有找到")], {"members": data})

    run(work)


@member.command()
@WHO
@BY
def show(who: str, by: str) -> None:
    """看一位成员 · What is known of a member, what they agree to, and their card."""

    async def work(book: Book, _meter: Meter) -> Answer:
        someone = await members.find(book, who)
        await clerks.require(book, by, someone.area)
        agreed = sorted((await consents.of(book, [someone.number]))[someone.number])
        card = await cards.of(book, someone.number)
        data = {
            "number": someone.number,
            "name": someone.name,
            "kind": someone.kind,
            "area": someone.area,
            "phone": someone.phone,
            "birthday": someone.birthday,
            "agrees": agreed,
            "card": card.number if card else None,
        }
        rows = [
            [_("成员号"), someone.number],
            [_("姓名"), someone.name or _("（已删除）")],
            [_("类别"), _(KINDS[someone.kind])],
            [_("社区"), someone.area],
            [_("手机"), someone.phone or _("没有")],
            [_("出生日期"), someone.birthday or _("没有")],
            [_("同意"), "、".join(_(CONSENTS[what]) for what in agreed) or _("没有")],
            [_("积分卡"), shown_card(card.number) if card else _("没有")],
        ]
        return Answer(table(rows), data)

    run(work)


@member.command()
@WHO
@click.argument("field", type=Named(mending.FIELDS))
@click.argument("value")
@BY
@KEY
def mend(who: str, field: str, value: str, by: str, key: str | None) -> None:
    """更正 · Put a name, phone or day of birth right; the ledger says which, never what."""

    async def work(book: Book, _meter: Meter) -> Answer:
        someone = await members.find(book, who)
        await mending.mend(book, someone.number, field, value, by=by, key=key or new_key())
        return _done(someone.number)

    run(work)


@member.command()
@WHO
@click.argument("what", type=click.Choice([*consents.NAMES, consents.GUARDIAN]))
@click.option("--withdrawn", is_flag=True, help="收回 · no longer agrees")
@BY
@KEY
def consent(who: str, what: str, withdrawn: bool, by: str, key: str | None) -> None:
    """记下同意或收回 · Write down a consent, or that it was withdrawn."""

    async def work(book: Book, _meter: Meter) -> Answer:
        someone = await members.find(book, who)
        verb = consents.withdraw if withdrawn else consents.give
        await verb(book, someone.number, what, by=by, key=key or new_key())
        return _done(someone.number)

    run(work)


@member.command()
@WHO
@click.option("--by", default=roles.SYSTEM, show_default=True, metavar="NUMBER")
def pin(who: str, by: str) -> None:
    """设密码 · Set somebody's six-digit PIN, read from standard input; they are signed out everywhere."""
    typed = secret(_("六位数字密码"))

    async def work(book: Book, _meter: Meter) -> Answer:
        person = await members.find(book, who)
        pepper = current().settings.pepper()
        await pins.set_anew(book, person.number, typed, by=by, key=new_key(), pepper=pepper)
        return Answer([_("{number} 的密码设好了").format(number=person.number)], {"number": person.number})

    run(work)


@member.command()
@WHO
@BY
def card(who: str, by: str) -> None:
    """发积分卡 · Issue a printed card; it finds a person and never pays. An earlier one stops."""

    async def work(book: Book, _meter: Meter) -> Answer:
        person = await members.find(book, who)
        issued = await card_acts.renew(book, person.number, by=by, key=new_key())
        return Answer(
            [f"{person.number}  {shown_card(issued.number)}"],
            {"number": person.number, "card": issued.number},
        )

    run(work)


@member.command("print-cards")
@click.argument("who", nargs=-1, metavar="NUMBER…")
@click.option("--area", default=None, metavar="CODE", help="一个地方 · of a place, a hundred at a time")
@click.option("--which", type=click.Choice(card_printings.WHICH), default="waiting", show_default=True)
@click.option("--after", default="", metavar="NUMBER", help="接着印 · go on after this number")
@BY
@KEY
def print_cards(
    who: tuple[str, ...], area: str | None, which: str, after: str, by: str, key: str | None
) -> None:
    """印积分卡 · Write down that cards are printed; the sheets are then at /card-printings/KEY."""
    if bool(who) == bool(area):
        raise click.UsageError(_("写成员号，或写 --area，两样里写一样"))

    async def work(book: Book, _meter: Meter) -> Answer:
        named = key or new_key()
        if area:
            await card_printings.of_place(book, area, which=which, by=by, key=named, after=after)
        else:
            await card_printings.of_members(book, who, by=by, key=named)
        count = len((await card_printings.find(book, named, (None,))).cards)
        say = _("记下了，{cards} 张卡，打开 /card-printings/{key} 打印").format(cards=count, key=named)
        return Answer([say], {"printing": named, "cards": count})

    run(work)


@member.command()
@click.argument("number", metavar="CARD")
@BY
def lost(number: str, by: str) -> None:
    """卡丢了 · A card was lost; it finds nobody from now on."""

    async def work(book: Book, _meter: Meter) -> Answer:
        await card_acts.lost(book, number, by=by, key=new_key())
        return Answer([_("这张卡停用了")], {"card": number})

    run(work)


@member.command()
@WHO
@click.option("--reason", type=Named(erasing.REASONS), default=None, help="登记申请 · ask for it")
@BY
def erase(who: str, reason: str | None, by: str) -> None:
    """删除个人信息 · With --reason, ask that a person be erased; without, approve what somebody else
    asked.
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        someone = await members.find(book, who)
        if reason:
            await erasing.ask(book, someone.number, reason, by=by, key=new_key())
        else:
            settings = current().settings
            traces = await site_erasing.approve(book, settings, someone.number, by=by, key=new_key())
            return await _erased(book, traces)
        return _done(someone.number)

    run(work)


async def _erased(book: Book, traces: Traces) -> Answer:
    """What is left to do by hand: words in rows that are never deleted, and files that somebody has to look at."""
    lines = list(_done(traces.number).lines)
    if traces.kept:
        columns = "、".join(traces.kept)
        lines.append(_("这些地方有人写了姓名或电话，不能删：{columns}").format(columns=columns))
    found = await attachments.of_people(book, await merges.group(book, traces.number))
    if found:
        lines.append(_("这些附件里可能有这个人，请打开看，要删的在事件页面上删："))
    lines += [f"  /events/{each.event}/attachments/{each.id}/erasure" for each in found]
    if found.on:
        lines.append(_("还有更多，在这个人的页面上看。"))
    files = [{"event": each.event, "attachment": each.id} for each in found]
    return Answer(lines, {"number": traces.number, "kept": [*traces.kept], "files": files})


async def _areas(book: Book, by: str) -> list[str | None]:
    """The areas whose members somebody may look up."""
    today: date = book.today()
    granted = await roles.grants_of(book, by, today)
    return [grant.area for grant in granted if grant.role in clerks.ROLES]


def _done(number: str) -> Answer:
    return Answer([_("办好了：{number}").format(number=number)], {"number": number})
