"""`jishan undo`, `jishan return`, `jishan undoing …`: redemptions undone, whole or in part, by one or by two people."""

from __future__ import annotations

from typing import Any

import click

from ledger.book import Book
from points.keys import new_key
from points.market import baskets, items, redemptions, shops
from points.market.redemptions import Entry
from points.market.undoing import requests, undone
from points.market.undoing.errors import UnknownRedemption
from points.market.undoing.plans import Stays
from points.market.undoing.requests import Wanted
from points.market.undoing.undone import Undone
from points.people.requests import MOST
from web import undo_words
from web.commands.options import BY, DIGEST, NOTE, Whole, read_digest
from web.commands.terminal import Answer, Command, Group, Meter, run, table
from web.i18n import gettext as _

POSITION = click.argument("position", type=Whole(1, 2**53 - 1), metavar="凭证")
REASON = click.option(
    "--reason",
    required=True,
    metavar="WORD",
    help="拿错、坏了、输错人、不想要了、其他 · why: a code or its word",
)
KEY = click.option("--key", default=None, help="同一个 key 只办一次 · once for each key")
ASK = click.option("--ask", is_flag=True, help="写成申请，等另一个人同意 · as a request for a second person")
BACK = click.option(
    "--item", "back", required=True, multiple=True, metavar="香皂x1", help="退回的 · what comes back"
)


@click.command(cls=Command)
@POSITION
@REASON
@NOTE
@KEY
@ASK
@BY
def undo(position: int, reason: str, note: str, key: str | None, ask: bool, by: str) -> None:
    """整笔更正一次兑换 · Undo a whole redemption, by the number on its receipt."""

    async def work(book: Book, _meter: Meter) -> Answer:
        entry = await _entry(book, position)
        return await _do(book, entry, reason, ask=ask, by=by, key=key or new_key(), note=note, stays=())

    run(work)


@click.command("return", cls=Command)
@POSITION
@BACK
@REASON
@NOTE
@KEY
@ASK
@BY
def return_(
    position: int, back: tuple[str, ...], reason: str, note: str, key: str | None, ask: bool, by: str
) -> None:
    """退回一部分：没退的照原价另开凭证 · Take a part back; what stays has a receipt of its own."""

    async def work(book: Book, _meter: Meter) -> Answer:
        entry = await _entry(book, position)
        wanted = dict(baskets.parse(back, await items.all_items(book)).wanted)
        stays = tuple((x.item, x.quantity - wanted.pop(x.item, 0)) for x in entry.lines)
        # What was never had comes back as less than nothing, which is refused like too much of a thing.
        stays += tuple((item, -quantity) for item, quantity in wanted.items())
        return await _do(book, entry, reason, ask=ask, by=by, key=key or new_key(), note=note, stays=stays)

    run(work)


@click.group(cls=Group)
def undoing() -> None:
    """两个人的兑换更正 · Undoings that one person asks for and another approves."""


@undoing.command("list")
def list_() -> None:
    """等第二个人的 · Requests that wait for a second person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        every = [shop.number for shop in await shops.all_shops(book)]
        waiting = await requests.waiting(book, every, limit=MOST)
        rows = [[x.id, x.redemption, str(undo_words.reason(x.reason)), x.asked_by] for x in waiting]
        lines = table(rows) if rows else [_("没有等第二个人的兑换更正。")]
        return Answer(lines, {"requests": [_asked(each) for each in waiting]})

    run(work)


@undoing.command()
@click.argument("request")
def show(request: str) -> None:
    """看一份 · What is asked, and its check code."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _shown(await requests.find(book, request))

    run(work)


@undoing.command()
@click.argument("request")
@DIGEST
@BY
def approve(request: str, digest: str, by: str) -> None:
    """同意 · Approve what somebody else asked for, as it was seen."""
    _decide(request, digest, by, approved=True)


@undoing.command()
@click.argument("request")
@DIGEST
@BY
def refuse(request: str, digest: str, by: str) -> None:
    """不同意 · Refuse it."""
    _decide(request, digest, by, approved=False)


def _decide(request: str, digest: str, by: str, *, approved: bool) -> None:
    async def work(book: Book, _meter: Meter) -> Answer:
        wanted = await requests.find(book, request)
        seen = read_digest(digest, wanted.digest)
        return _shown(await requests.decide(book, request, approved=approved, digest=seen, by=by))

    run(work)


async def _entry(book: Book, position: int) -> Entry:
    entry = await redemptions.numbered(book, position)
    if entry is None:
        raise UnknownRedemption(reference=str(position))
    return entry


async def _do(book: Book, entry: Entry, reason: str, *, ask: bool, stays: Stays, **more: str) -> Answer:
    given: dict[str, Any] = {**more, "stays": stays}
    if ask:
        return _shown(await requests.ask(book, entry.reference, reason, **given))
    return _told(await undone.undo(book, entry.reference, reason, **given))


def _told(done: Undone) -> Answer:
    said = _("这一笔已经更正过（{number}），没有再退。") if done.repeated else _("✓ 已更正 {number}")
    lines = [said.format(number=done.number)]
    if done.rest_position:
        lines.append(_("  没退的另开凭证 {position}").format(position=done.rest_position))
    data = {
        "position": done.position,
        "number": done.number,
        "reason": done.reason,
        "rest": done.rest_position,
        "repeated": done.repeated,
    }
    return Answer(lines, data)


def _shown(wanted: Wanted) -> Answer:
    rows = [
        [_("申请"), wanted.id],
        [_("状态"), _(undo_words.STATES[wanted.state][0])],
        [_("哪一笔"), wanted.redemption],
        [_("原因"), str(undo_words.reason(wanted.reason))],
        [_("说明"), wanted.note or "—"],
        [_("谁申请"), wanted.asked_by],
        [_("核对码"), wanted.digest],
    ]
    return Answer(table(rows), _asked(wanted))


def _asked(wanted: Wanted) -> dict[str, Any]:
    return {
        "request": wanted.id,
        "redemption": wanted.redemption,
        "reason": wanted.reason,
        "stays": [list(each) for each in wanted.stays],
        "by": wanted.asked_by,
        "digest": wanted.digest,
        "state": wanted.state,
        "decided_by": wanted.decided_by,
    }
