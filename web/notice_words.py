"""Notices and objections in words."""

from __future__ import annotations

from points.openness import objections
from points.openness.board import Row
from web import mediation_words, words
from web.i18n import N_, Say

REASONS = {
    "hours": N_("时长不对"),
    "person": N_("不是本人做的"),
    "nothing": N_("没有这回事"),
    "twice": N_("同一件事记了两次"),
    "points": N_("分数算得不对"),
    "other": N_("其他"),
}
assert REASONS == objections.REASONS
STATES = {
    "open": N_("等答复"),
    "upheld": N_("异议成立，积分已经收回"),
    "dismissed": N_("异议不成立"),
    "corrected": N_("这一行已经更正，积分已经收回"),
}


def what(row: Row) -> object:
    """The category of a line; of a mediation only that it is one, and its class."""
    if row.mediation is None:
        return words.category(row.category)
    told = mediation_words.OUTCOMES.get(row.mediation)
    return Say(N_("调解：{how}"), how=Say(told)) if told else Say(N_("调解"))
