"""What the people's room refuses; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class UnknownArea(PointsError):
    """没有区划 {code}。"""


class UnknownMember(PointsError):
    """没有找到成员 {member}。"""


class BadName(PointsError):
    """姓名“{name}”不对：要 1 到 40 个字，不能有控制字符。"""


class BadPhone(PointsError):
    """手机号“{phone}”不对：要以 1 开头的 11 位数字。"""


class BadBirthday(PointsError):
    """生日“{birthday}”不对：请写成月-日，如 03-12。"""


class BadKind(PointsError):
    """没有“{kind}”这种成员类别。"""


class BadLevel(PointsError):
    """成员要登记在社区，{code} 是{level}。"""


class PhoneTaken(PointsError):
    """手机号 {phone} 已经登记给另一位成员。"""


class EnrolledOtherwise(PointsError):
    """这次登记已经办过（{member}），但当时填的{column}不同，没有再登记。"""


class NotAllowed(PointsError):
    """{member} 在这里没有“{role}”的权限。"""


class NobodyToAllow(NotAllowed):
    """没有 {member} 这个人，办不了需要“{role}”的事。"""


class NotAllowedYet(NotAllowed):
    """{member} 从 {day} 起才有“{role}”的权限，这件事的日子更早。"""


class UnknownRole(PointsError):
    """没有“{role}”这种角色。"""


class OwnRole(PointsError):
    """不能给自己授予或收回角色。"""


class RolesClash(PointsError):
    """{member} 已经是“{held}”，不能同时是“{role}”。"""


class UnknownGrant(PointsError):
    """没有这条授权：{grant}。"""


class PepperUnusable(PointsError):
    """密码和口令的密钥文件 {path} 不能用：{problem}。"""


class WeakPin(PointsError):
    """这个密码太容易猜：{why}。请换一个 6 位数字。"""


class WeakPassword(PointsError):
    """这个口令不行：{why}。"""


class BadCardNumber(PointsError):
    """卡号是 8 位数字，请再看一下。"""


class CardStopped(PointsError):
    """这张卡已停用，换了新卡吗？"""


class UnknownCard(PointsError):
    """没有找到这张卡。"""


class AskMore(PointsError):
    """只用手机尾号找人，还要姓氏和生日，如：5678 王 03-12。"""


class BadAreaName(PointsError):
    """区划的名字要 1 到 80 个字，不能有控制字符。"""


class BadAreaLevel(PointsError):
    """{upper}下面不能直接设{level}。"""


class AreaFull(PointsError):
    """{name} 的三位编号用完了，请把不用的网格合并。"""


class AreaGone(PointsError):
    """{name} 已经合并或关闭了。"""


class CannotMerge(PointsError):
    """{name} 不能并入 {into}：要同一级，而且不能是自己或自己下面的。"""


class NotEmpty(PointsError):
    """{name} 下面还有 {below}，请先合并或关闭它们。"""


class BadGridKind(PointsError):
    """没有“{kind}”这种网格。"""


class BadHouseholds(PointsError):
    """户数要填 0 到 100000 的整数。"""


class NoGrid(PointsError):
    """{name} 不是网格，没有服务联系卡。"""


class UnknownBranch(PointsError):
    """没有党支部 {branch}。"""


class HouseholdRole(PointsError):
    """不能给自己的同住家人授予角色，也不能审批。"""


class NeedsApproval(PointsError):
    """“{role}”要两个人：一人申请，另一人审批。请先提出申请；还没有审批人的，先设一位审批人。"""


class UnknownRequest(PointsError):
    """没有这个申请：{request}。"""


class RequestDecided(PointsError):
    """这个申请已经办过了。"""


class RequestLapsed(PointsError):
    """这个申请过了 72 小时，已经失效，请重新申请。"""


class RequestChanged(PointsError):
    """您看到的和申请的不一样，没有审批。请重新打开这一页。"""


class OwnRequest(PointsError):
    """自己申请的不能自己审批，也不能审批给自己的角色。"""


class BadConsent(PointsError):
    """没有“{consent}”这种同意。"""


class NeedsGuardian(PointsError):
    """未满 14 岁，要监护人同意：请写下监护人的姓名和手机。"""


class BadBirthYear(PointsError):
    """出生日期不对：要是今天以前的日子。"""


class BadLanguage(PointsError):
    """没有“{language}”这种语言。"""


class NotAField(PointsError):
    """不能改“{field}”。能改的是姓名、手机和出生日期。"""


class Erased(PointsError):
    """{member} 的个人信息已经删除，不能再改。"""


class StaffElsewhere(PointsError):
    """工作人员由管理员另外登记，不在窗口登记。"""


class BadTeamName(PointsError):
    """志愿队和调解室的名字要 1 到 80 个字。"""


class TeamTaken(PointsError):
    """“{name}”已经登记过，编号是 {number}。"""


class UnknownTeam(PointsError):
    """没有志愿队或调解室 {team}。"""


class NotStaff(PointsError):
    """{member} 不是工作人员，用 6 位数字的密码，请到兑换台设。"""


class SamePassword(PointsError):
    """这就是别人给的那个口令，请换一个只有您知道的。"""


class OwnPassword(PointsError):
    """自己的口令请另一位管理员来重设。"""


class UnknownHousehold(PointsError):
    """没有家庭户 {household}。"""


class NoHousehold(PointsError):
    """{member} 不在任何家庭户里。"""


class NotTheirGuardian(PointsError):
    """要本人同意；未满 14 岁的，由住在一起的监护人同意，或者请监护人到窗口办。"""


class NotOneHousehold(PointsError):
    """要分出去的人得在同一户里，而且不能是全户。"""


class SameHousehold(PointsError):
    """要并入的是同一户。"""


class OwnHousehold(PointsError):
    """自己家的事请同事来办。"""


class ChangedSince(PointsError):
    """后来 {member} 又有变动，不能再撤销这一次；请先撤销后来的。"""


class UnknownChange(PointsError):
    """没有这次家庭户变动。"""


class UnknownPoster(PointsError):
    """这张海报已经不用了，或者没有这张海报。"""


class UnknownApplication(PointsError):
    """没有这份报名，请再看一下编号。"""


class AlreadyDecided(PointsError):
    """这份报名已经办过了。"""


class BadRefusal(PointsError):
    """没有“{reason}”这种不通过的原因。"""


class PosterTooHigh(PointsError):
    """报名的海报要挂在社区或网格，不能挂在“{level}”。"""


class ErasureNotAsked(PointsError):
    """还没有人为 {member} 登记删除申请，或者申请过了 72 小时。"""


class ErasureNeedsOther(PointsError):
    """删除要由申请人以外的管理员批准，也不能是本人或同住的家人。"""


class StillWorks(PointsError):
    """{member} 还有工作角色，请先收回再删除。"""


class BadReason(PointsError):
    """没有“{reason}”这种删除原因。"""
