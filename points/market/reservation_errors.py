"""What is refused about reservations; each docstring is the sentence the counter or the resident reads."""

from __future__ import annotations

from points.market.errors import MarketError


class ReservationError(MarketError):
    """没有办成，积分和货都没有动。"""


class UnknownReservation(ReservationError):
    """没有这份预留，什么都没有动。"""


class UnknownPickUpCode(ReservationError):
    """没有办成，积分和货都没有动。这里没有这个兑换码：请再看一下 8 位数字，也看看预留的是不是这一家。"""


class TooManyGuesses(ReservationError):
    """没有办成，积分和货都没有动。这里错的兑换码太多了，请等 {minutes} 分钟再试；码在“我的预留”里。"""


class TooManyOpen(ReservationError):
    """没有预留，积分没有动。一个人最多同时预留 {most} 份，请先去取，或者取消一份。"""


class ReservedPartsChanged(ReservationError):
    """没有预留，谁的积分都没有动。家里各人出多少刚刚变了，请再看一遍。"""


class PriceChanged(ReservationError):
    """没有预留，积分没有动。价格刚刚变了，请再看一遍。"""


class AlreadyPickedUp(ReservationError):
    """这份预留已经取走了（{on}），没有重复扣，请不要再交一次货。"""


class AlreadyCancelled(ReservationError):
    """这份预留已经取消了（{on}），积分退回去了，不能再取。想要请重新换。"""


class AlreadyLapsed(ReservationError):
    """这份预留过了时间，积分退回去了，不能再取。想要请重新换。"""


class StillWaiting(ReservationError):
    """还没有放进柜子，先不要按。放好以后“我的预留”里会写柜号；有问题请打电话或到窗口。"""


class NotAStation(ReservationError):
    """{shop}有人值守，不用放柜子，在窗口取就行。什么都没有记。"""


class BadLocker(ReservationError):
    """柜号要是 1 到 10 个数字或字母，什么都没有记。"""


class NoCancelReason(ReservationError):
    """请选一个取消的原因，什么都没有动。"""


class BadPickUpDays(ReservationError):
    """取货的日子要从周一到周日里选，什么都没有改。"""


class DaySigned(ReservationError):
    """这一天已经对过账，签过字了，不能再改。"""


class DayNotCounted(ReservationError):
    """每一样都要数，什么都没有记。请把没有填的填上。"""


class DayWithoutReason(ReservationError):
    """没有签。{item}账上 {there}、数出来 {counted}，请选一个原因。"""


class DayMoved(ReservationError):
    """没有签。您数的时候又有人取走或退回，请再看一遍数。"""
