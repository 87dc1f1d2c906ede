"""The verifier's queue, the counter, the audit and the ledger."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.awards import fund_requests
from web.access import ANYONE, MEMBER, Door
from web.again import asked_again
from web.i18n import N_
from web.views import (
    audit,
    counter,
    events,
    funds,
    ledger,
    plain,
    redemptions,
    repeats,
    second_looks,
    verifications,
)

VERIFIER = frozenset({"verifier"})
COUNTER = frozenset({"counter"})
AUDIT = frozenset({"auditor", "admin"})
KEEPER = frozenset(funds.KEEPERS)
FUNDS = frozenset(funds.READERS)
SECOND = frozenset(fund_requests.APPROVERS)
AT = "/counter/{shop:int}"

ROUTES: list[BaseRoute] = [
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
    Door(
        "/second-looks",
        second_looks.index,
        name="second_looks",
        who=VERIFIER,
        menu=N_("抽查"),
        aside=N_("抽到您再看一遍的奖励：看证据，说对不对。"),
    ),
    Door("/second-looks/counts", second_looks.counts, name="second_looks.counts", who=AUDIT),
    Door("/second-looks/{contribution}", second_looks.show, name="second_looks.show", who=VERIFIER),
    Door(
        "/second-looks/{contribution}",
        second_looks.create,
        name="second_looks.create",
        who=VERIFIER,
        methods=["POST"],
    ),
    Door("/events/{event}/repeats", repeats.show, name="repeats", who=events.READERS),
    Door("/events/{event}/repeats", repeats.create, name="repeats.say", who=VERIFIER, methods=["POST"]),
    Door(
        "/funds",
        funds.index,
        name="funds",
        who=FUNDS,
        menu=N_("积分资金"),
        aside=N_("每个社区一个月有多少积分：拨付，超过的两个人同意。"),
    ),
    Door("/funds", funds.create, name="funds.create", who=KEEPER, methods=["POST"]),
    Door("/funds/requests/{request}", funds.show_request, name="funds.request", who=FUNDS),
    Door(
        "/funds/requests/{request}",
        asked_again(funds.decide),
        name="funds.decide",
        who=SECOND,
        methods=["POST"],
    ),
    Door("/funds/{area}/{month}", funds.month, name="funds.month", who=FUNDS),
    Door("/funds/{area}/{month}/fund.xlsx", funds.sheet, name="funds.sheet", who=FUNDS),
    Door("/funds/{area}/{month}/payments", funds.pay, name="funds.pay", who=KEEPER, methods=["POST"]),
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
]
