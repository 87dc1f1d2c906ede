"""What a member owes, in the rows of their statement: why, what settled it, and how much is left."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.requests import Request

from points.awards import owing
from points.awards.owing import Line
from web import access, words
from web.entries import Row
from web.i18n import N_, Say

WHY = {
    "correct": N_("更正时已经用掉的"),
    "vest": N_("新得的积分补上"),
    "merge": N_("从您的另一个号并入"),
    "unmerge": N_("随另一个号退回"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """How much is owed, and the rows that say why."""

    points: int
    rows: tuple[Row, ...]


async def told(request: Request, member: str) -> Told | None:
    """What is owed, in words; None when it is nothing."""
    found = await owing.of(access.book(request), member)
    return Told(found.points, tuple(_row(request, line) for line in found.lines)) if found else None


def _row(request: Request, line: Line) -> Row:
    if line.contribution:
        href = str(request.app.url_path_for("awards.show", contribution=line.contribution))
    else:
        href = str(request.app.url_path_for("ledger.entry", position=line.position))
    what = Say(WHY.get(line.kind, N_("其他变动")))
    notes = (
        words.day(line.on, access.book(request).today()),
        Say(N_("还要补 {n} 分"), n=f"{max(line.left, 0):,}"),
    )
    return Row(what, line.amount, href, notes)
