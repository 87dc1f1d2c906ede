"""What alliances, contracts and settlements refuse; each docstring is the sentence that is read."""

from __future__ import annotations

from points.errors import PointsError


class AlliedError(PointsError):
    """没有办成，什么都没有记。"""


class BadAlliance(AlliedError):
    """没有“{kind}”这一类，什么都没有记。请选信用联盟或示范点。"""


class UnknownAlliance(AlliedError):
    """没有这个联盟（{alliance}），什么都没有记。"""


class OutsideAlliance(AlliedError):
    """{name}不在“{alliance}”的区划里，没有加入，什么都没有记。请到上一级去办。"""


class BadContract(AlliedError):
    """协议没有记下，请再看一遍。"""


class BadContractDays(BadContract):
    """协议没有记下：最后一天早于第一天。"""


class ContractOverlaps(BadContract):
    """协议没有记下：和 {first} 到 {last} 的那份重叠。先终止那份，或者改日子。"""


class BadContractSponsor(BadContract):
    """协议没有记下：请写明谁出资。"""


class BadContractPrice(BadContract):
    """协议没有记下：结算价要在 0 到 10,000 元之间，物品要是目录里有的。"""


class NotMerchant(AlliedError):
    """{shop}不是联盟商户，什么都没有记。"""


class MonthNotOver(AlliedError):
    """{month} 还没有过完，还不能结算，什么都没有记。"""


class MonthSettled(AlliedError):
    """{month} 已经结算过了，什么都没有再记。"""


class NothingToSettle(AlliedError):
    """到 {month} 为止没有要结算的，什么都没有记。"""


class UnknownSettlement(AlliedError):
    """没有这份对账单，什么都没有记。"""


class SettlementChanged(AlliedError):
    """没有批准，一分都没有动。做好以后又有变动，请重新做一份，再看一遍。"""


class SettlementDecided(AlliedError):
    """这一份已经有人办过了，没有再记。请重新打开看结果。"""


class NotSettlementSecond(AlliedError):
    """没有批准，什么都没有动。要另一位资金管理员、审批人或管理员来看，不能是做这份单子的人和同住的家人。"""


class NotApproved(AlliedError):
    """这份对账单还没有批准，付款没有记下。"""


class BadNote(AlliedError):
    """意见要写 1 到 {most} 个字，什么都没有记。"""


class NotADistrict(AlliedError):
    """社区之间的往来按整个区县来结，没有做。请选区县。"""
