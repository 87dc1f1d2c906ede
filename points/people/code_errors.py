"""What codes and printed cards refuse; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class CodeUnknown(PointsError):
    """没有找到这个出示码，没有办理。请对方再打开“出示码”，念一遍现在的 8 位数字，也可以用积分卡。"""


class CodeOver(PointsError):
    """这个出示码 {until} 已经到时间了，没有办理。请对方按“出示新的码”，再念一遍。"""


class CodeUsed(PointsError):
    """这个出示码 {used} 已经用过一次了，没有办理。请对方按“出示新的码”，再念一遍。"""


class GuessedTooOften(PointsError):
    """没有找到人的号码输得太多，先停 {minutes} 分钟，谁的积分都没有动。扫积分卡或出示码的二维码不受影响。"""


class BadKeyOfPage(PointsError):
    """这一页太旧了，什么也没有办。请重新打开再按一次。"""
