"""`jishan correction ask|list|show|approve|refuse`: corrections that take two people who see the same lines."""

from __future__ import annotations

from typing import Any

import click

from ledger.book import Book
from points.awards import correction_requests
from points.awards.correction_requests import Request
from points.keys import new_key
from points.people import areas
from web import correction_words, words
from web.commands.options import BY, DIGEST, NOTE, read_digest
from web.commands.terminal import Answer, Group, Meter, run, table
from web.i18n import gettext as _

REASON = click.option(
    "--reason",
    required=True,
    metavar="WORD",
    help="记错人、重复入账、情况不实、时长不对、算错、其他 · why: a code or its word",
)


@click.group(cls=Group)
def correction() -> None:
    """两个人的更正 · Corrections that one person asks for and another approves."""


@correction.command()
@click.argument("reference")
@REASON
@NOTE
@BY
def ask(reference: str, reason: str, note: str, by: str) -> None:
    """申请更正 · Ask that an award be corrected as things stand."""

    async def work(book: Book, _meter: Meter) -> Answer:
        asked = await correction_requests.ask(book, reference, reason, by=by, key=new_key(), note=note)
        return await _shown(book, asked)

    run(work)


@correction.command("list")
def list_() -> None:
    """等第二个人的 · Requests that wait for a second person."""

    async def work(book: Book, _meter: Meter) -> Answer:
        waiting = await correction_requests.waiting(book, ["/"])
        rows = [
            [each.id, each.award.member, str(each.award.points), str(words.corrected(each.reason))]
            for each in waiting
        ]
        lines = table(rows, right=[2]) if rows else [_("没有等第二个人的更正。")]
        return Answer(lines, {"requests": [_data(each) for each in waiting]})

    run(work)


@correction.command()
@click.argument("request")
def show(request: str) -> None:
    """看一份 · What would move, and its check code."""

    async def work(book: Book, _meter: Meter) -> Answer:
        return await _shown(book, await correction_requests.find(book, request))

    run(work)


@correction.command()
@click.argument("request")
@DIGEST
@BY
def approve(request: str, digest: str, by: str) -> None:
    """批准 · Approve what somebody else asked for, as it was seen."""
    _decide(request, digest, by, approved=True)


@correction.command()
@click.argument("request")
@DIGEST
@BY
def refuse(request: str, digest: str, by: str) -> None:
    """不批准 · Refuse it."""
    _decide(request, digest, by, approved=False)


def _decide(request: str, digest: str, by: str, *, approved: bool) -> None:
    async def work(book: Book, _meter: Meter) -> Answer:
        asked = await correction_requests.find(book, request)
        seen = read_digest(digest, asked.digest)
        done = await correction_requests.decide(book, request, approved=approved, digest=seen, by=by)
        told = _("已经批准，更正记上了") if approved else _("没有批准，已经记下")
        return Answer([told], _data(done))

    run(work)


async def _shown(book: Book, asked: Request) -> Answer:
    head = [
        [_("申请"), asked.id],
        [_("状态"), _(correction_words.STATES[asked.state][0])],
        [_("哪一笔"), asked.award.reference or ""],
        [_("原因"), str(words.corrected(asked.reason))],
        [_("说明"), asked.note or "—"],
        [_("谁申请"), asked.asked_by],
        [_("核对码"), asked.digest],
    ]
    lines, data = table(head), _data(asked)
    if asked.state == "open":
        look = await correction_requests.look(book, asked)
        there = await areas.many(book, correction_words.communities(look.plan.postings))
        names = {code: area.name for code, area in there.items()}
        rows = [
            [f"{one.amount:,}", str(one.unit), str(one.source), "→", str(one.target)]
            for one in correction_words.lines(look.plan.postings, names)
        ]
        lines += ["", *table(rows, right=[0])]
        if not look.same:
            lines.append(_("要动的和申请时不一样了：请重新申请。"))
        data |= {"same": look.same, "points": look.plan.points, "owed": look.plan.owed}
    return Answer(lines, data)


def _data(asked: Request) -> dict[str, Any]:
    return {
        "request": asked.id,
        "award": asked.award.reference,
        "member": asked.award.member,
        "reason": asked.reason,
        "by": asked.asked_by,
        "digest": asked.digest,
        "state": asked.state,
        "decided_by": asked.decided_by,
    }
