"""The command by which two people put lost evidence on record; the verb itself is told in evidence/test_losses.py."""

from __future__ import annotations

from points import losses
from points.evidence import checks


def test_only_what_is_missing_can_be_lost() -> None:
    """A text that was changed, or another digest, is never excused."""
    assert checks.CHANGED not in checks.MISSING
    assert checks.DIFFERENT not in checks.MISSING
    assert losses.missing.__doc__
