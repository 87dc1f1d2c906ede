"""Redemptions undone in words: why, and how far a request is."""

from __future__ import annotations

from web.correction_words import STATES
from web.i18n import N_, Say

__all__ = ["REASONS", "SHIFTS", "STATES", "reason"]
REASONS = {
    "wrong_item": N_("拿错"),
    "broken": N_("坏了"),
    "wrong_person": N_("输错人"),
    "unwanted": N_("不想要了"),
    "other": N_("其他"),
}
"""By the code in the ledger's evidence."""

SHIFTS = {
    "open": (N_("在当班"), "checking"),
    "counted": (N_("盘点了，还没交班"), "checking"),
    "closed": (N_("交班了，等人接"), "noticed"),
    "taken": (N_("有人接班了"), "entered"),
}
"""How far a shift is, with the look of its tag."""


def reason(code: str) -> Say:
    """Why, in words."""
    return Say(REASONS.get(code, code))
