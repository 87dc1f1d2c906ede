"""The site map: every URL, its method, its view and who may; nothing else."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web import pages
from web.access import ANYONE, MEMBER, Door, PublicFiles
from web.views import home_public, signin, status

ROUTES: list[BaseRoute] = [
    Door("/", home_public.show, name="home", who=ANYONE),
    Door("/language", home_public.speak, name="language", who=ANYONE, methods=["POST"]),
    Door("/size", home_public.resize, name="size", who=ANYONE, methods=["POST"]),
    Door("/contrast", home_public.contrast, name="contrast", who=ANYONE, methods=["POST"]),
    Door("/signin", signin.resident, name="signin", who=ANYONE),
    Door("/signin", signin.enter_resident, name="signin.enter", who=ANYONE, methods=["POST"]),
    Door("/signin/staff", signin.staff, name="signin.staff", who=ANYONE),
    Door("/signin/staff", signin.enter_staff, name="signin.staff.enter", who=ANYONE, methods=["POST"]),
    Door("/signout", signin.leave, name="signout", who=MEMBER, methods=["POST"]),
    Door("/signed-out", signin.left, name="signed_out", who=ANYONE),
    Door("/livez", status.live, name="live", who=ANYONE),
    Door("/readyz", status.ready, name="ready", who=ANYONE),
    PublicFiles("/static", directory=str(pages.HERE / "static")),
]
