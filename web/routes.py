"""The site map: every URL, its method, its view and who may; nothing else."""

from __future__ import annotations

from starlette.routing import BaseRoute

from web import pages
from web.access import ANYONE, MEMBER, Door, PublicFiles
from web.i18n import N_
from web.views import audit, counter, home_public, ledger, redemptions, signin, status

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
    Door("/livez", status.live, name="live", who=ANYONE),
    Door("/readyz", status.ready, name="ready", who=ANYONE),
    PublicFiles("/static", directory=str(pages.HERE / "static")),
]
