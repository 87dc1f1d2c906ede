"""The site map: every URL, its method, its view and who may; nothing else."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.events import duties
from points.people import clerks
from web import pages, uploads
from web.access import ANYONE, MEMBER, Door, PublicFiles
from web.i18n import N_
from web.views import (
    amendments,
    arrangements,
    attendance,
    audit,
    awards,
    batches,
    catalogue,
    counter,
    events,
    filing,
    home,
    home_public,
    imports,
    ledger,
    log,
    plain,
    redemptions,
    satisfaction,
    signin,
    statements,
    member_changes,
    members,
    status,
    steps,
    verifications,
)

VERIFIER = frozenset({"verifier"})
COUNTER = frozenset({"counter"})
AUDIT = frozenset({"auditor", "admin"})
IMPORTERS = frozenset({"admin"})
FILER = frozenset(duties.FILERS)
AMENDER = frozenset(duties.AMENDERS)
SETTER = frozenset(duties.SETTERS)
AT = "/counter/{shop:int}"
EVENT = "/events/{event}"

ROUTES: list[BaseRoute] = [
    Door("/", home_public.show, name="home", who=ANYONE),
    Door("/language", home_public.speak, name="language", who=ANYONE, methods=["POST"]),
    Door("/size", home_public.resize, name="size", who=ANYONE, methods=["POST"]),
    Door("/contrast", home_public.contrast, name="contrast", who=ANYONE, methods=["POST"]),
REGISTER = frozenset(clerks.ROLES)
HANDS_OUT = frozenset(clerks.PIN_ROLES)
    Door("/signin", signin.resident, name="signin", who=ANYONE),
    Door("/signin", signin.enter_resident, name="signin.enter", who=ANYONE, methods=["POST"]),
ONE = "/members/{member}"
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
    Door("/events", events.index, name="events", who=events.READERS, menu=N_("事件")),
    Door("/events/new", filing.choose, name="filing", who=FILER),
    Door("/events/new/report", filing.new_report, name="filing.report", who=FILER),
    Door(
        "/events/new/report", filing.create_report, name="filing.report.create", who=FILER, methods=["POST"]
    ),
    Door("/events/new/gathering", filing.new_gathering, name="filing.gathering", who=FILER),
    Door(
        "/events/new/gathering",
        filing.create_gathering,
        name="filing.gathering.create",
        who=FILER,
        methods=["POST"],
    ),
    Door("/week", arrangements.show_week, name="week", who=events.READERS),
    Door("/units", arrangements.show_units, name="units", who=events.READERS),
    Door("/units", arrangements.add_unit, name="units.add", who=SETTER, methods=["POST"]),
    Door("/campaigns", arrangements.show_campaigns, name="campaigns", who=events.READERS),
    Door("/campaigns", arrangements.begin_campaign, name="campaigns.begin", who=SETTER, methods=["POST"]),
    Door("/campaigns/{campaign}", arrangements.show_campaign, name="campaign", who=events.READERS),
    Door(EVENT, events.show, name="events.show", who=events.READERS),
    Door(EVENT + "/filed", filing.done, name="filing.done", who=FILER),
    Door(EVENT + "/dispatch", steps.choose, name="dispatch", who=duties.DISPATCHERS),
    Door(
        EVENT + "/dispatch", steps.dispatch, name="dispatch.create", who=duties.DISPATCHERS, methods=["POST"]
    ),
    Door(
        EVENT + "/dispatches/{dispatch}/report-in",
        steps.report_in,
        name="dispatch.report_in",
        who=duties.HANDLERS,
        methods=["POST"],
    ),
    Door(EVENT + "/steps/{step}", steps.show, name="steps.show", who=steps.TAKERS),
    Door(EVENT + "/steps/{step}", steps.create, name="steps.create", who=steps.TAKERS, methods=["POST"]),
    Door(
        EVENT + "/corrections", steps.correct, name="events.correct", who=steps.CORRECTORS, methods=["POST"]
    ),
    Door(EVENT + "/amendment", amendments.show, name="amendment", who=AMENDER),
    Door(EVENT + "/amendment", amendments.create, name="amendment.create", who=AMENDER, methods=["POST"]),
    Door(EVENT + "/sign-in", attendance.show, name="sign_in", who=FILER),
    Door(EVENT + "/sign-in", attendance.scan, name="sign_in.scan", who=FILER, methods=["POST"]),
    Door(EVENT + "/sign-in/list", attendance.paste, name="sign_in.list", who=FILER, methods=["POST"]),
    Door(EVENT + "/sign-in/last", attendance.tick, name="sign_in.last", who=FILER, methods=["POST"]),
    Door(EVENT + "/suggestions", attendance.suggestion, name="suggestion", who=FILER),
    Door(EVENT + "/suggestions", attendance.adopt, name="suggestion.create", who=FILER, methods=["POST"]),
    Door(
        "/awards/{contribution}/satisfaction",
        satisfaction.create,
        name="satisfaction.create",
        who=MEMBER,
        methods=["POST"],
    ),
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
    Door("/imports", imports.index, name="imports", who=IMPORTERS, menu=N_("导入")),
    Door(
        "/imports",
        imports.create,
        name="imports.create",
        who=IMPORTERS,
        methods=["POST"],
        reads=uploads.form,
        max_body=uploads.MOST_OF_A_FORM,
    ),
    Door("/imports/batches", batches.index, name="imports.batches", who=IMPORTERS),
    Door("/imports/batches/{batch}", batches.show, name="imports.batch", who=IMPORTERS),
    Door(
        "/imports/batches/{batch}/withdrawal",
        batches.withdraw,
        name="imports.withdraw",
        who=IMPORTERS,
        methods=["POST"],
    ),
    Door("/imports/{upload}", imports.show, name="imports.columns", who=IMPORTERS),
    Door("/imports/{upload}", imports.choose, name="imports.choose", who=IMPORTERS, methods=["POST"]),
    Door("/imports/{upload}/places", imports.places, name="imports.places", who=IMPORTERS, methods=["POST"]),
    Door("/imports/{upload}/look/{job}", imports.look, name="imports.look", who=IMPORTERS),
    Door("/imports/{upload}/carry", imports.carry, name="imports.carry", who=IMPORTERS, methods=["POST"]),
    Door("/imports/{upload}/jobs/{job}", imports.job, name="imports.job", who=IMPORTERS),
    Door("/imports/{upload}/errors.{suffix}", imports.errors, name="imports.errors", who=IMPORTERS),
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
    Door("/members", members.index, name="members", who=REGISTER, menu=N_("成员")),
    Door("/members", members.search, name="members.search", who=REGISTER, methods=["POST"]),
    Door("/members/new", members.new, name="members.new", who=REGISTER),
    Door("/members/new", members.create, name="members.create", who=REGISTER, methods=["POST"]),
    Door("/members/cards", member_changes.sheet, name="members.cards", who=HANDS_OUT),
    Door(ONE, members.show, name="member", who=REGISTER),
    Door(ONE + "/mendings", member_changes.mend, name="member.mend", who=REGISTER, methods=["POST"]),
    Door(ONE + "/consents", member_changes.consent, name="member.consent", who=REGISTER, methods=["POST"]),
    Door(ONE + "/pin", member_changes.pin, name="member.pin", who=HANDS_OUT, methods=["POST"]),
    Door(ONE + "/cards", member_changes.card, name="member.card", who=HANDS_OUT, methods=["POST"]),
    Door(ONE + "/lost-cards", member_changes.lost, name="member.lost", who=REGISTER, methods=["POST"]),
