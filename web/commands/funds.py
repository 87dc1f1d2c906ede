"""`jishan fund`: allocate points for a month, ask to go over and decide on it, look at a fund, and pay its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from ledger.book import Book
from points.awards import fund_flows, fund_months, fund_requests, funds, in_line, sponsors
from points.awards import line as lines_of
from points.awards.fund_requests import Asked
from points.awards.funds import Allocation
from points.awards.sponsors import Backing
from points.people import areas
from points.people.requests import MOST
from web import fund_words
from web.commands.figures import save
from web.commands.helping import Named
from web.commands.options import BY, MONTH, ON, Whole
from web.commands.terminal import Answer, Group, Meter, day, run, table
from web.i18n import gettext as _

UNDER = click.option(
    "--under", required=True, metavar="CODE", help="这个区划下的每个社区 · every community under it"
)
POINTS = click.option(
    "--points", required=True, type=Whole(), metavar="N", help="一共多少，平均分 · in all, shared equally"
)
KEY = click.option(
    "--key", default="1", show_default=True, help="同月第二次拨付换一个 · another one for a second allocation"
)
COMMUNITY = click.option("--community", required=True, metavar="CODE")
SPONSOR = click.option(
    "--sponsor",
    type=Named(sponsors.SPONSORS),
    default="street",
    show_default=True,
    help="谁出资 · whose money it is",
)
NAME = click.option(
    "--name", default="", help="出资的叫什么，个人的不要写 · what they are called, never a person"
)
YUAN = click.option(
    "--yuan",
    type=Whole(0),
    default=None,
    metavar="N",
    help="出资多少元；不写就是一分一元 · default one for each point",
)


@click.group(cls=Group)
def fund() -> None:
    """社区一个月能发的积分，和背后的钱 · The points a community may award in a month, and the money behind
    them.
    """


@fund.command()
@UNDER
@MONTH
@POINTS
@KEY
@SPONSOR
@NAME
@YUAN
@BY
@ON
def allocate(
    under: str,
    month: str,
    points: int,
    key: str,
    sponsor: str,
    name: str,
    yuan: int | None,
    by: str,
    on: date | None,
) -> None:
    """拨付 · Allocate points to communities for a month; what goes over is asked for by `fund ask`."""

    async def work(book: Book, _meter: Meter) -> Answer:
        backing = (
            None if (sponsor, yuan, name) == ("street", None, "") else _backing(sponsor, points, name, yuan)
        )
        done = await funds.allocate(
            book, under=under, month=month, points=points, by=by, on=day(on, book), key=key, backing=backing
        )
        return await _allocated(book, done)

    run(work)


def _backing(sponsor: str, points: int, name: str, yuan: int | None) -> Backing:
    return Backing(sponsor, (points if yuan is None else yuan) * sponsors.FEN_A_POINT, name)


async def _allocated(book: Book, done: Allocation) -> Answer:
    names = await areas.many(book, [code for code, _share in done.shares])
    said = _("{month} 已经这样拨付过，没有重复：") if done.repeated else _("{month} 拨付 {points:,} 分：")
    rows = [[code, names[code].name, f"{share:,}"] for code, share in done.shares]
    lines = [
        said.format(month=done.month, points=done.points),
        *("  " + line for line in table(rows, right=[2])),
    ]
    if done.paid.moved:
        lines.append(_paid(done.paid))
    data = {
        "month": done.month,
        "points": done.points,
        "shares": dict(done.shares),
        "repeated": done.repeated,
        "paid": done.paid.awards,
    }
    return Answer(lines, data)


def _paid(paid: lines_of.Paid) -> str:
    said = _("排队等资金的，入账 {awards:,} 笔 {points:,} 分，{nothing:,} 项到了上限不计分。")
    return said.format(awards=paid.awards, points=paid.points, nothing=paid.nothing)


@fund.command()
@UNDER
@MONTH
@POINTS
@click.option("--key", required=True, help="次序号，和以前的不同 · not one that was used before")
@SPONSOR
@NAME
@YUAN
@BY
def ask(
    under: str, month: str, points: int, key: str, sponsor: str, name: str, yuan: int | None, by: str
) -> None:
    """申请超额拨付 · Ask for a second allocation, or one above the sponsor's money; another person
    decides.
    """

    async def work(book: Book, _meter: Meter) -> Answer:
        backing = _backing(sponsor, points, name, yuan)
        asked = await fund_requests.ask(
            book, under=under, month=month, points=points, by=by, key=key, backing=backing
        )
        said = _("申请 {id}：{under} {month} 再拨 {points:,} 分，等另一个人审批。核对码 {digest}")
        return Answer([said.format(**_facts(asked))], _facts(asked))

    run(work)


def _facts(asked: Asked) -> dict[str, Any]:
    return {
        "id": asked.id,
        "under": asked.under,
        "month": asked.month,
        "points": asked.points,
        "sponsor": asked.backing.sponsor,
        "fen": asked.backing.fen,
        "asked_by": asked.asked_by,
        "state": asked.state,
        "digest": asked.digest,
    }


@fund.command()
def requests() -> None:
    """等人审批的 · Requests that nobody decided on yet."""

    async def work(book: Book, _meter: Meter) -> Answer:
        waiting = await fund_requests.waiting(book, [None], limit=MOST)
        rows = [[a.id, a.under, a.month, f"{a.points:,}", a.asked_by, a.digest] for a in waiting]
        return Answer(
            table(rows, right=[3]) or [_("没有等人审批的。")], {"requests": [_facts(a) for a in waiting]}
        )

    run(work)


@fund.command()
@click.argument("request")
@click.option("--digest", required=True, help="您看到的核对码 · as you saw it")
@click.option("--refuse", is_flag=True, help="不批准 · refuse it")
@BY
def decide(request: str, digest: str, refuse: bool, by: str) -> None:
    """审批 · Approve a request as it was seen, or refuse it."""

    async def work(book: Book, _meter: Meter) -> Answer:
        done = await fund_requests.decide(book, request, approved=not refuse, digest=digest, by=by)
        return (
            await _allocated(book, done) if done else Answer([_("没有批准，没有拨付。")], {"approved": False})
        )

    run(work)


@fund.command()
@COMMUNITY
@MONTH
@click.option(
    "--xlsx",
    type=click.Path(path_type=Path),
    default=None,
    metavar="FILE",
    help="存成表格 · as a spreadsheet",
)
def show(community: str, month: str, xlsx: Path | None) -> None:
    """看一个社区一个月的资金 · One community's fund for a month: what became of it, and what moved."""

    async def work(book: Book, _meter: Meter) -> Answer:
        place = await areas.find(book, community)
        chain, given = await fund_months.chain(book, community, month)
        flows = await fund_flows.read(book, community, month)
        if xlsx:
            save(xlsx, fund_words.sheets(place.name, month, chain, given, flows))
        waits = (await in_line.lengths(book, [(community, month)])).get((community, month), 0)
        awarded = chain.awarded - chain.corrected
        facts = {"allocated": chain.allocated, "awarded": awarded, "left": chain.left}
        said = _("{name} {month}：拨付 {allocated:,}，已奖励 {awarded:,}，还剩 {left:,}")
        lines = [said.format(name=place.name, month=month, **facts)]
        rows = [*fund_words.went(chain), (_("排队等资金的"), waits)]
        lines += ["  " + each for each in table([[label, f"{n:,}"] for label, n in rows], right=[1])]
        lines += ["", _("这个月居民账上：")]
        moved = [[label, f"{n:,}"] for label, n in fund_words.moved(flows)]
        lines += ["  " + each for each in table(moved, right=[1])]
        return Answer(lines, facts | _data(chain, flows, waits))

    run(work)


def _data(chain: fund_months.Chain, flows: fund_flows.Flows, waits: int) -> dict[str, Any]:
    return {
        "noticed": chain.noticed,
        "vested": chain.vested,
        "corrected": chain.corrected,
        "in_line": waits,
        "month": {
            "awarded": flows.awarded,
            "vested": flows.vested,
            "settled": flows.settled,
            "spent": flows.spent,
            "expired": flows.expired,
            "corrected": flows.corrected,
            "owed": flows.owed,
            "change": flows.change,
            "fen": flows.fen,
        },
    }


@fund.command()
@COMMUNITY
@MONTH
@click.option("--limit", type=Whole(1, 1_000), default=20, show_default=True, metavar="N")
def line(community: str, month: str, limit: int) -> None:
    """排队等资金的 · Who was accepted and waits for this fund, the first first."""

    async def work(book: Book, _meter: Meter) -> Answer:
        there = await in_line.first(book, (community, month), limit=limit)
        rows = [[str(p.decided_on), p.event, p.member, p.verifier] for p in there]
        data = [
            {"contribution": p.contribution, "member": p.member, "accepted_on": str(p.decided_on)}
            for p in there
        ]
        return Answer(table(rows) or [_("没有人在等。")], {"line": data})

    run(work)


@fund.command()
@COMMUNITY
@MONTH
@ON
def pay(community: str, month: str, on: date | None) -> None:
    """付给排队的 · Pay the line as far as the fund reaches; the sweep does it as well."""

    async def work(book: Book, _meter: Meter) -> Answer:
        paid = await lines_of.pay(book, [(community, month)], on=day(on, book))
        data = {"awards": paid.awards, "points": paid.points, "nothing": paid.nothing}
        return Answer([_paid(paid) if paid.moved else _("没有能付的。")], data)

    run(work)
