"""Reasons of corrections: a short list. The code stands in the ledger's evidence, no word that anybody wrote."""

from __future__ import annotations

from points.awards.errors import NeedsReason, UnknownReason

REASONS = {
    "wrong_person": "记错人",
    "entered_twice": "重复入账",
    "not_true": "情况不实",
    "wrong_hours": "时长不对",
    "wrong_sum": "算错",
    "returned_item": "退回物品",
    "objection_upheld": "异议成立",
    "event_false": "事件查明不实",
    "event_reopened": "事件重新办理",
    "other": "其他",
}
"""Every code with its word. A code is never taken out: entries cite it for good."""

OFFERED = ("wrong_person", "entered_twice", "not_true", "wrong_hours", "wrong_sum", "other")
"""Those that somebody chooses for an award; the others are given by the verb that corrects."""

_CODES = {word: code for code, word in REASONS.items()}


def read(text: str) -> str:
    """The code that a code or its word means; raises NeedsReason for nothing and UnknownReason for anything else."""
    said = text.strip()
    if not said:
        raise NeedsReason
    code = _CODES.get(said, said)
    if code not in REASONS:
        raise UnknownReason(reason=said, reasons="、".join(OFFERED))
    return code


def word(reason: str) -> str:
    """What a row's reason says: the word of a code; a row from before there was a list says it itself."""
    return REASONS.get(reason, reason)
