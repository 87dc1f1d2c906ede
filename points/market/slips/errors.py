"""What paper slips refuse; each docstring is the sentence that the counter reads."""

from __future__ import annotations

from points.market.errors import MarketError


class SlipRefused(MarketError):
    """没有记，积分没有扣。"""


class BadSlipCount(SlipRefused):
    """没有印。一次印 1 到 {most} 张。"""


class BadSlipNumber(SlipRefused):
    """没有记，积分没有扣。编号“{text}”不对：照离线单右上角写，如 A-0007-4，再看一遍最后一位。"""


class SlipNotPrinted(SlipRefused):
    """没有记，积分没有扣。这个超市没有印过离线单 {number}。"""


class SlipTaken(SlipRefused):
    """没有再记，积分没有扣。离线单 {number} 已经录过，内容不一样（{by} 录的）。请拿纸单核对；录错的，先退回重录。"""


class SlipUsed(SlipRefused):
    """没有再记，积分没有再扣。离线单 {number} 已经办完了，一张只用一次。"""


class SlipVoided(SlipRefused):
    """没有记，积分没有扣。离线单 {number} 已经作废了。"""


class SlipNotEntered(SlipRefused):
    """没有记，积分没有扣。离线单 {number} 还没有录入。"""


class BadSlipDay(SlipRefused):
    """没有记，积分没有扣。日期要在印单那天（{since}）和今天之间。"""


class SlipChanged(SlipRefused):
    """没有确认，积分没有扣。离线单 {number} 和您看到的不一样了，请对着纸单再看一遍。"""


class OwnSlip(SlipRefused):
    """没有记，积分没有扣。自己的、同住家人的离线单，请别的工作人员来录、来核。"""


class SlipNeedsOther(SlipRefused):
    """没有确认，积分没有扣。要另一个人对着纸单再看一遍：不能是录入的人，也不能和他同住。"""


class SlipWithoutMember(SlipRefused):
    """没有确认，积分没有扣。离线单 {number} 上查不到是谁，只能由超市承担。"""


class BadSlipReason(SlipRefused):
    """没有记。请选一个原因。"""


class SlipMoved(SlipRefused):
    """没有记，积分没有扣。离线单 {number} 刚刚有人办过了，请再看一遍。"""
