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


class BadDecision(PointsError):
    """会上定的事里没有“{decision}”，或者没有写是谁。请从列出的里面选。"""


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


class InCampaign(PointsError):
    """这件事已经记在一个专项行动名下了。"""


class NotOfCampaign(PointsError):
    """这件事不在行动的地方，或者不在行动的日子里，没有记。"""


class CampaignTooLate(PointsError):
    """这件事已经核实过，分已经按当时的情况算好，不能再记到专项行动名下。"""


class UnknownCampaign(PointsError):
    """没有这个专项行动。"""


class BadAttachment(PointsError):
    """这个文件不能用：{problem}。"""


class TooManyAttachments(PointsError):
    """一件事最多 {most} 个附件。"""


class PaperNamesParties(PointsError):
    """调解的材料上有当事人的姓名，原件留在调解室，不在这里加。"""


class UnknownAttachment(PointsError):
    """没有这个附件，或它已经删除。"""


class UnknownReport(PointsError):
    """没有找到这个编号。请照着上报时给的编号再输一次。"""


class UnknownMediation(PointsError):
    """没有这件调解。"""


class BadDispute(PointsError):
    """没有“{dispute}”这一类纠纷。"""


class NeedsParties(PointsError):
    """当事人和事由都要写：封存以后只有经手的调解员和审计看得到。"""


class MediationRecorded(PointsError):
    """这件调解已经记了结果。记错了，请核实人退回，或由网格长查明不实以后另记一件。"""


class MediationOver(PointsError):
    """这件调解已经查明不实，不能再记。"""


class BadOutcome(PointsError):
    """结果和协议对不上：{problem}。"""


class BadShares(PointsError):
    """份额不对：{problem}。"""


class UnknownStudio(PointsError):
    """没有编号是 {studio} 的调解室。"""


class BadFollowUp(PointsError):
    """回访的日子不对：{problem}。"""


class NotFollowed(PointsError):
    """还没有结果，不用回访。"""


class SealUnreadable(PointsError):
    """封存的内容打不开：{problem}。请用当时的封存钥匙，或从备份找回原样。"""


class SealKeyUnusable(PointsError):
    """封存钥匙文件 {path} 不能用：{problem}。"""


class SealClosed(PointsError):
    """当事人封存着：只有经手这件事的调解员和审计能打开，每次都记在账上。"""


class SealGone(PointsError):
    """当事人的内容已经销毁，打不开了。"""


class BadSealReason(PointsError):
    """请选一个打开或销毁的理由。"""
