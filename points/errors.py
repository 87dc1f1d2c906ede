"""What this house refuses, in the manner of ledger.errors: the docstring is the sentence a person reads."""

from __future__ import annotations

from typing import Any


class PointsError(Exception):
    """办不了。"""

    def __init__(self, **facts: Any) -> None:
        super().__init__()
        self.facts = facts

    @property
    def template(self) -> str:
        """The untranslated sentence, the key of its translation."""
        return (type(self).__doc__ or "").strip()

    def __str__(self) -> str:
        return self.template.format(**self.facts)


class ReasonMissing(PointsError):
    """请写明原因。"""


class OnePersonTwice(PointsError):
    """要两个人：批准的人不能是本人，也不能是同住家人。"""


class NothingLost(PointsError):
    """见证过的历史这本账里都在，不用恢复。"""


class NoEvidenceLost(PointsError):
    """没有要记下的：每一笔的凭据都在，或者已经记过丢失。"""


class NotThemself(PointsError):
    """{number} 的口令不对，没有办理。"""


class TooMuchLost(PointsError):
    """{entries} 笔还没有送到第二处，最早的已等 {seconds} 秒，应在 {most} 秒内；jishan ship 在运行吗？"""
