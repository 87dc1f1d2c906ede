"""What giving refuses; each docstring is the sentence that the giver, or who keeps the care fund, reads."""

from __future__ import annotations

from points.market.errors import MarketError


class GiftRefused(MarketError):
    """没有送成，积分没有动。"""


class NotTogether(GiftRefused):
    """没有送成，积分没有动。积分只能送给住在一起的家里人，或者社区的关爱基金。"""


class OwnGift(GiftRefused):
    """没有送成，积分没有动。不能送给自己。"""


class StaffGift(GiftRefused):
    """没有送成，积分没有动。在这里有职责的工作人员和商户，不能送，也不能收。"""


class ChildGift(GiftRefused):
    """没有送成，积分没有动。未满 14 岁可以收，不能送。"""


class GiftTooLarge(GiftRefused):
    """没有送成，积分没有动。自己能用的积分还差 {missing} 分。"""


class GiftsUsedUp(GiftRefused):
    """没有送成，积分没有动。一个月最多送 {limit} 分，这个月还能送 {left} 分。"""


class BadGift(GiftRefused):
    """没有送成，积分没有动。送多少要写 1 到 {most} 的整数。"""


class UnknownGift(GiftRefused):
    """没有找到这次赠送，什么都没有记。"""


class NotTheirGift(GiftRefused):
    """没有收回，积分没有动。只有送的人自己，或者窗口替他，才能收回。"""


class GiftTooOld(GiftRefused):
    """没有收回，积分没有动。送出的当天才能收回；家里人愿意的话，可以再送回来。"""


class GiftSpent(GiftRefused):
    """没有收回，积分没有动。对方已经用掉了。"""


class CareRefused(MarketError):
    """关爱基金的积分没有动。"""


class BadCare(CareRefused):
    """关爱基金的积分没有动。要写给谁、多少分（1 到 {most}）和原因。"""


class CareShort(CareRefused):
    """关爱基金的积分没有动。基金里现在有 {left} 分，不够 {points} 分。"""


class CareElsewhere(CareRefused):
    """关爱基金的积分没有动。{member} 不是这个社区的成员。"""


class CareForStaff(CareRefused):
    """关爱基金的积分没有动。在这里有职责的工作人员和商户，不能从关爱基金得到积分。"""


class CareForOwn(CareRefused):
    """关爱基金的积分没有动。不能给自己，也不能给同住的家里人，请另一位工作人员来办。"""


class NotCareSecond(CareRefused):
    """关爱基金的积分没有动。要另一个人来定：不是提出的人，不和提出的人、收的人同住。"""
