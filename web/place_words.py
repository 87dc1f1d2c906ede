"""Words for areas, grids, roles and teams, said when they are shown."""

from __future__ import annotations

from web.i18n import N_

LEVELS = {
    "district": N_("区县"),
    "street": N_("镇街"),
    "community": N_("社区/村"),
    "section": N_("片区"),
    "quarter": N_("小区"),
    "grid": N_("网格"),
    "building": N_("楼栋"),
}
KINDS = {"unit": N_("单位型"), "estate": N_("小区型"), "lane": N_("街巷型")}
PAST = {
    "renamed": N_("改名为“{name}”，原来叫“{before}”"),
    "merged": N_("并入{into}"),
    "took_in": N_("并进了{before}"),
    "closed": N_("关闭"),
}
"""What became of an area."""
ROLES = {
    "grid_worker": N_("网格员"),
    "grid_head": N_("网格长"),
    "liaison": N_("网格对接员"),
    "mediator": N_("调解员"),
    "verifier": N_("核实人"),
    "counter": N_("兑换台"),
    "fund_keeper": N_("资金管理员"),
    "notice_publisher": N_("公示员"),
    "stock_keeper": N_("物品管理员"),
    "merchant": N_("联盟商户"),
    "approver": N_("审批人"),
    "admin": N_("管理员"),
    "auditor": N_("审计"),
}
TEAMS = {"team": N_("志愿队"), "studio": N_("调解室")}
STATES = {
    "open": (N_("等审批"), "checking"),
    "approved": (N_("已批准"), "entered"),
    "refused": (N_("没有批准"), "returned"),
    "lapsed": (N_("过了 72 小时"), "expired"),
}
"""How far a request for a role is, and the look of its tag."""
