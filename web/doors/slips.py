"""Paper slips of a shop, for its counter staff."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.access import Door
from web.views import slip_entry, slips

COUNTER = frozenset({"counter"})
AT = "/counter/{shop:int}/slips"

ROUTES: list[BaseRoute] = [
    Door(AT, slips.index, name="slips", who=COUNTER),
    Door(AT, slips.create, name="slips.create", who=COUNTER, methods=["POST"]),
    Door(AT + "/entry", slip_entry.enter, name="slips.enter", who=COUNTER),
    Door(AT + "/entry", slip_entry.create_entry, name="slips.entered", who=COUNTER, methods=["POST"]),
    Door(AT + "/batches/{series}", slips.batch, name="slips.batch", who=COUNTER),
    Door(AT + "/batches/{series}/paper", slips.paper, name="slips.paper", who=COUNTER),
    Door(AT + "/batches/{series}/slips.pdf", slips.as_pdf, name="slips.pdf", who=COUNTER),
    Door(AT + "/{number}", slips.show, name="slip", who=COUNTER),
    Door(AT + "/{number}", slips.change, name="slip.change", who=COUNTER, methods=["POST"]),
]
