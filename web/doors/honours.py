"""Hours, certificates and boards of honour."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.honours import boards as rooms_boards
from points.people import clerks
from web.access import ANYONE, MEMBER, Door
from web.i18n import N_
from web.views import boards, certificates, hours

REGISTER = frozenset(clerks.ROLES)
CLOSERS = frozenset(rooms_boards.CLOSERS)
ONE = "/certificates/{number}"
OF = "/boards/of/{area}"
LINE = "/boards/{board}/{place:int}"

ROUTES: list[BaseRoute] = [
    Door("/hours", hours.mine, name="hours", who=MEMBER, menu=N_("时长和荣誉")),
    Door("/members/{member}/hours", hours.of_member, name="member.hours", who=REGISTER),
    Door("/certificates", certificates.look, name="certificates", who=ANYONE),
    Door("/certificates", certificates.ask, name="certificates.ask", who=MEMBER, methods=["POST"]),
    Door(
        "/members/{member}/certificates",
        certificates.ask_for,
        name="member.certificates",
        who=REGISTER,
        methods=["POST"],
    ),
    Door(ONE, certificates.show, name="certificates.show", who=ANYONE),
    Door(ONE + "/paper", certificates.paper, name="certificates.paper", who=MEMBER),
    Door(ONE + "/certificate.pdf", certificates.as_pdf, name="certificates.pdf", who=MEMBER),
    Door("/boards", boards.index, name="boards", who=ANYONE),
    Door(OF, boards.preview, name="boards.preview", who=CLOSERS),
    Door(OF, boards.close, name="boards.close", who=CLOSERS, methods=["POST"]),
    Door("/boards/{board}", boards.show, name="boards.show", who=ANYONE),
    Door(LINE + "/paper", boards.paper, name="boards.paper", who=MEMBER),
    Door(LINE + "/honour.pdf", boards.as_pdf, name="boards.pdf", who=MEMBER),
]
