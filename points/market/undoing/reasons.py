"""Why a redemption is undone: a short list. The code stands in the ledger's evidence, no word that anybody wrote."""

from __future__ import annotations

from datetime import timedelta

from points.market.undoing.errors import UnknownUndoReason

REASONS = {
    "wrong_item": "拿错",
    "broken": "坏了",
    "wrong_person": "输错人",
    "unwanted": "不想要了",
    "other": "其他",
}
"""Every code with its word. A code is never taken out: entries cite it for good."""

OURS = frozenset({"wrong_item", "broken", "wrong_person"})
"""Where it was not they who changed their mind: then nobody loses points whose last day passed meanwhile."""

GRACE = timedelta(days=30)
"""So long such points go on, from the day they come back."""


def read(text: str) -> str:
    """The code that a code or its word means. Raises UnknownUndoReason, which names them all."""
    said = text.strip()
    code = next((code for code, word in REASONS.items() if said in (code, word)), None)
    if code is None:
        raise UnknownUndoReason(reason=said, reasons="、".join(REASONS.values()))
    return code
