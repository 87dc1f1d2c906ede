"""What the one field of a counter cannot read; each docstring is the sentence that is said."""

from __future__ import annotations

from points.market.errors import MarketError


class MisreadDigits(MarketError):
    """这 8 位数字里有一位不对，什么都没有动。请再看一下，或请对方再念一遍。"""


class UnknownReceipt(MarketError):
    """这个窗口没有凭证号是 {number} 的兑换，什么都没有动。请看小票上写的是哪个超市（驿站）。"""
