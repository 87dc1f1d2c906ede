"""The site map: every URL, its method, its view and who may; nothing else. Its order is that of the menu."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.doors import (
    assessing,
    closing,
    counter,
    desk,
    events,
    front,
    giving,
    honours,
    market,
    merchants,
    openness,
    people,
    reservations,
    rules,
    slips,
    stock,
    till,
    work,
)

ROUTES: list[BaseRoute] = [
    *front.ROUTES,
    *honours.ROUTES,
    *market.ROUTES,
    *work.ROUTES,
    *counter.ROUTES,
    *stock.ROUTES,
    *reservations.ROUTES,
    *till.ROUTES,
    *giving.ROUTES,
    *slips.ROUTES,
    *merchants.ROUTES,
    *events.ROUTES,
    *desk.ROUTES,
    *assessing.ROUTES,
    *openness.ROUTES,
    *closing.ROUTES,
    *people.ROUTES,
    *rules.ROUTES,
]
