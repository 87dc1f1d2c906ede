"""What a counter does besides handing over: undoing, shifts, and what auditors see of both."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.access import Door
from web.again import asked_again
from web.doors.till import RECEIPT
from web.doors.work import AT, AUDIT, COUNTER
from web.i18n import N_
from web.shelves import READERS as STOCK
from web.views import shifts, undoing

READERS = frozenset(undoing.READERS)
SHIFTS, SHIFT = AT + "/shifts", AT + "/shifts/{shift}"

ROUTES: list[BaseRoute] = [
    Door(RECEIPT + "/undo", undoing.new, name="undo", who=COUNTER),
    Door(RECEIPT + "/undo", undoing.create, name="undo.create", who=COUNTER, methods=["POST"]),
    Door(RECEIPT + "/undone", undoing.show, name="undone", who=COUNTER),
    Door(SHIFTS, shifts.index, name="shifts", who=COUNTER),
    Door(SHIFTS, shifts.begin, name="shifts.begin", who=COUNTER, methods=["POST"]),
    Door(SHIFT, shifts.show, name="shift", who=COUNTER | STOCK),
    Door(SHIFT + "/count", shifts.count, name="shift.count", who=COUNTER, methods=["POST"]),
    Door(SHIFT + "/closing", shifts.close, name="shift.close", who=COUNTER, methods=["POST"]),
    Door(SHIFT + "/takeover", shifts.take_over, name="shift.take_over", who=COUNTER, methods=["POST"]),
    Door(
        "/undoings",
        undoing.index,
        name="undoings",
        who=READERS,
        menu=N_("兑换更正"),
        aside=N_("换错的、退回的：一个人不能单独更正时，第二个人看过再同意。"),
    ),
    Door("/undoings/{undoing}", undoing.asked, name="undoing", who=READERS),
    Door(
        "/undoings/{undoing}",
        asked_again(undoing.decide),
        name="undoing.decide",
        who=frozenset(undoing.DECIDERS),
        methods=["POST"],
    ),
    Door(
        "/counter-figures",
        shifts.figures,
        name="counter.figures",
        who=AUDIT,
        menu=N_("兑换台数据"),
        aside=N_("每位经办人一个月：更正的和人工查找的各占多少。"),
    ),
]
