"""Events from report to figures, and the files they come in."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.events import campaigns, duties, washing
from web import uploads
from web.access import ANYONE, MEMBER, Door
from web.i18n import N_
from web.views import (
    amendments,
    arrangements,
    attachments,
    attendance,
    batches,
    events,
    figures,
    filing,
    imports,
    mediations,
    posters,
    public_reports,
    registers,
    satisfaction,
    seals,
    steps,
)

IMPORTERS = frozenset({"admin"})
FILER = frozenset(duties.FILERS)
AMENDER = frozenset(duties.AMENDERS)
SETTER = frozenset(duties.SETTERS)
JOINER = frozenset(campaigns.JOINERS)
POSTERS = frozenset(duties.SETTERS)
EVENT = "/events/{event}"
CASE = "/mediations/{event}"
MEDIATOR, OPENER = frozenset(duties.MEDIATORS), frozenset(duties.OPENERS)
PROOF = EVENT + "/attachments/{attachment}"

ROUTES: list[BaseRoute] = [
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
    Door("/mediations", mediations.index, name="mediations", who=OPENER, menu=N_("调解")),
    Door("/mediations/new", mediations.new, name="mediations.new", who=MEDIATOR),
    Door("/mediations/new", mediations.create, name="mediations.create", who=MEDIATOR, methods=["POST"]),
    Door(CASE, mediations.show, name="mediation", who=mediations.READERS),
    Door(CASE + "/outcome", mediations.outcome, name="mediation.outcome", who=MEDIATOR),
    Door(CASE + "/outcome", mediations.settle, name="mediation.settle", who=MEDIATOR, methods=["POST"]),
    Door(
        CASE + "/follow-ups",
        mediations.follow_up,
        name="mediation.follow_up",
        who=duties.FOLLOWERS,
        methods=["POST"],
    ),
    Door(CASE + "/openings", seals.create, name="seal.create", who=OPENER, methods=["POST"]),
    Door(CASE + "/openings/{opening}", seals.show, name="seal", who=OPENER),
    Door(CASE + "/destruction", seals.destroy, name="seal.destroy", who=AMENDER, methods=["POST"]),
    Door("/figures", figures.show, name="figures", who=events.READERS),
    Door("/figures/figures.xlsx", figures.sheet, name="figures.sheet", who=events.READERS),
    Door("/figures/events", figures.behind, name="figures.events", who=events.READERS),
    Door("/r/{poster}", public_reports.show, name="report", who=ANYONE),
    Door(
        "/r/{poster}",
        public_reports.create,
        name="report.create",
        who=ANYONE,
        methods=["POST"],
        reads=uploads.form,
        max_body=washing.BYTES_AT_MOST + 65536,
    ),
    Door("/follow", public_reports.follow, name="follow", who=ANYONE),
    Door("/posters", posters.index, name="posters", who=POSTERS),
    Door("/posters", posters.create, name="posters.create", who=POSTERS, methods=["POST"]),
    Door("/posters/{poster}", posters.show, name="posters.show", who=POSTERS),
    Door("/posters/{poster}/end", posters.take_down, name="posters.end", who=POSTERS, methods=["POST"]),
    Door("/registers/{kind}", registers.show, name="registers", who=events.READERS),
    Door("/registers/{kind}/register.xlsx", registers.sheet, name="registers.sheet", who=events.READERS),
    Door("/week", arrangements.show_week, name="week", who=events.READERS),
    Door("/units", arrangements.show_units, name="units", who=events.READERS),
    Door("/units", arrangements.add_unit, name="units.add", who=SETTER, methods=["POST"]),
    Door("/campaigns", arrangements.show_campaigns, name="campaigns", who=events.READERS),
    Door("/campaigns", arrangements.begin_campaign, name="campaigns.begin", who=SETTER, methods=["POST"]),
    Door("/campaigns/{campaign}", arrangements.show_campaign, name="campaign", who=events.READERS),
    Door(
        "/campaigns/{campaign}",
        arrangements.join_campaign,
        name="campaign.join",
        who=JOINER,
        methods=["POST"],
    ),
    Door(EVENT, events.show, name="events.show", who=events.READERS),
    Door(EVENT + "/attachments/new", attachments.new, name="attachment.new", who=duties.PROVERS),
    Door(
        EVENT + "/attachments/new",
        attachments.create,
        name="attachment.create",
        who=duties.PROVERS,
        methods=["POST"],
        reads=uploads.form,
        max_body=washing.BYTES_AT_MOST + 65536,
    ),
    Door(PROOF, attachments.show, name="attachment", who=events.READERS),
    Door(PROOF + "/thumbnail", attachments.thumbnail, name="attachment.thumbnail", who=events.READERS),
    Door(PROOF + "/erasure", attachments.about, name="attachment.erasure", who=AMENDER),
    Door(PROOF + "/erasure", attachments.erase, name="attachment.erase", who=AMENDER, methods=["POST"]),
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
    Door(
        "/imports",
        imports.index,
        name="imports",
        who=IMPORTERS,
        menu=N_("导入"),
        aside=N_("从表格和别的平台导入地方、成员、事件和参与。"),
    ),
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
]
