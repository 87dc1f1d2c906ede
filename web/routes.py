"""The site map: every URL, its method, its view and who may; nothing else."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web import pages
from web.access import ANYONE, MEMBER, Door, PublicFiles
from web.i18n import N_
from web.views import (
    awards,
    catalogue,
    events,
    home,
    home_public,
    plain,
    signin,
    statements,
    status,
    verifications,
)

VERIFIER = frozenset({"verifier"})

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
    Door("/points", home.show, name="points", who=MEMBER, menu=N_("我的积分")),
    Door("/statement", statements.this_month, name="statement", who=MEMBER, menu=N_("每一笔")),
    Door("/statement/all", statements.everything, name="statement.all", who=MEMBER),
    Door("/statement/{month}", statements.month, name="statement.month", who=MEMBER),
    Door("/awards/{contribution}", awards.show, name="awards.show", who=MEMBER),
    Door("/catalogue", catalogue.show, name="catalogue", who=ANYONE, menu=N_("可以换什么")),
    Door("/events/{event}", events.show, name="events.show", who=events.READERS),
    Door("/verifications", verifications.index, name="verifications", who=VERIFIER, menu=N_("待我核实")),
    Door("/verifications/plain", plain.show, name="plain", who=VERIFIER),
    Door("/verifications/plain", plain.ask, name="plain.ask", who=VERIFIER, methods=["POST"]),
    Door("/verifications/jobs/{job}", plain.job, name="plain.job", who=VERIFIER),
    Door("/events/{event}/verification", verifications.show, name="verifications.show", who=VERIFIER),
    Door(
        "/events/{event}/verification",
        verifications.create,
        name="verifications.create",
        who=VERIFIER,
        methods=["POST"],
    ),
    Door(
        "/events/{event}/verification/result",
        verifications.result,
        name="verifications.result",
        who=VERIFIER,
    ),
    Door("/livez", status.live, name="live", who=ANYONE),
    Door("/readyz", status.ready, name="ready", who=ANYONE),
    PublicFiles("/static", directory=str(pages.HERE / "static")),
]
