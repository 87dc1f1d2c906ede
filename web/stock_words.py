"""What is said of stock: reasons, sources, the states of requests and counts."""

from __future__ import annotations

from web.i18n import N_

REASONS = {
    "expired": N_("过期"),
    "broken": N_("损坏"),
    "stolen": N_("丢失、被盗"),
    "other": N_("其他"),
    "wrong_quantity": N_("数量写错"),
    "wrong_item": N_("物品写错"),
    "wrong_shop": N_("超市写错"),
    "entered_twice": N_("记了两次"),
    "sent_back": N_("退回供货方"),
    "short": N_("少装了"),
    "lost": N_("路上丢失"),
    "more": N_("多装了"),
    "misplaced": N_("放错了地方"),
    "miscounted": N_("以前数错或记错"),
    "unrecorded": N_("漏记"),
    "": "",
}
"""Every code of points.market.stock_reasons in words, for the catalogue."""
SOURCES = {"bought": N_("采购"), "donated": N_("捐赠"), "allocated": N_("上级调拨")}
STATES = {
    "open": (N_("等人审批"), "checking"),
    "asked": (N_("等人审批"), "checking"),
    "approved": (N_("已批准"), "entered"),
    "refused": (N_("没有批准"), "returned"),
    "lapsed": (N_("已失效"), "returned"),
}
COUNT_STATES = {
    **STATES,
    "open": (N_("还没有记数"), "checking"),
    "entered": (N_("有差异，要说明"), "checking"),
    "agrees": (N_("数目相符"), "entered"),
}
"""How far a count is."""
REQUESTS = {"loss": N_("报损"), "count": N_("盘点更正"), "delivery": N_("进货更正")}
"""What a request asks for."""
MOVES = {
    "delivery": N_("进货"),
    "undo-delivery": N_("进货更正"),
    "loss": N_("报损"),
    "transfer": N_("调货"),
    "arrival": N_("到货"),
    "count": N_("盘点更正"),
    "redemption": N_("兑换"),
}
"""Why an item came or went, by the kind of the entry; what else there is, its kind's own word says."""
OURS = frozenset({"delivery", "undo-delivery", "loss", "transfer", "arrival", "count"})
"""Kinds of entries that touch no member: whoever keeps stock may open them."""
