"""What hours and honours refuse; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class HonoursError(PointsError):
    """没有办成。"""


class BadCertificatePeriod(HonoursError):
    """没有开：起止日期不对，最晚到今天，开始不能在结束以后。"""


class NothingToCertify(HonoursError):
    """没有开：这些天里没有核实过的志愿时长。"""


class BadCertificateNumber(HonoursError):
    """这不是证明编号：编号是 16 位数字，请对照证明再看一下。"""


class UnknownCertificate(HonoursError):
    """没有这个编号的证明。请对照证明再看一下；还是没有，就不是我们开的。"""


class ForgottenMember(HonoursError):
    """没有开：这位成员的个人信息已经删除。"""


class BadBoardPeriod(HonoursError):
    """“{period}” 不是一个期间，请写成 2026-10、2026-Q3 或 2026。"""


class PeriodNotOver(HonoursError):
    """没有封榜：{period} 到 {last} 才结束，过了那天再封。"""


class NobodyOnBoard(HonoursError):
    """没有封榜：这个期间没有同意上榜又得过荣誉分的人。"""


class UnknownBoard(HonoursError):
    """没有这张光荣榜。"""
