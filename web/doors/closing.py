"""Corrections, what expires, and the year's end."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.awards.correction_rights import APPROVERS, CORRECTORS
from web.access import Door
from web.again import asked_again
from web.i18n import N_
from web.views import corrections, expiring, years

AWARD = "/awards/{contribution}/correction"
REQUEST = "/corrections/{correction}"
YEAR = "/years/{area}/{year:int}"

ROUTES: list[BaseRoute] = [
    Door(
        "/corrections",
        corrections.index,
        name="corrections",
        who=corrections.READERS,
        menu=N_("更正"),
        aside=N_("一个人不能单独更正的，第二个人看过再同意。"),
    ),
    Door(REQUEST, corrections.show, name="correction", who=corrections.READERS),
    Door(
        REQUEST,
        asked_again(corrections.decide),
        name="correction.decide",
        who=APPROVERS,
        methods=["POST"],
    ),
    Door(AWARD, corrections.new, name="correction.new", who=CORRECTORS),
    Door(AWARD, corrections.create, name="correction.create", who=CORRECTORS, methods=["POST"]),
    Door(
        "/expiring",
        expiring.show,
        name="expiring",
        who=expiring.READERS,
        menu=N_("快到期的积分"),
        aside=N_("谁的积分快到期，打印名单和小条去告诉他们。"),
    ),
    Door("/expiring/slips", expiring.slips, name="expiring.slips", who=expiring.READERS),
    Door(
        "/years",
        years.index,
        name="years",
        who=years.READERS,
        menu=N_("年终结算"),
        aside=N_("一个社区一年的积分，两个人对过就封账。"),
    ),
    Door(YEAR, years.show, name="year", who=years.READERS),
    Door(YEAR + "/statement.xlsx", years.sheet, name="year.sheet", who=years.READERS),
    Door(YEAR + "/request", years.ask, name="year.ask", who=years.ASKERS, methods=["POST"]),
    Door(YEAR + "/refusal", years.refuse, name="year.refuse", who=years.CONFIRMERS, methods=["POST"]),
    Door(YEAR + "/closing", years.confirm, name="year.confirm", who=years.CONFIRMERS, methods=["POST"]),
]
