"""What is said of reservations: until when, how they ended and why, on which days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any

from points.market.redemptions import Line
from web import text
from web.i18n import N_, Say
from web.text import CHINA, day
from web.words import Shown

STATES = {
    "open": N_("等您来取"),
    "picked_up": N_("已经取走"),
    "cancelled": N_("已经取消"),
    "lapsed": N_("过了时间，退回了"),
}
REASONS = {
    "own": N_("本人取消"),
    "asked": N_("本人要求"),
    "gone": N_("货坏了或者找不到"),
    "closed": N_("这里临时不开"),
    "mistake": N_("预留错了"),
}
WHYS = {
    "missing": N_("少了"),
    "extra": N_("多了"),
    "damaged": N_("坏了"),
    "elsewhere": N_("还在路上或别的柜子里"),
}
WEEK = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


def until(at: datetime) -> Shown:
    """The instant at which it lapses, 1月11日 24:00 for the end of a day, on China's clock."""
    return Shown(_until, at)


def _until(at: datetime) -> str:
    here = at.astimezone(CHINA)
    if here.time() == time():
        return f"{day(here - timedelta(days=1))} 24:00"
    return f"{day(here)} {here:%H:%M}"


def weekdays(days: Collection[int]) -> list[Say]:
    """周二、周五 of (2, 5)."""
    return [Say(WEEK[number - 1]) for number in sorted(days)]


def things(lines: Collection[Line]) -> Shown:
    """洗衣液 ×2、香皂, in the language of the page."""
    return Shown(text.things, tuple(lines))


SPOKEN: dict[str, Any] = {"things": things, "until": until, "states": STATES, "reasons": REASONS}
"""What the templates of reservations say with."""
