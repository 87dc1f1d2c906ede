"""What openness refuses; each docstring is the sentence a person reads."""

from __future__ import annotations

from points.errors import PointsError


class OpennessError(PointsError):
    """没有公示。"""


class BadDays(OpennessError):
    """公示天数要是 {least} 到 {most} 的整数，不能是 {days}。"""


class UnknownNotice(OpennessError):
    """没有公示 {number}。"""


class UnknownLine(OpennessError):
    """这张公示上没有编号 {code}，请再看一眼。"""


class TooLateToObject(OpennessError):
    """这张公示到 {last} 为止（含当天），现在不能再提异议了，没有记下。觉得积分不对，请到窗口说明，查实了可以更正。"""


class NotYetPublished(OpennessError):
    """这张公示 {first} 才贴出，到那天再提异议。"""


class LineCorrected(OpennessError):
    """这一行在 {day} 已经更正，积分已经收回，不用再提异议或者答复。"""


class ObjectedAlready(OpennessError):
    """您对这一行提过异议，编号 {number}，还在等答复，没有再记一次。"""


class BadObjection(OpennessError):
    """请从列出的原因里选一个；选“其他”要写几句。"""


class UnknownObjection(OpennessError):
    """没有异议 {number}。编号像 Y-ACDE3467，请再看一眼。"""


class AnswerMissing(OpennessError):
    """请写几句为什么这样答复，提异议的人会看到。"""


class RuledAlready(OpennessError):
    """这个异议在 {day} 已经答复过了，没有再答复一次。"""


class OwnRuling(OpennessError):
    """核实过、参加过、提出或代记这个异议的人，和他们的同住家人，都不能答复。请换一位公示员。"""


class NothingToUphold(OpennessError):
    """这一行没有等答复的异议。要收回这些积分，请写明别的原因更正。"""
