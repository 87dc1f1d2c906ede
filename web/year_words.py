"""A community's year in words: the lines of its statement, for the page, for paper and for a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from points.awards.years.figures import Figures
from web.i18n import N_, Say
from web.i18n import gettext as _
from web.sheets import Sheet

REASONS = {
    "figures": N_("数字不对"),
    "unfinished": N_("还有没办完的事"),
    "not_now": N_("现在不结算"),
    "other": N_("其他"),
}
"""Why a request to close a year is refused."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, the sign it is added with (+, −, = or none) and its number."""

    label: Say
    sign: str
    number: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the statement that anybody can add up, its last line being the sum."""

    title: Say
    unit: Say
    lines: tuple[Line, ...]


FUND = (
    (N_("年初还有"), "", "opening"),
    (N_("今年拨入"), "+", "issued"),
    (N_("奖励用去"), "−", "awarded"),
    (N_("更正退回"), "+", "corrected"),
    (N_("其他变动"), "+", "moved"),
    (N_("年末还有"), "=", "left"),
)
MEMBERS = (
    (N_("年初在大家手里"), "", "opening"),
    (N_("奖励得到"), "+", "awarded"),
    (N_("更正收回"), "−", "corrected"),
    (N_("兑换用掉"), "−", "spent"),
    (N_("退还"), "+", "returned"),
    (N_("到期"), "−", "expired"),
    (N_("其他变动"), "+", "moved"),
    (N_("年末在大家手里"), "=", "left"),
)
WHERE = (
    (N_("公示中"), "", "noticed"),
    (N_("有异议，冻结"), "+", "disputed"),
    (N_("可以用的积分"), "+", "usable"),
    (N_("已预留"), "+", "held"),
    (N_("待补"), "−", "owed"),
    (N_("年末在大家手里"), "=", "left"),
)
GOODS = (N_("物品"), N_("年初"), N_("进货"), N_("换出"), N_("损耗"), N_("其他变动"), N_("年末库存"))
WAITING = {
    "unverified": N_("还没核实"),
    "unnoticed": N_("还没公示"),
    "noticed": N_("还在公示"),
    "frozen": N_("有异议，冻结"),
    "asked": N_("申请了更正"),
}
"""What is not at its end yet: `points.awards.years.waiting.KINDS`, for the catalogue."""


def parts(told: Figures) -> list[Part]:
    """The parts in points, in the order of the statement."""
    points = Say(N_("分"))
    return [
        Part(Say(N_("积分资金")), points, _lines(FUND, told.fund)),
        Part(Say(N_("居民的积分")), points, _lines(MEMBERS, told.members)),
        Part(Say(N_("年末的积分在哪里")), points, _lines(WHERE, told.members)),
    ]


def _lines(named: tuple[tuple[str, str, str], ...], values: object) -> tuple[Line, ...]:
    return tuple(Line(Say(label), sign, int(getattr(values, name))) for label, sign, name in named)


def others(told: Figures) -> list[tuple[Say, Say]]:
    """What stands beside the sums: vested, honour, hours, and what the shops took."""
    own = told.members
    return [
        (Say(N_("转为可用")), Say(N_("{n} 分"), n=f"{own.vested:,}")),
        (Say(N_("超市收到")), Say(N_("{n} 分"), n=f"{told.taken:,}")),
        (
            Say(N_("荣誉分")),
            Say(N_("得 {n}，更正 {back}"), n=f"{own.honour:,}", back=f"{own.honour_corrected:,}"),
        ),
        (
            Say(N_("志愿时长（分钟）")),
            Say(N_("得 {n}，更正 {back}"), n=f"{own.minutes:,}", back=f"{own.minutes_corrected:,}"),
        ),
    ]


def goods(told: Figures, names: Mapping[int, str]) -> list[list[str | int]]:
    """A row for each thing: its name, and how many at each step."""
    return [
        [names.get(g.item, f"item:{g.item}"), g.opening, g.received, g.handed_out, g.lost, g.moved, g.left]
        for g in told.goods
    ]


def sheets(told: Figures, names: Mapping[int, str], above: list[str]) -> list[Sheet]:
    """The statement as sheets: the sums in points, and the goods."""
    rows: list[list[str | int]] = []
    for part in parts(told):
        rows += [[str(part.title), line.sign, str(line.label), line.number] for line in part.lines]
    rows += [[_("其他"), "", str(label), str(value)] for label, value in others(told)]
    headings = [_("部分"), _("加减"), _("项目"), _("积分")]
    stock = [_(each) for each in GOODS]
    return [
        Sheet(_("年终结算单"), above, headings, rows, (18, 6, 24, 14)),
        Sheet(_("库存"), above, stock, goods(told, names), (20, *(10,) * 6)),
    ]
