"""The desk of those who work here: after their daily work, so that nobody lands on it who has another place."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.access import Door
from web.i18n import N_
from web.views import areas, desk

ROUTES: list[BaseRoute] = [
    Door("/desk", desk.show, name="desk", who=areas.STAFF, menu=N_("要办的事")),
]
