"""What an undoing refuses; each docstring is the sentence the counter reads."""

from __future__ import annotations

from points.market.errors import MarketError


class UnknownRedemption(MarketError):
    """没有编号是“{reference}”的兑换，什么都没有记。"""


class UnknownUndoReason(MarketError):
    """没有更正，积分和物品都没有动。请选一个原因：{reasons}。"""


class UndoNoteMissing(MarketError):
    """没有更正，积分和物品都没有动。选“其他”要写一句为什么。"""


class NothingComesBack(MarketError):
    """没有更正，积分和物品都没有动。请填退回几件：至少一件，最多是当时换的件数。"""


class OwnUndo(MarketError):
    """没有更正，积分和物品都没有动。不能更正自己或同住家人的兑换，请另一位工作人员来办。"""


class UndoNeedsSecond(MarketError):
    """没有更正，积分和物品都没有动。一个人更正只限自己经办、同一班、{minutes} 分钟内；请交给另一个人同意。"""


class UndoNotSecond(MarketError):
    """没有更正，积分和物品都没有动。要另一位工作人员同意：不是申请的人，也不是本人或同住的家人。"""


class UndoneOtherwise(MarketError):
    """这一笔已经更正过了（{number}），不能再更正一次，积分和物品没有再动。"""


class TillSettled(MarketError):
    """没有更正，积分和物品都没有动。{shop}这个月已经结算，收到的积分还差 {missing} 分才够退。请先找资金管理员。"""


class RestNotAgreed(MarketError):
    """没有更正，积分和物品都没有动。家里有人已经不合用积分了，不能只退一部分；请整笔更正，再重新换。"""


class UndoRequestChanged(MarketError):
    """没有更正，积分和物品都没有动。这份申请和您看到的不一样了，请再看一遍。"""


class UndoRequestDecided(MarketError):
    """这份申请已经有人答复了，没有再动什么。"""


class UndoRequestLapsed(MarketError):
    """没有更正，积分和物品都没有动。这份申请过了 72 小时，已经失效，要的话请重新申请。"""


class UnknownUndoRequest(MarketError):
    """没有这份更正申请，什么都没有记。"""
