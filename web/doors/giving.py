"""Giving: at home, at the counter, and the care fund."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.market.giving import care_requests
from web.access import MEMBER, Door
from web.again import asked_again
from web.i18n import N_
from web.views import care, counter_giving, giving

COUNTER = frozenset({"counter"})
READERS = frozenset(care_requests.READERS)
KEEPERS = frozenset({care_requests.KEEPER})
SECOND = frozenset(care_requests.APPROVERS)
AT = "/counter/{shop:int}/giving/{order}"

ROUTES: list[BaseRoute] = [
    Door("/giving", giving.index, name="giving", who=MEMBER),
    Door("/giving", giving.create, name="giving.create", who=MEMBER, methods=["POST"]),
    Door("/giving/look", giving.look, name="giving.look", who=MEMBER),
    Door("/gifts/{gift}", giving.show, name="gift", who=MEMBER),
    Door("/gifts/{gift}/undoing", giving.undo, name="gift.undo", who=MEMBER, methods=["POST"]),
    Door(AT, counter_giving.show, name="counter.giving", who=COUNTER),
    Door(AT, counter_giving.create, name="counter.giving.create", who=COUNTER, methods=["POST"]),
    Door("/care", care.mine, name="care", who=MEMBER),
    Door(
        "/care/funds",
        care.index,
        name="care.funds",
        who=READERS,
        menu=N_("关爱基金"),
        aside=N_("居民送来的积分：提出给谁，另一个人来定。"),
    ),
    Door("/care/funds/{area}", care.show, name="care.fund", who=READERS),
    Door("/care/funds/{area}", care.ask, name="care.ask", who=KEEPERS, methods=["POST"]),
    Door("/care/requests/{request}", care.show_request, name="care.request", who=READERS),
    Door(
        "/care/requests/{request}", asked_again(care.decide), name="care.decide", who=SECOND, methods=["POST"]
    ),
]
