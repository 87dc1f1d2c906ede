"""Doors that stand open to all, and a resident's own pages."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web import pages
from web.access import ANYONE, MEMBER, Door, PublicFiles
from web.i18n import N_
from web.views import (
    awards,
    catalogue,
    codes,
    home,
    home_public,
    log,
    password,
    rules,
    signin,
    statements,
    status,
    together,
)

ROUTES: list[BaseRoute] = [
    Door("/", home_public.show, name="home", who=ANYONE),
    Door("/language", home_public.speak, name="language", who=ANYONE, methods=["POST"]),
    Door("/size", home_public.resize, name="size", who=ANYONE, methods=["POST"]),
    Door("/contrast", home_public.contrast, name="contrast", who=ANYONE, methods=["POST"]),
    Door("/signin", signin.resident, name="signin", who=ANYONE),
    Door("/signin", signin.enter_resident, name="signin.enter", who=ANYONE, methods=["POST"]),
    Door("/signin/staff", signin.staff, name="signin.staff", who=ANYONE),
    Door("/signin/staff", signin.enter_staff, name="signin.staff.enter", who=ANYONE, methods=["POST"]),
    Door("/password", password.show, name="password", who=MEMBER, choosing=True),
    Door("/password", password.create, name="password.choose", who=MEMBER, methods=["POST"], choosing=True),
    Door("/signout", signin.leave, name="signout", who=MEMBER, methods=["POST"], choosing=True, locked=True),
    Door("/signed-out", signin.left, name="signed_out", who=ANYONE),
    Door("/points", home.show, name="points", who=MEMBER, menu=N_("我的积分")),
    Door("/code", codes.show, name="code", who=MEMBER),
    Door("/code", codes.create, name="code.create", who=MEMBER, methods=["POST"]),
    Door("/code/renewal", codes.renew, name="code.renew", who=MEMBER, methods=["POST"]),
    Door("/code/end", codes.close, name="code.close", who=MEMBER, methods=["POST"]),
    Door("/together", together.show, name="together", who=MEMBER),
    Door("/together", together.change, name="together.change", who=MEMBER, methods=["POST"]),
    Door("/statement", statements.this_month, name="statement", who=MEMBER, menu=N_("每一笔")),
    Door("/statement/all", statements.everything, name="statement.all", who=MEMBER),
    Door("/statement/{month}", statements.month, name="statement.month", who=MEMBER),
    Door("/awards/{contribution}", awards.show, name="awards.show", who=MEMBER),
    Door("/catalogue", catalogue.show, name="catalogue", who=ANYONE, menu=N_("可以换什么")),
    Door("/rules", rules.in_force, name="rules", who=ANYONE, menu=N_("怎么得分")),
    Door("/rules/examples", rules.examples, name="rules.examples", who=ANYONE),
    Door("/rules/worth", rules.worth, name="rules.worth", who=ANYONE),
    Door("/rules/{version:int}", rules.version, name="rules.version", who=ANYONE),
    Door("/log/checkpoint", log.checkpoint, name="log.checkpoint", who=ANYONE),
    Door("/log/tile/{tile:path}", log.tile, name="log.tile", who=ANYONE),
    Door("/log/entries/{tile:path}", log.entries, name="log.entries", who=ANYONE),
    Door("/livez", status.live, name="live", who=ANYONE),
    Door("/readyz", status.ready, name="ready", who=ANYONE),
    PublicFiles("/static", directory=str(pages.HERE / "static")),
]
