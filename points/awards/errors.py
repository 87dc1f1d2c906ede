"""What awards refuse; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class AwardsError(PointsError):
    """没有记分。"""


class BadRuleBook(AwardsError):
    """积分细则有 {count} 处不对，没有发布：{problems}"""


class NoRuleBook(AwardsError):
    """{day} 还没有生效的积分细则，请先发布。"""


class TooEarly(AwardsError):
    """新一版细则最早从 {earliest} 起生效，已经过去的日子不重算；{in_force_from} 太早。"""


class UnknownEvent(AwardsError):
    """找不到事件 {event}。"""


class FundEmpty(AwardsError):
    """{community} {month} 的积分资金不够：已经核实，排队等资金，拨付以后自动入账，不用再核实。"""


class NoArea(AwardsError):
    """事件没有写明社区，先要补上地点才能核实。"""


class WasFalse(AwardsError):
    """这件事查明不实，不用核实了。"""


class NotAssigned(AwardsError):
    """这个事件没有分给 {verifier} 核实。"""


class NotVerifier(AwardsError):
    """{verifier} 在 {area} 没有核实的职责。"""


class OwnEvent(AwardsError):
    """{verifier} 自己参与了这件事，不能核实，要换一位核实人。"""


class OwnHousehold(AwardsError):
    """{verifier} 的同住家人参与了这件事，不能核实，要换一位核实人。"""


class NotYet(AwardsError):
    """事件发生在 {day}，到那天以后才能核实。"""


class AlreadyVerified(AwardsError):
    """这一项已经核实过了，没有重复记分。"""


class NotSettled(AwardsError):
    """这一项这次没有记上：{why}"""


class NoCommunities(AwardsError):
    """{under} 下面没有社区，没有拨付。"""


class BadAmount(AwardsError):
    """积分要写正整数，不能是 {points}。"""


class BadMonth(AwardsError):
    """月份要写成 2018-07 的样子，不能是“{month}”。"""


class BadKey(AwardsError):
    """次序号要用字母、数字、点和连字符，最多 40 个，不能是“{key}”。"""


class AllocatedOtherwise(AwardsError):
    """{under} {month} 的第 {key} 次拨付已经定了 {points} 分，不能改成 {asked} 分；要再拨请换一个次序号。"""


class GoesOver(AwardsError):
    """这是超额拨付，要两个人：请先申请，由另一个人审批。"""


class AllocatedBefore(GoesOver):
    """{names} {month} 已经拨付过，再拨是超额拨付，要两个人：请先申请，由另一个人审批。"""


class BeyondMoney(GoesOver):
    """{points} 分要 {needed} 元，出资只有 {there} 元，超出的是超额拨付，要两个人：请先申请，由另一个人审批。"""


class UnknownSponsor(AwardsError):
    """出资的要在街道、社区、单位、企业捐赠里选一种，不能是“{sponsor}”。"""


class BadMoney(AwardsError):
    """出资要写不小于零的金额，不能是 {fen} 分钱。"""


class NotFundSecond(AwardsError):
    """{member} 不能审批这次拨付：要管这里的资金、审批或管理，又不能是申请人或申请人的同住家人。"""


class UnknownAward(AwardsError):
    """账本里没有这笔奖励：{reference}。"""


class AlreadyCorrected(AwardsError):
    """这笔奖励在 {day} 已经更正过了，没有再更正一次。"""


class NeedsReason(AwardsError):
    """更正要写明原因。"""


class NeedsSecondPerson(AwardsError):
    """更正合计 {points} 分，超过 {limit} 分，要有另一个人同意。"""


class UnknownReason(AwardsError):
    """没有“{reason}”这种原因。请选一种：{reasons}。"""


class NoteMissing(AwardsError):
    """选了“其他”，请写一句说明。"""


class CorrectionChanged(AwardsError):
    """要动的积分在申请以后变了（花掉了、可以用了，或者到期了），没有更正。请再看一眼，重新申请。"""


class UnknownCorrection(AwardsError):
    """没有更正申请 {request}。"""


class CorrectionDecided(AwardsError):
    """这份更正申请已经有人定了，没有再动。"""


class CorrectionLapsed(AwardsError):
    """这份更正申请过了 72 小时，已经失效。要的话请重新申请。"""


class NotSecondPerson(AwardsError):
    """{approver} 不能做第二个人：要有职责，又不能是本人、经办人或他们的同住家人。"""


class OwnCorrection(AwardsError):
    """不能更正自己或同住家人的奖励，请换一位工作人员。"""


class UnknownBatch(AwardsError):
    """没有批次 {batch}。"""


class BatchTooOld(AwardsError):
    """导入超过 {hours} 小时了，不能整批撤回；记错的请一项一项更正。"""


class BatchNotWithdrawable(AwardsError):
    """区划和成员不能整批撤回，因为别的事会靠着它们。请在各自的页面上改。"""


class NobodysBatch(AwardsError):
    """这一批里没有新的事件和参与，没有什么要撤回。"""


class BatchInUse(AwardsError):
    """不能整批撤回，有人在用了：核实 {verified} 项，经手 {handled} 件，别的批次参与 {joined} 项。请一项一项更正。"""


class NoRepeats(AwardsError):
    """要选两件或更多，最多 {most} 件；活动和议事会不算重复上报。"""


class RepeatSettled(AwardsError):
    """已经核实过的不再改：它算不算重复，核实时已经定了。积分给错了，请更正那一笔。"""


class RepeatBusy(AwardsError):
    """正好有别人也在定这几件事，什么都没有记。请再看一眼，再按一次。"""


class DraftChanged(AwardsError):
    """{by} 在您打开以后保存过草稿，您写的没有保存，都还在下面。请对照新的草稿再保存。"""


class UnknownDraft(AwardsError):
    """没有这份草稿：{draft}。"""


class NothingDrafted(AwardsError):
    """还没有保存过草稿，或者草稿和第 {version} 版一字不差，没有什么要发布。"""


class NotEditable(AwardsError):
    """{key} 在全文里的写法，表单改不了；请在全文里改。"""


class NoSuchFigure(AwardsError):
    """全文里没有 {key}，请在全文里改。"""


class UnknownMeeting(AwardsError):
    """找不到会议 {meeting}：要写议事会或决定的编号。"""


class NoMinutes(AwardsError):
    """{meeting} 还没有附件：请先在那件事的页面上附上会议纪要。"""


class AlreadyJudged(AwardsError):
    """{day} 起已经按第 {version} 版核实了 {events} 件事，新一版不能从那天起生效；请从更晚的一天起。"""


class RulesNeedTwo(AwardsError):
    """发布积分细则要两个人：请先申请，由另一位管理员或审批人发布。"""


class UnknownRuleRequest(AwardsError):
    """没有这个发布申请。"""


class RuleRequestChanged(AwardsError):
    """申请的内容和您看到的不一样了，没有发布。请重新看一遍。"""


class RuleRequestLapsed(AwardsError):
    """这个申请过了 72 小时，已经失效，请重新申请。"""


class RuleRequestDecided(AwardsError):
    """这个申请已经有人决定了，没有再决定一次。"""


class OwnRuleRequest(AwardsError):
    """自己申请的，要另一个人来决定。"""


class HouseholdRuleRequest(AwardsError):
    """同住家人申请的，要换一个人来决定。"""


class VersionTaken(AwardsError):
    """这期间已经发布了第 {version} 版，您的草稿是照更早的一版写的，没有发布。请照新的一版重新起草。"""


class BadPeriod(AwardsError):
    """试算的时间不对：从 {first} 到 {last}。要先早后晚，最多 {most} 天。"""


class NothingHappened(AwardsError):
    """从 {first} 到 {last} 没有核实过的事，没有什么可算。换一段时间试试。"""


class UnknownLook(AwardsError):
    """这一笔没有抽到，不用再看一遍。"""


class LookAnswered(AwardsError):
    """这一笔在 {day} 已经有人看过并答复了，没有再记一次。"""
