"""Entries as pages list them: what it was, who answers for it, how much, and where it opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from starlette.requests import Request

from points.awards.coming import Coming
from points.awards.models import Correction, Verification
from points.openness import masking
from points.people import members
from points.statement import Line
from web import access, text, words
from web.i18n import N_, Say
from web.words import Shown

WHAT = {
    "expire": N_("到期转出"),
    "correct": N_("更正：{reason}"),
    "redemption": N_("兑换{things}"),
    "hold": N_("预留{things}"),
    "release": N_("预留退回：{things}"),
    "undo": N_("更正：退回{things}"),
    "merge": N_("从您的另一个号 {things} 并入"),
    "unmerge": N_("退回 {things}：不是同一个人"),
    "care": N_("社区关爱基金给的"),
}
TOGETHER = {"redemption": N_("家里一起换{things}"), "hold": N_("家里一起预留{things}")}
GIVEN = {
    ("gift", False): N_("送给{who}"),
    ("gift", True): N_("{who}送的"),
    ("ungift", True): N_("收回送给{who}的"),
    ("ungift", False): N_("{who}收回了送的"),
}
"""A gift, and one taken back, by whether it came in."""
FUND = N_("社区关爱基金")
OTHER = N_("其他变动")


@dataclass(frozen=True, slots=True)
class Row:
    """What the macro `entry` shows. `amount` is None while nobody decided; `state` is the kind of its tag."""

    what: object
    amount: int | None
    href: str | None
    notes: tuple[object, ...]
    after: int | None = None
    state: str | None = None


async def of_lines(request: Request, lines: Sequence[Line]) -> list[Row]:
    """Lines of a statement, each opening at why it is there. A constant number of statements."""
    book = access.book(request)
    awards = [line.award for line in lines if line.award]
    verified = Verification.filter(reference__in=awards).using_db(book.reader)
    opens = {row.reference: _award(request, row.contribution) for row in await verified}
    corrected = Correction.filter(of_reference__in=awards).using_db(book.reader)
    undone = {row.of_reference for row in await corrected}
    names = await staff_names(book, (line.by for line in lines))
    kin = await _kin(book, lines)
    return [_row(request, line, opens, undone, names | kin, book.today()) for line in lines]


async def of_coming(request: Request, coming: Sequence[Coming]) -> list[Row]:
    """What is on notice or being checked, each opening at how far it is. Two statements."""
    book = access.book(request)
    names = await staff_names(book, (each.verifier for each in coming))
    return [_coming(request, each, names, book.today()) for each in coming]


async def _kin(book: Any, lines: Sequence[Line]) -> dict[str | None, str]:
    """Masked, those to whom or from whom gifts went. A number stands for an erased name."""
    wanted = {line.what for line in lines if line.kind in ("gift", "ungift") and line.what}
    people = await members.many(book, wanted) if wanted else {}
    named = masking.mask_list({number: one.name for number, one in people.items() if one.name})
    return {number: named.get(number, number) for number in wanted}


async def staff_names(book: Any, numbers: Iterable[str | None]) -> dict[str | None, str]:
    """The names of those who verify and serve: they sign what they do. A number stands for an erased name."""
    wanted = {number for number in numbers if number}
    found = await members.many(book, wanted)
    return {number: found[number].name or number if number in found else number for number in wanted}


def _award(request: Request, contribution: str) -> str:
    return str(request.app.url_path_for("awards.show", contribution=contribution))


def _row(
    request: Request,
    line: Line,
    opens: Mapping[str | None, str],
    undone: set[str],
    names: Mapping[str | None, str],
    today: date,
) -> Row:
    href = opens.get(line.award)
    if href is None and line.position:
        href = str(request.app.url_path_for("ledger.entry", position=line.position))
    notes: list[object] = [words.day(line.on, today)]
    if line.by:
        who = names[line.by]
        notes.append(Say(N_("核实：{who}"), who=who) if line.award else Say(N_("经办：{who}"), who=who))
    if line.joined:
        join = N_("已更正 ↔ 凭证 {n}R") if line.kind == "redemption" else N_("↔ 凭证 {n}")
        notes.append(Say(join, n=line.position if line.kind == "redemption" else line.joined))
    state = "corrected" if line.award in undone or (line.joined and line.kind == "redemption") else None
    amount: int | None = line.amount
    if line.kind == "redemption" and not amount:
        notes.append(Say(N_("预留的时候已经扣了")))
        amount = None
    return Row(_what(line, names), amount, href, tuple(notes), line.balance, state)


def _what(line: Line, names: Mapping[str | None, str]) -> object:
    if (line.kind, line.amount > 0) in GIVEN:
        who = names[line.what] if line.what else Say(FUND)
        return Say(GIVEN[line.kind, line.amount > 0], who=who)
    if line.award:
        return (
            Say(N_("{what} {hours} 小时"), what=line.what, hours=words.hours(line.minutes))
            if line.minutes
            else line.what
        )
    what = (TOGETHER if line.together else WHAT).get(line.kind, OTHER)
    return Say(
        what,
        things=Shown(text.things, line.taken) if line.taken else line.what,
        reason=words.corrected(line.what),
    )


def _in_line(ahead: int) -> Say:
    """Where somebody stands in line for money."""
    if ahead:
        return Say(N_("已核实，等资金，前面还有 {n} 项"), n=ahead)
    return Say(N_("已核实，等资金，排在最前"))


def _coming(request: Request, each: Coming, names: Mapping[str | None, str], today: date) -> Row:
    notes: list[object] = [words.day(each.happened_on, today)]
    if each.ahead is not None:
        notes.append(_in_line(each.ahead))
        state = "waits"
    elif each.points is None:
        notes.append(
            Say(N_("交给{who}核实"), who=names[each.verifier]) if each.verifier else Say(N_("正在找核实人"))
        )
        state = "checking"
    else:
        notes.append(
            Say(N_("公示到 {day}"), day=words.day(each.closes_on - timedelta(days=1), today))
            if each.closes_on
            else Say(N_("等下一次公示"))
        )
        state = "disputed" if each.disputed else "noticed"
    what = (
        Say(N_("{what} {hours} 小时"), what=each.what, hours=words.hours(each.minutes))
        if each.minutes
        else each.what
    )
    return Row(what, each.points, _award(request, each.contribution), tuple(notes), None, state)
