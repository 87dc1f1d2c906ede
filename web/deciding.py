"""The second person's word on a page: the form it is given with, and why somebody may not give it."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Literal

from pydantic import Field

from points.errors import PointsError
from web.forms import FormModel, Line
from web.i18n import N_, Say
from web.refusals import said


class Decision(FormModel):
    """What was seen, and what is said to it."""

    digest: Line = Field(title=N_("申请的内容"), max_length=80)
    decision: Literal["approve", "refuse"] = Field(title=N_("审批"))

    @property
    def approved(self) -> bool:
        """Whether the word is yes."""
        return self.decision == "approve"


async def why_not(allowed: Awaitable[object]) -> Say | None:
    """Why the one who reads may not decide, as `allowed` refuses it; None when they may."""
    try:
        await allowed
    except PointsError as refusal:
        return said(refusal)
    return None
