"""`jishan assessment`: the street scores a community's month, and somebody else agrees."""

from __future__ import annotations

import click

from ledger.book import Book
from points.awards import assessments
from points.awards.assessment_money import Money
from points.awards.assessments import Assessed
from points.keys import new_key
from web.commands.funds import NAME, SPONSOR, YUAN
from web.commands.options import BY
from web.commands.terminal import Answer, Group, Meter, run
from web.i18n import gettext as _
from web.place_words import STATES


@click.group(cls=Group)
def assessment() -> None:
    """月度考核 · Monthly assessments of communities."""


@assessment.command()
@click.argument("area", metavar="CODE")
@click.argument("month", metavar="MONTH")
@click.argument("score", type=int, metavar="SCORE")
@BY
@click.option("--key", default=None, metavar="KEY", help="同一个编号只办一次 · done once for each key")
@SPONSOR
@NAME
@YUAN
@click.option("--document", default="", metavar="TEXT", help="文件号 · the document it was decided by")
def score(
    area: str,
    month: str,
    score: int,
    by: str,
    key: str | None,
    sponsor: str,
    name: str,
    yuan: int | None,
    document: str,
) -> None:
    """打分 · Score a community's month, which somebody else must agree to."""

    money = Money(sponsor, None if yuan is None else yuan * 100, name, document)

    async def work(book: Book, _meter: Meter) -> Answer:
        return _told(
            await assessments.assess(book, area, month, score, by=by, key=key or new_key(), money=money)
        )

    run(work)


@assessment.command()
@click.argument("number", metavar="ASSESSMENT")
@click.option("--refuse", is_flag=True, help="不批准 · send it back")
@BY
def decide(number: str, refuse: bool, by: str) -> None:
    """审批 · Agree to an assessment as it stands, or send it back."""

    async def work(book: Book, _meter: Meter) -> Answer:
        asked = await assessments.find(book, number)
        done = await assessments.decide(book, number, approved=not refuse, digest=asked.digest, by=by)
        return _told(done)

    run(work)


def _told(asked: Assessed) -> Answer:
    said = _("{month} {community} 得 {score} 分，奖励 {points} 分：{state}").format(
        month=asked.month,
        community=asked.community,
        score=asked.score,
        points=asked.points,
        state=_(STATES[asked.state][0]),
    )
    data = {"assessment": asked.id, "state": asked.state, "points": asked.points, "into": asked.into}
    data["fen"] = asked.backing.fen if asked.backing else None
    return Answer([said, asked.id], data)
