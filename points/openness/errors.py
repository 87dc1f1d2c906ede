"""What openness refuses; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class OpennessError(PointsError):
    """没有公示。"""


class BadDays(OpennessError):
    """公示天数要是 {least} 到 {most} 的整数，不能是 {days}。"""


class UnknownNotice(OpennessError):
    """没有公示 {number}。"""
