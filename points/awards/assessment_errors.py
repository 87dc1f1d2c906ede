"""What assessments refuse; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.awards.errors import AwardsError


class BadScore(AwardsError):
    """考核得分要写 0 到 {most} 的整数。"""


class MonthNotOver(AwardsError):
    """{month} 还没有过完，过完以后再考核。"""


class NotAssessor(AwardsError):
    """{member} 不能考核{area}：由上一级的网格长、资金管理员或管理员考核社区，不考核自己的。"""


class NoReward(AwardsError):
    """积分细则里没有奖励 {score} 分的考核，没有记。细则里写 earns = "community" 的条目才奖励社区。"""


class AssessedBefore(AwardsError):
    """这个社区的 {month} 已经考核过，或者正等着审批；一个月只奖励一次。"""


class NotAssessmentSecond(AwardsError):
    """{member} 不能审批这次考核：要另一人，不是考核的人，也不和考核的人同住；超过 500 分的由资金管理员或审批人审批。"""


class BadDocument(AwardsError):
    """文件号最多 {most} 个字，不要换行，什么都没有记。"""
