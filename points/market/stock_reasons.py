"""Why stock changes otherwise than by goods coming in and being handed over: short lists of codes with their words."""

from __future__ import annotations

from collections.abc import Mapping

from points.market.errors import NeedsReasonOfStock

LOSSES = {"expired": "过期", "broken": "损坏", "stolen": "丢失、被盗", "other": "其他"}
"""Why goods cannot be handed over any more."""
DELIVERIES = {
    "wrong_quantity": "数量写错",
    "wrong_item": "物品写错",
    "wrong_shop": "超市写错",
    "entered_twice": "记了两次",
    "sent_back": "退回供货方",
}
"""Why a delivery is undone."""
ON_THE_WAY = {
    "short": "少装了",
    "broken": "损坏",
    "lost": "路上丢失",
    "more": "多装了",
    "other": "其他",
}
"""Why another number arrived than was sent."""
COUNTS = {
    "misplaced": "放错了地方",
    "miscounted": "以前数错或记错",
    "unrecorded": "漏记",
    **LOSSES,
}
"""Why the shelf holds another number than the book."""
SOURCES = {"bought": "采购", "donated": "捐赠", "allocated": "上级调拨"}
"""Where a delivery comes from."""


def checked(reason: str, among: Mapping[str, str]) -> str:
    """The code that a code or its word means; raises NeedsReasonOfStock for anything else."""
    said = reason.strip()
    code = {word: code for code, word in among.items()}.get(said, said)
    if code not in among:
        raise NeedsReasonOfStock
    return code
