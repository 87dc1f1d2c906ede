"""What closing a year refuses; each docstring is the sentence people read."""

from __future__ import annotations

from points.awards.errors import AwardsError


class NoYear(AwardsError):
    """{area} 没有 {year} 年的结算单：只有社区有，从 2000 年到今年。"""


class YearNotOver(AwardsError):
    """{year} 年还没有过完，到 {day} 起才能结算。"""


class YearClosed(AwardsError):
    """{year} 年已经结算过了，没有再结算一次。"""


class YearNotAsked(AwardsError):
    """{year} 年还没有人申请结算，或者申请过了 72 小时。请先申请。"""


class YearNeedsOther(AwardsError):
    """结算要两个人：确认的人不能是申请的人，也不能是同住家人。"""


class YearChanged(AwardsError):
    """账本上的数字在申请以后变了，没有结算。请再看一眼，重新申请。"""


class YearNoReason(AwardsError):
    """退回要选一个原因，什么都没有记。"""
