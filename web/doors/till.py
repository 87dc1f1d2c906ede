"""What stands at a till beside the counter itself: its lock, its paper, its second screens."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web.access import ANYONE, MEMBER, Door
from web.doors.work import AT, COUNTER
from web.views import prints, redemptions, screens, team_spending, tills

TEAM, TEAM_ORDER = AT + "/teams/{team}", AT + "/team-orders/{order}"
RECEIPT = AT + "/redemptions/{position:int}"

ROUTES: list[BaseRoute] = [
    Door("/lock", tills.lock, name="lock", who=MEMBER, methods=["POST"]),
    Door("/locked", tills.locked, name="locked", who=MEMBER, locked=True),
    Door("/locked", tills.unlock, name="unlock", who=MEMBER, methods=["POST"], locked=True),
    Door("/till/paper", prints.choose_paper, name="till.paper", who=COUNTER, methods=["POST"]),
    Door(AT + "/screens", tills.beside, name="till.screens", who=COUNTER),
    Door(AT + "/screens", tills.pair, name="till.pair", who=COUNTER, methods=["POST"]),
    Door(AT + "/orders/{order}/agreement", redemptions.agreement, name="redemption.agreement", who=COUNTER),
    Door(AT + "/screens/part", tills.part, name="till.part", who=COUNTER, methods=["POST"]),
    Door(AT + "/redemptions", redemptions.index, name="redemptions", who=COUNTER),
    Door(RECEIPT + "/prints", prints.create, name="prints.create", who=COUNTER, methods=["POST"]),
    Door(RECEIPT + "/prints/{print:int}", prints.show, name="prints", who=COUNTER),
    Door(TEAM, team_spending.choose, name="team.spending", who=COUNTER),
    Door(TEAM, team_spending.order, name="team.spending.order", who=COUNTER, methods=["POST"]),
    Door(TEAM_ORDER, team_spending.check, name="team.order", who=COUNTER),
    Door(TEAM_ORDER, team_spending.create, name="team.order.create", who=COUNTER, methods=["POST"]),
    Door("/screen", screens.show, name="screen", who=ANYONE),
    Door("/screen", screens.begin, name="screen.begin", who=ANYONE, methods=["POST"]),
    Door("/screen/end", screens.end, name="screen.end", who=ANYONE, methods=["POST"]),
    Door("/screen/agreement", screens.agree, name="screen.agree", who=ANYONE, methods=["POST"]),
]
