"""`jishan give`, `jishan care`: points given at home or to a care fund, and what two people give from it."""

from __future__ import annotations

from datetime import date

import click

from ledger.book import Book
from points.keys import new_key
from points.market.giving import care as funds
from points.market.giving import care_requests, gifts, taking_back
from points.market.giving.care_requests import REASONS, Asked
from points.people import members
from points.people.requests import MOST
from web.commands.helping import Named
from web.commands.options import BY, Month, Whole
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _

POINTS = click.option("--points", required=True, type=Whole(), metavar="N", help="多少分 · how many points")
KEY = click.option("--key", default=None, help="同一个 key 只办一次 · once for each key")
COMMUNITY = click.option("--community", required=True, metavar="CODE", help="哪个社区 · which community")
DIGEST = click.option("--digest", required=True, help="看到的核对码，整条 · the whole digest that was seen")


@click.group(cls=Group)
def give() -> None:
    """把积分送给家里人，或送给关爱基金 · Give points to somebody at home, or to the community's care fund."""


@give.command()
@click.option("--member", "giver", required=True, metavar="NUMBER|PHONE", help="谁送 · who gives")
@click.option(
    "--to", "to", default="", metavar="NUMBER", help="送给谁；不写就是关爱基金 · default the care fund"
)
@POINTS
@click.option("--named", is_flag=True, help="感谢时可以写隐名 · may be thanked by the masked name")
@KEY
@BY
def points(giver: str, to: str, points: int, named: bool, key: str | None, by: str) -> None:
    """送积分 · Give; those who have a PIN agree on the page, here whoever types answers for it."""

    async def work(book: Book, _meter: Meter) -> Answer:
        someone = await members.find(book, giver)
        receiver = (await members.find(book, to)).number if to else ""
        found_by = "home" if by == someone.number else "manual"
        done = await gifts.give(
            book, someone.number, to=receiver, points=points, by=by, key=key or new_key(),
            found_by=found_by, named=named,
        )  # fmt: skip
        left = await gifts.allowance(book, someone.number, book.today())
        said = (
            _("已经送过，没有再送（凭证 {position}）")
            if done.repeated
            else _("✓ 送了 {n} 分，凭证 {position}")
        )
        lines = [
            said.format(n=points, position=done.receipt.position),
            _("  这个月还能送 {n} 分").format(n=left.left),
        ]
        data = {"gift": done.gift.id, "position": done.receipt.position, "repeated": done.repeated}
        return Answer(lines, data | {"left": left.left})

    run(work)


@give.command("back")
@click.argument("gift")
@BY
def back(gift: str, by: str) -> None:
    """当天收回 · Take a gift back on its day, while it is unspent."""

    async def work(book: Book, _meter: Meter) -> Answer:
        receipt = await taking_back.take_back(book, gift, by=by)
        line = _("✓ 收回了，凭证 {position}").format(position=receipt.position)
        return Answer([line], {"position": receipt.position, "repeated": receipt.repeated})

    run(work)


@click.group(cls=Group)
def care() -> None:
    """关爱基金 · A community's care fund: what it holds, and giving from it by two people."""


@care.command("show")
@COMMUNITY
@click.option("--month", default=None, type=Month(), metavar="YYYY-MM")
def show(community: str, month: str | None) -> None:
    """有多少、进了多少、出了多少 · What it holds, and what moved in a month."""

    async def work(book: Book, _meter: Meter) -> Answer:
        first = date.fromisoformat(f"{month}-01") if month else book.today()
        fund = await funds.read(book, community, first)
        moved = fund.month
        rows = [
            [_("月初"), f"{moved.opening:,}"],
            [_("居民送来"), f"{moved.came_in:,}"],
            [_("给了有困难的人"), f"{-moved.went_out:,}"],
            [_("到期"), f"{-moved.expired:,}"],
            [_("月末"), f"{moved.closing:,}"],
            [_("现在有"), f"{fund.left:,}"],
        ]
        data = {
            "left": fund.left,
            "opening": moved.opening,
            "came_in": moved.came_in,
            "went_out": moved.went_out,
            "expired": moved.expired,
            "closing": moved.closing,
        }
        return Answer(table(rows, right=[1]), data)

    run(work)


@care.command("ask")
@COMMUNITY
@click.option("--member", required=True, metavar="NUMBER|PHONE", help="给谁 · for whom")
@POINTS
@click.option("--reason", type=Named(REASONS), required=True, help="因为什么 · why")
@click.option("--text", default="", help="说明，以后能删 · in words, can be erased")
@KEY
@BY
def ask(community: str, member: str, points: int, reason: str, text: str, key: str | None, by: str) -> None:
    """提出给谁 · Ask that the fund give; another person decides."""

    async def work(book: Book, _meter: Meter) -> Answer:
        asked = await care_requests.ask(
            book, community, member, points, reason=reason, text=text, by=by, key=key or new_key()
        )
        return _asked(asked)

    run(work)


@care.command("waiting")
def waiting() -> None:
    """等另一个人定的 · What waits for a second person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        found = await care_requests.waiting(book, [None], limit=MOST)
        answers = [_asked(one) for one in found]
        return Answer(
            [line for one in answers for line in one.lines], {"requests": [a.data for a in answers]}
        )

    run(work)


@care.command("decide")
@click.argument("request")
@click.option("--approve/--refuse", "approved", required=True, default=None)
@DIGEST
@BY
def decide(request: str, approved: bool, digest: str, by: str) -> None:
    """同意或不同意 · Agree, and the points move; or refuse."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return _asked(await care_requests.decide(book, request, approved=approved, digest=digest, by=by))

    run(work)


def _asked(one: Asked) -> Answer:
    lines = [
        _("{id}  {member}  {n} 分  {state}").format(
            id=one.id, member=one.member, n=one.points, state=one.state
        ),
        f"  {one.digest}",
    ]
    data = {"id": one.id, "member": one.member, "points": one.points, "state": one.state}
    return Answer(lines, data | {"digest": one.digest, "decided_by": one.decided_by or ""})
