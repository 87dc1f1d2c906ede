"""Monthly assessments of communities."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.awards import assessments as rooms_assessments
from web.access import Door
from web.again import asked_again
from web.i18n import N_
from web.views import assessments

ASSESSORS = frozenset(rooms_assessments.ASSESSORS)
DECIDERS = frozenset(rooms_assessments.DECIDERS)
READERS = frozenset(assessments.READERS)
ONE = "/assessments/{assessment}"

ROUTES: list[BaseRoute] = [
    Door(
        "/assessments",
        assessments.index,
        name="assessments",
        who=READERS,
        menu=N_("月度考核"),
        aside=N_("按月给社区打分，奖励积分资金。"),
    ),
    Door("/assessments", assessments.create, name="assessments.create", who=ASSESSORS, methods=["POST"]),
    Door(ONE, assessments.show, name="assessments.show", who=READERS),
    Door(ONE, asked_again(assessments.decide), name="assessments.decide", who=DECIDERS, methods=["POST"]),
]
