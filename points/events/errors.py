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
