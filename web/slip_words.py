"""What is said of paper slips: their states, and the reasons for which they are sent back, cancelled or borne."""

from __future__ import annotations

from web.i18n import N_, Say

STATES = {
    "": (N_("还没用"), "held"),
    "entered": (N_("等人核对"), "checking"),
    "kept": (N_("等人核对"), "checking"),
    "loss_asked": (N_("等人定损失"), "checking"),
    "redeemed": (N_("已入账"), "entered"),
    "lost": (N_("超市承担"), "corrected"),
    "void": (N_("已作废"), "returned"),
}
"""By the last step of a slip."""
STEPS = {
    "entered": N_("录入"),
    "returned": N_("退回重录"),
    "redeemed": N_("核对，入账"),
    "loss_asked": N_("提出由超市承担"),
    "kept": N_("不由超市承担"),
    "lost": N_("由超市承担"),
    "void": N_("作废"),
}
SEND_BACK = {"misread": N_("录错了"), "unclear": N_("字看不清"), "other": N_("其他")}
VOID = {"spoilt": N_("写坏了"), "missing": N_("丢了"), "unused": N_("不再用了")}
LOSS = {
    "short": N_("积分不够"),
    "expired": N_("积分已到期"),
    "sold_out": N_("账上没有这么多"),
    "limit": N_("超过限量，或者不能换"),
    "nobody": N_("查不到是谁"),
    "other": N_("其他"),
}


def reason(code: str) -> Say | str:
    """A reason in words; "" where none was asked."""
    words = {**SEND_BACK, **VOID, **LOSS}
    return Say(words[code]) if code in words else ""
