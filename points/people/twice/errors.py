"""What merging two numbers refuses; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class MergedInto(PointsError):
    """{member} 已经并入 {into}，请用 {into} 办。"""


class SameMember(PointsError):
    """要合并的是同一个号。"""


class OwnMerge(PointsError):
    """自己的号和同住家人的号，请同事来合并。"""


class StaffMerge(PointsError):
    """工作人员的号不能合并。"""


class WorksStill(PointsError):
    """{member} 还有工作角色，请先收回再合并。"""


class HomesDiffer(PointsError):
    """{member} 住在 {home}，{kept} 不在这一户：请先让两个号住在同一户，或让 {member} 搬出，再合并。"""


class MergeNeedsOther(PointsError):
    """这次合并要两个人：先由一位登记，再由另一位在 72 小时内批准。"""


class BadMergeReason(PointsError):
    """没有“{reason}”这种合并原因。"""


class UnknownMerge(PointsError):
    """没有这次合并。"""


class MergeSpent(PointsError):
    """合并以后 {member} 的积分用掉了、到期了，或者抵了待补的，退不回原样，没有撤销。"""


class MergeCorrected(PointsError):
    """合并以后更正过 {member} 的积分，退不回原样，没有撤销。"""


class MergeDisputed(PointsError):
    """合并以后 {member} 的积分因为异议冻结过或者解冻过，退不回原样，没有撤销。"""
