"""What is refused when a team or studio spends; each docstring is the sentence the counter reads."""

from __future__ import annotations

from points.market.errors import MarketError


class NoLeader(MarketError):
    """没有换成，积分没有扣。{group}还没有负责人，请网格长或管理员先定一位。"""


class LeaderChanged(MarketError):
    """没有换成，积分没有扣。{group}的负责人刚刚换了，请重新选一次。"""


class NotSecond(MarketError):
    """没有换成，积分没有扣。要{group}名册上另一位队员一起同意，不能是负责人本人，也不能是同住的家人。"""


class OwnGroup(MarketError):
    """没有换成，积分没有扣。您自己或家人在{group}里，请另一位工作人员来办。"""
