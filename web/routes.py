"""The site map: every URL, its method, its view and who may; nothing else."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web import pages
from web.access import ANYONE, MEMBER, Door, PublicFiles
from web.i18n import N_
from web.views import (
    audit,
    awards,
    catalogue,
    counter,
    events,
    home,
    home_public,
    ledger,
    log,
    plain,
    redemptions,
    signin,
    statements,
    status,
    verifications,
)

VERIFIER = frozenset({"verifier"})
COUNTER = frozenset({"counter"})
AUDIT = frozenset({"auditor", "admin"})
AT = "/counter/{shop:int}"

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
    Door("/counter", counter.choose_shop, name="counter", who=COUNTER, menu=N_("兑换台")),
    Door(AT, counter.find, name="counter.find", who=COUNTER),
    Door(AT, counter.look, name="counter.look", who=COUNTER, methods=["POST"]),
    Door(AT + "/for/{order}", counter.choose, name="counter.choose", who=COUNTER),
    Door(AT + "/for/{order}", counter.order, name="counter.order", who=COUNTER, methods=["POST"]),
    Door(AT + "/orders/{order}", redemptions.check, name="redemption.check", who=COUNTER),
    Door(AT + "/orders/{order}", redemptions.agree, name="redemption.agree", who=COUNTER, methods=["POST"]),
    Door(
        AT + "/orders/{order}/redemption",
        redemptions.create,
        name="redemption.create",
        who=COUNTER,
        methods=["POST"],
    ),
    Door(AT + "/redemptions/{position:int}", redemptions.show, name="redemption", who=COUNTER),
    Door("/audit", audit.show, name="audit", who=AUDIT, menu=N_("审计")),
    Door("/audit/runs", audit.create, name="audit.create", who=AUDIT, methods=["POST"]),
    Door("/audit/runs/{run}", audit.run, name="audit.run", who=AUDIT),
    Door("/audit/checkpoints", audit.sign, name="audit.sign", who=AUDIT, methods=["POST"]),
    Door("/ledger", ledger.show, name="ledger", who=AUDIT, menu=N_("账本")),
    Door("/ledger/{position:int}", ledger.entry, name="ledger.entry", who=MEMBER),
    Door("/ledger/{position:int}/receipt.txt", ledger.receipt, name="ledger.receipt", who=MEMBER),
    Door("/ledger/members/{member}", ledger.member, name="ledger.member", who=MEMBER),
    Door("/ledger/accounts/{address:path}", ledger.account, name="ledger.account", who=MEMBER),
    Door("/checkpoint", ledger.checkpoint, name="checkpoint", who=ANYONE),
    Door("/log/checkpoint", log.checkpoint, name="log.checkpoint", who=ANYONE),
    Door("/log/tile/{tile:path}", log.tile, name="log.tile", who=ANYONE),
    Door("/log/entries/{tile:path}", log.entries, name="log.entries", who=ANYONE),
    Door("/livez", status.live, name="live", who=ANYONE),
    Door("/readyz", status.ready, name="ready", who=ANYONE),
    PublicFiles("/static", directory=str(pages.HERE / "static")),
]
