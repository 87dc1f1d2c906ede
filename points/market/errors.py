"""What the market refuses; each docstring is the sentence the counter or the resident reads."""

from __future__ import annotations

from points.errors import PointsError


class MarketError(PointsError):
    """没有换成，积分没有扣。"""


class BadBasket(MarketError):
    """选的物品有问题，积分没有扣。"""


class EmptyBasket(BadBasket):
    """还没有选物品，积分没有扣。请先选一样。"""


class FullBasket(BadBasket):
    """一次最多换 {most} 种物品，积分没有扣。请分几次换。"""


class BadQuantity(BadBasket):
    """“{entry}”的数量要是 1 到 {most} 的整数，积分没有扣。"""


class UnknownItem(BadBasket):
    """目录里没有“{name}”，什么都没有记。"""


class MistakenItem(UnknownItem):
    """目录里没有“{name}”，什么都没有记。是不是要找：{near}？"""


class NoPrice(MarketError):
    """没有换成，积分没有扣。“{item}”在 {on} 还没有定价。"""


class OutOfStock(MarketError):
    """没有换成，积分没有扣。{item}只剩 {left} 份了，不够 {wanted} 份。"""


class SoldOut(OutOfStock):
    """没有换成，积分没有扣。{item}刚被换完了。"""


class NotEnough(MarketError):
    """换不了，积分没有扣。还差 {missing} 分。"""


class PartsChanged(MarketError):
    """没有换成，谁的积分都没有扣。家里各人出多少刚刚变了，请再看一遍。"""


class OwnRedemption(MarketError):
    """没有换成，积分没有扣。不能给自己兑换，请另一位工作人员来办。"""


class HouseholdRedemption(MarketError):
    """没有换成，积分没有扣。不能给同住的家人兑换，请另一位工作人员来办。"""


class UnknownShop(MarketError):
    """没有第 {shop} 号超市（驿站），什么都没有记。"""


class ShopNotOpen(MarketError):
    """没有换成，积分没有扣。{shop}从 {opened_on} 起才开。"""


class UnknownCustomer(MarketError):
    """没有换成，积分没有扣。找不到成员 {member}，请再看一下号码。"""


class BadKey(MarketError):
    """这一页的编号不对，什么都没有记。请退回上一页，重新打开再办。"""


class NameTaken(MarketError):
    """“{name}”这个名字已经有了（第 {number} 号），什么都没有记。请换一个名字。"""


class BadName(MarketError):
    """名字要有 1 到 {most} 个字，什么都没有记。"""


class BadFigure(MarketError):
    """{what}要是 {least} 到 {most} 的整数，什么都没有记。"""


class PriceTooSoon(MarketError):
    """新的价格最早从 {earliest} 起，今天的价格不能改，什么都没有记。"""


class NoDocument(MarketError):
    """进货要有单据号（1 到 {most} 个字），什么都没有记。"""


class BadCatalogue(MarketError):
    """物品目录有问题，什么都没有记：{problems}"""
