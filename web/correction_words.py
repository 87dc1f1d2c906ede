"""Corrections in words: why, how far a request is, and from where to where each line moves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ledger.transactions import Posting
from points import chart
from points.awards import reasons
from web import telling, text, words
from web.i18n import N_, Say

STATES = {
    "open": (N_("等第二个人"), "checking"),
    "approved": (N_("已经批准"), "entered"),
    "refused": (N_("没有批准"), "returned"),
    "lapsed": (N_("已经失效"), "expired"),
    "overtaken": (N_("已经更正"), "corrected"),
}
"""How far a request is, with the look of its tag."""
_PLACES = {
    "noticed": N_("公示中的积分"),
    "disputed": N_("有异议、冻结的积分"),
    "owed": N_("已经用掉的：记作待补"),
    "honour": N_("荣誉分"),
    "hours": N_("志愿时长"),
    "cap": N_("可以再得的上限"),
}
_UNTIL, _FUND = N_("可以用的积分，用到 {day}"), N_("{community} {month}的积分资金")
_OTHERS = {
    chart.EXPIRED: N_("已经到期的积分"),
    chart.SYSTEM_HONOUR: N_("荣誉分总数"),
    chart.SYSTEM_HOURS: N_("时长总数"),
    chart.CAPS: N_("已经用过的上限"),
}


@dataclass(frozen=True, slots=True)
class Moved:
    """One line of a correction: how much of what, from where, to where."""

    amount: int
    unit: Say
    source: object
    target: object


def options() -> list[tuple[str, Say]]:
    """(value, label) of the reasons to choose from."""
    return [(code, words.corrected(code)) for code in reasons.OFFERED]


def lines(postings: Sequence[Posting], names: dict[str, str]) -> list[Moved]:
    """What moves, in words; `names` of communities by code."""
    return [
        Moved(each.amount, telling.unit(each.unit), place(each.source, names), place(each.target, names))
        for each in postings
    ]


def place(address: str, names: dict[str, str]) -> object:
    """An account as people call it."""
    owner, _, rest = address.partition("/")
    if (day := chart.read_until(address)) is not None:
        return Say(_UNTIL, day=text.full_day(day))
    if owner == "fund":
        community, _, month = rest.partition("/")
        return Say(_FUND, community=names.get(community, community), month=text.whole_month(month))
    kind = rest.partition("/")[2].partition("/")[0] if owner == "member" else ""
    return Say(_PLACES[kind]) if kind in _PLACES else Say(_OTHERS.get(address, address))


def communities(postings: Sequence[Posting]) -> list[str]:
    """The codes of the communities whose funds a correction touches."""
    every = [address for each in postings for address in (each.source, each.target)]
    return sorted({address.split("/")[1] for address in every if address.startswith("fund/")})
