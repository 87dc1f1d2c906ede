"""Hours, stars, levels and periods as pages and papers call them."""

from __future__ import annotations

from points.honours import spans
from points.honours.spans import Span
from points.honours.stars import Rank
from web import text
from web.i18n import N_, Say
from web.words import Shown

STARS = (
    N_("还没有星"),
    N_("一星志愿者"),
    N_("二星志愿者"),
    N_("三星志愿者"),
    N_("四星志愿者"),
    N_("五星志愿者"),
)
LEVELS = (
    N_("还没有荣誉级"),
    N_("荣誉一级"),
    N_("荣誉二级"),
    N_("荣誉三级"),
    N_("荣誉四级"),
    N_("荣誉五级"),
)


def duration(minutes: int) -> Say:
    """3 小时 20 分钟, 3 小时, 20 分钟."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return Say(N_("{hours} 小时"), hours=text.thousands(hours))
    if not hours:
        return Say(N_("{rest} 分钟"), rest=rest)
    return Say(N_("{hours} 小时 {rest} 分钟"), hours=text.thousands(hours), rest=rest)


def star(rank: Rank) -> Say:
    """二星志愿者."""
    return Say(STARS[rank.reached])


def level(rank: Rank) -> Say:
    """荣誉二级."""
    return Say(LEVELS[rank.reached])


def to_next_star(rank: Rank) -> Say | None:
    """离三星志愿者还差 20 小时; None after the last."""
    if rank.next_at is None:
        return None
    return Say(N_("离{what}还差 {left}"), what=Say(STARS[rank.reached + 1]), left=duration(rank.left))


def to_next_level(rank: Rank) -> Say | None:
    """离荣誉二级还差 20 分; None after the last."""
    if rank.next_at is None:
        return None
    return Say(
        N_("离{what}还差 {left} 分"), what=Say(LEVELS[rank.reached + 1]), left=text.thousands(rank.left)
    )


def period(name: str) -> Say | Shown:
    """2026年10月, 2026年第三季度, 2026年."""
    span = spans.read(name)
    assert span is not None, "only periods that were read are named"
    if len(name) == 4:
        return Say(N_("{year}年"), year=name)
    if "Q" in name:
        return Say(QUARTERS[int(name[-1]) - 1], year=name[:4])
    return Shown(_month, span)


QUARTERS = (N_("{year}年第一季度"), N_("{year}年第二季度"), N_("{year}年第三季度"), N_("{year}年第四季度"))


def _month(span: Span) -> str:
    return text.month(span.first)
