"""Reservations: a member's own, at a counter, and at unmanned stations."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.access import ANYONE, MEMBER, Door
from web.doors.work import AT, COUNTER
from web.views import pick_ups, reservations, stations

ONE = "/reservations/{reservation}"
GIVEN = AT + "/pick-up/{given}"
CANCEL = AT + "/reservations/{reservation}/cancellation"
DAY = AT + "/lockers/days/{day}"
STATION = "/stations/{shop:int}"

ROUTES: list[BaseRoute] = [
    Door("/reservations", reservations.index, name="reservations", who=MEMBER),
    Door("/reservations", reservations.create, name="reservations.create", who=MEMBER, methods=["POST"]),
    Door("/reservations/new", reservations.choose, name="reservations.new", who=MEMBER),
    Door("/reservations/check", reservations.check, name="reservations.check", who=MEMBER),
    Door(ONE, reservations.show, name="reservations.show", who=MEMBER),
    Door(ONE + "/cancellation", reservations.ask_cancel, name="reservations.cancellation", who=MEMBER),
    Door(
        ONE + "/cancellation", reservations.cancel, name="reservations.cancel", who=MEMBER, methods=["POST"]
    ),
    Door(AT + "/pick-up", pick_ups.ask, name="pick_up", who=COUNTER),
    Door(AT + "/pick-up", pick_ups.look, name="pick_up.look", who=COUNTER, methods=["POST"]),
    Door(GIVEN, pick_ups.check, name="pick_up.check", who=COUNTER),
    Door(GIVEN, pick_ups.create, name="pick_up.create", who=COUNTER, methods=["POST"]),
    Door(AT + "/reservations", pick_ups.index, name="shop_reservations", who=COUNTER),
    Door(AT + "/pick-up-days", pick_ups.choose_days, name="pick_up_days", who=COUNTER, methods=["POST"]),
    Door(CANCEL, pick_ups.ask_cancel, name="shop_reservations.cancellation", who=COUNTER),
    Door(CANCEL, pick_ups.cancel, name="shop_reservations.cancel", who=COUNTER, methods=["POST"]),
    Door(AT + "/lockers", stations.lockers, name="lockers", who=COUNTER),
    Door(AT + "/lockers", stations.fill, name="lockers.fill", who=COUNTER, methods=["POST"]),
    Door(AT + "/lockers/poster", stations.poster, name="lockers.poster", who=COUNTER),
    Door(DAY, stations.day, name="station_day", who=COUNTER),
    Door(DAY, stations.sign, name="station_day.sign", who=COUNTER, methods=["POST"]),
    Door(STATION, stations.show, name="station", who=ANYONE),
    Door(STATION, stations.look, name="station.look", who=ANYONE, methods=["POST"]),
    Door(STATION + "/{given}", stations.check, name="station.check", who=ANYONE),
    Door(STATION + "/{given}", stations.create, name="station.take", who=ANYONE, methods=["POST"]),
]
