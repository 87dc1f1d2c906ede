"""Shops and items in words: when one is open, how many one may have, who may have it, who pays for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from points.market.item_changes import BACKINGS
from points.market.limits import Left
from points.market.opening_hours import State, Week
from points.market.opening_hours import said as times_said
from points.market.shop_changes import KINDS, Standing
from points.market.terms import OF, PERS, Limit, Terms
from points.people import kinds
from web import text
from web.i18n import N_, Say

DAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))
ITEM_KINDS = {"goods": N_("物品"), "service": N_("服务"), "honour": N_("荣誉")}
_MOST = {
    ("member", "day"): N_("每天限 {most}"),
    ("member", "week"): N_("每周限 {most}"),
    ("member", "month"): N_("每月限 {most}"),
    ("member", "year"): N_("每年限 {most}"),
    ("household", "day"): N_("每户每天限 {most}"),
    ("household", "week"): N_("每户每周限 {most}"),
    ("household", "month"): N_("每户每月限 {most}"),
    ("household", "year"): N_("每户每年限 {most}"),
}
_LEFT = {
    "day": N_("{limit}，今天还可换 {left}"),
    "week": N_("{limit}，本周还可换 {left}"),
    "month": N_("{limit}，本月还可换 {left}"),
    "year": N_("{limit}，今年还可换 {left}"),
}
CHANGED = {
    "name": N_("名字"),
    "name_en": N_("英文名"),
    "about": N_("说明"),
    "about_en": N_("英文说明"),
    "cost_fen": N_("成本（分钱）"),
    "backing": N_("谁出资"),
    "photo": N_("照片"),
    "out": N_("不换了"),
    "kind": N_("哪一种"),
    "hours": N_("开放时间"),
    "closed": N_("关了"),
}
STATES = {
    "open": (N_("等另一人审批"), "checking"),
    "approved": (N_("已经批准"), "entered"),
    "refused": (N_("没有批准"), "returned"),
    "lapsed": (N_("过期了"), "expired"),
}


def kind(standing: Standing) -> Say:
    """What a shop is."""
    return Say(KINDS[standing.kind])


def item_kind(which: str) -> Say:
    """Goods, a service or an honour."""
    return Say(ITEM_KINDS[which])


def backing(which: str) -> Say:
    """Who pays for an item."""
    return Say(BACKINGS[which])


def limit(one: Limit) -> Say:
    """每月限 2."""
    return Say(_MOST[one.of, one.per], most=one.most)


def left(one: Left) -> Say:
    """每月限 2，本月还可换 1."""
    return Say(_LEFT[one.limit.per], limit=limit(one.limit), left=max(one.left, 0))


def spent(one: Left, today: date) -> Say:
    """When there is more of what is used up."""
    return Say(
        N_("{limit}，换满了，{day}起可以再换"), limit=limit(one.limit), day=text.day(one.limit.again(today))
    )


def audience(asked: Terms, names: dict[str, str]) -> list[Say | str]:
    """Who may have an item, in a few words each; nothing when everybody may."""
    told: list[Say | str] = [Say(kinds.NAMES[each]) for each in sorted(asked.kinds) if each in kinds.NAMES]
    told += [names.get(code, code) for code in asked.areas]
    if asked.least is not None:
        told.append(Say(N_("{n} 岁起"), n=asked.least))
    if asked.oldest is not None:
        told.append(Say(N_("到 {n} 岁"), n=asked.oldest))
    return told


def days(first: int, last: int) -> Say:
    """周一至周五; Monday is 1."""
    if (first, last) == (1, 7):
        return Say(N_("每天"))
    if first == last:
        return Say(DAYS[first - 1])
    return Say(N_("{first}至{last}"), first=Say(DAYS[first - 1]), last=Say(DAYS[last - 1]))


def week(whole: Week) -> list[tuple[Say, str]]:
    """Days and times, closed days too: `—`."""
    return [(days(first, last), times_said(spans) or "—") for first, last, spans in whole.runs]


def hours(standing: Standing) -> list[Say | str]:
    """The hours on few lines: of a week that can be read in the language of the page, else as they were written."""
    whole = standing.week
    if whole is None:
        return [standing.hours] if standing.hours else []
    return [
        Say(N_("{days} {times}"), days=label, times=times) for label, times in week(whole) if times != "—"
    ]


def state(now: State | None, at: datetime) -> Say | None:
    """Whether it is open; None where nobody knows."""
    if now is None:
        return None
    if now.open:
        return Say(N_("现在开着，到 {until}"), until=now.until)
    if now.opens is None:
        return Say(N_("现在关着"))
    ahead = (now.opens.date() - at.date()).days
    clock = now.opens.strftime("%H:%M")
    if ahead == 0:
        return Say(N_("现在关着，今天 {clock} 开"), clock=clock)
    if ahead == 1:
        return Say(N_("现在关着，明天 {clock} 开"), clock=clock)
    return Say(N_("现在关着，{day} {clock} 开"), day=text.day(now.opens.date()), clock=clock)


def special(standing: Standing, today: date) -> Sequence[tuple[date, Say | str]]:
    """The days to come that differ from the week."""
    return [
        (day, times_said(spans) or Say(N_("不开")))
        for day, spans in sorted(standing.days.items())
        if day >= today
    ]


def changed(what: str) -> Say | str:
    """What a row of changes is about; a single day is its date."""
    return Say(CHANGED[what]) if what in CHANGED else what


def term(what: str) -> Say:
    """What a row of an item's terms is about."""
    if what.startswith("limit:"):
        _, of, per = what.split(":")
        return Say(N_("{per}每{of}"), per=Say(PERS[per]), of=Say(OF[of]))
    return Say({"kinds": N_("哪几类成员"), "areas": N_("哪些地方的成员"), "ages": N_("几岁到几岁")}[what])


def value(what: str, said: str) -> Say | str:
    """What it became: codes in words, everything else as it was written."""
    if what == "backing" and said in BACKINGS:
        return Say(BACKINGS[said])
    if what == "kind" and said in KINDS:
        return Say(KINDS[said])
    if said and what in ("photo", "out", "closed"):
        return Say(N_("有"))
    return said or "—"


def state_of(which: str) -> Say:
    """How a request stands."""
    return Say(STATES[which][0])
