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


class StockError(MarketError):
    """库存没有动。"""


class TooFewThere(StockError):
    """没有办成，库存没有动。{item}现在只有 {left} 份，不够 {wanted} 份。请先看一下架上和账上。"""


class UnknownDelivery(StockError):
    """没有这一笔进货，什么都没有记。"""


class DeliveryCorrected(StockError):
    """这一笔进货已经更正过了，没有再动库存。"""


class NeedsReasonOfStock(StockError):
    """请选一个原因，什么都没有记。"""


class StockNeedsTwo(StockError):
    """要两个人，库存没有动。一个人一个月在一个超市最多报损 {most} 元，这次 {yuan} 元。请提交，等另一个人批。"""


class StockNeedsOther(StockError):
    """要另一个人来办，什么都没有记。经手的人和他的同住家人都不行。"""


class SameShop(StockError):
    """没有调出，库存没有动。请选另一个超市。"""


class UnknownTransfer(StockError):
    """没有这一次调货，什么都没有记。"""


class TransferArrived(StockError):
    """这一次调货已经收过了，没有再动库存。"""


class UnknownCount(StockError):
    """没有这一次盘点，什么都没有记。"""


class CountEntered(StockError):
    """这一次盘点的数已经记下了，不能再改。数错了请重新开一张盘点表。"""


class NotOnThisSheet(StockError):
    """没有记下。这张盘点表只数交班时和账上不一样的，{items}不在里面。要数别的请另开一张。"""


class NothingDiffered(StockError):
    """没有开盘点表。这个班还没有交，或者交班时和账上都一样。"""


class CountNotEntered(StockError):
    """这一次盘点还没有记数，请先把数填上。"""


class MovedWhileCounted(StockError):
    """没有记下。{items}在您数的时候动过，请把这几样再数一遍，改好再交。别的数都还在。"""


class MovedSinceCounted(StockError):
    """没有批准，库存没有动。{items}在盘点以后进过货、报过损、调过货或另外盘过，请重新盘这几样。"""


class ReasonOfDifference(StockError):
    """没有提交。{item}差 {difference} 份，请选一个原因。"""


class UnknownStockRequest(StockError):
    """没有这个申请，什么都没有记。"""


class LimitReached(MarketError):
    """没有换成，积分没有扣。“{item}”{per}每{of}最多换 {most} 份，这一期还可以换 {left} 份，{again} 起可以再换。"""


class NotForThem(MarketError):
    """没有换成，积分没有扣。“{item}”{why}。请看看别的物品，或者问管理员。"""


class BadTerm(MarketError):
    """限量或者谁可以换写得不对，什么都没有记：{problem}。"""


class WrongShop(MarketError):
    """没有换成，积分没有扣。{shop}不在您所在社区的联盟里，请到您那里目录上的超市（驿站）去换。"""


class NoContract(MarketError):
    """没有换成，积分没有扣。和{shop}的协议今天不在期限内，请到别的超市（驿站）去换。"""


class MerchantLooksUp(MarketError):
    """没有找人，什么都没有记。商户只能扫积分卡，或输 8 位出示码。忘带了，请到社区的超市去换。"""


class StockDayPast(StockError):
    """{day} 已经过去了，什么都没有记。请写今天或以后的日子。"""


class BadHours(MarketError):
    """星期{day}的时间“{text}”看不懂，什么都没有记。请写成 9:00-12:00，14:00-17:30，不开就空着。"""


class BadShop(MarketError):
    """超市（驿站）的资料不对，什么都没有记：{problem}。"""


class ShopClosed(MarketError):
    """没有换成，积分没有扣。{shop}关掉了，请到别的超市（驿站）。"""


class GoodsHeld(MarketError):
    """没有关：还有 {held} 份是给人预留的，来取完或者取消了再关。"""


class NoSupplier(StockError):
    """请写清货从哪里来：来源，和供货或捐赠的单位（1 到 {most} 个字）。什么都没有记。"""


class NotSentHere(StockError):
    """这一次调货里没有这样东西，什么都没有记。"""


class ReasonOfArrival(StockError):
    """没有收。{item}发出 {sent} 份，到了 {arrived} 份，请选一个原因。"""


class TakenOut(MarketError):
    """没有换成，积分没有扣。“{item}”不换了，请看看别的物品。"""


class UnknownShift(MarketError):
    """没有这一班，什么都没有记。"""


class BadCount(MarketError):
    """还没有记下盘点：每一样都要填 0 到 {most} 的整数，架上没有的填 0。"""


class CountedOtherwise(MarketError):
    """这一班已经盘点过了，数字不一样，没有再记。有出入请在差异后面写明。"""


class NotCounted(MarketError):
    """这一班还没有盘点交班，什么都没有记。请先盘点。"""


class DifferenceUnexplained(MarketError):
    """还没有交班：{item}的盘点和账上不一样，请写一句为什么；不知道就写“不知道”。"""


class NotYourHandOver(MarketError):
    """没有接班：自己交的班要另一位工作人员来接。"""


class TakenOver(MarketError):
    """这一班已经有人接了，没有再记。"""


class BadDeliverySheet(StockError):
    """这个文件读不成一张进货单，什么都没有记：{problems}。改好再选一次，或者直接填数量。"""


class TwoForCut(MarketError):
    """没有定价：“{item}”从 {before} 分降到 {points} 分，降了一半以上，要另一个人批。"""


class NotPriceSecond(MarketError):
    """{member} 不能审批这次降价：要审批人或管理员，又不能是申请人或申请人的同住家人。"""
