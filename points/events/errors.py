"""What the events' room refuses; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class UnknownEvent(PointsError):
    """没有这件事：{event}。"""


class UnreadableFile(PointsError):
    """读不了 {file}：{problem}。"""


class MissingColumns(PointsError):
    """{file} 缺少这些列：{missing}。文件里有：{found}。"""


class NeedsSource(PointsError):
    """{file} 里没有说事件来自哪个平台，请用 --source 说明。"""


class PlanOutdated(PointsError):
    """做好计划以后账本变了（{problem}），已导入的都在，请再运行一次。"""


class BadCategory(PointsError):
    """没有“{category}”这一类事件。"""


class NothingToAmend(PointsError):
    """没有什么要改：社区、类别和程度都和现在一样。没有社区的事先定社区。"""


class EventSettled(PointsError):
    """这件事已经核实过，不能再改。记错的奖励请更正。"""


class StepNotOpen(PointsError):
    """现在不能记“{step}”：这件事{state}。"""


class UnknownUnit(PointsError):
    """没有单位 {unit}。"""


class NeedsUnit(PointsError):
    """推送部门、会商和吹哨都要选单位。"""


class BadUnit(PointsError):
    """单位代码“{code}”不对：1 到 32 个字母、数字或短横。"""


class UnitTaken(PointsError):
    """单位代码 {code} 已经给了{name}。"""


class UnknownDispatch(PointsError):
    """没有这次派遣。"""


class BadTime(PointsError):
    """时间不对：{problem}。"""


class BadPlace(PointsError):
    """事情要记在社区或网格，{code} 是{level}。"""


class NotGathering(PointsError):
    """这件事不是活动，也不是议事会，没有签到。"""


class NotReporter(PointsError):
    """只有上报的人能评价这件事。"""


class NotYetHandled(PointsError):
    """还没有办，办完再评价。"""


class BadStars(PointsError):
    """评价是 1 到 5 颗星。"""


class BadCampaign(PointsError):
    """专项行动要有名字，结束不能早于开始。"""


class UnknownCampaign(PointsError):
    """没有这个专项行动。"""


class BadAttachment(PointsError):
    """这个文件不能用：{problem}。"""


class TooManyAttachments(PointsError):
    """一件事最多 {most} 个附件。"""


class UnknownAttachment(PointsError):
    """没有这个附件，或它已经删除。"""


class UnknownReport(PointsError):
    """没有找到这个编号。请照着上报时给的编号再输一次。"""
