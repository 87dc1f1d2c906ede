"""What is in the open: notices, objections to them, and the answers."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.access import ANYONE, Door
from web.i18n import N_
from web.views import notices, objections

LINE = "/notices/{notice}/lines/{code}"

ROUTES: list[BaseRoute] = [
    Door("/notices", notices.index, name="notices", who=ANYONE, menu=N_("公示")),
    Door("/notices", notices.publish, name="notices.publish", who=notices.PUBLISHERS, methods=["POST"]),
    Door("/notices/{notice}", notices.show, name="notice", who=ANYONE),
    Door(LINE, notices.line, name="notice.line", who=ANYONE),
    Door(LINE, notices.create, name="notice.object", who=ANYONE, methods=["POST"]),
    Door(
        "/objections",
        objections.index,
        name="objections",
        who=objections.READERS,
        menu=N_("异议"),
        aside=N_("有人对公示的一行不同意：看一看，答复。"),
    ),
    Door("/objections/{objection}", objections.show, name="objection", who=ANYONE),
    Door(
        "/objections/{objection}/ruling",
        objections.rule,
        name="objection.rule",
        who=objections.RULERS,
        methods=["POST"],
    ),
]
