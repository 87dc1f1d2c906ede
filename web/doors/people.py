"""Areas, roles, staff, teams, members and households."""

from __future__ import annotations

from starlette.routing import BaseRoute

from points.people import clerks, role_requests
from points.people.teams import KEEPERS
from web.access import ANYONE, Door
from web.again import asked_again
from web.i18n import N_
from web.views import (
    applications,
    area_acts,
    areas,
    card_printings,
    duplicates,
    households,
    member_changes,
    members,
    merging,
    roles,
    staff,
    teams,
)

REGISTER = frozenset(clerks.ROLES)
HANDS_OUT = frozenset(clerks.PIN_ROLES)
ONE = "/members/{member}"
HOME = "/households/{household}"
PRINTING = "/card-printings/{printing}"
ERASERS = frozenset({"admin"})

ROUTES: list[BaseRoute] = [
    Door("/areas", areas.index, name="areas", who=areas.STAFF, menu=N_("人和地方")),
    Door("/areas/{area}", areas.show, name="areas.show", who=areas.STAFF),
    Door("/areas/{area}/card", areas.card, name="areas.card", who=areas.STAFF),
    Door("/areas/{area}/edit", area_acts.edit, name="areas.edit", who=areas.NOTERS),
    Door("/areas/{area}/{what}", area_acts.change, name="areas.change", who=areas.NOTERS, methods=["POST"]),
    Door(
        "/roles",
        roles.index,
        name="roles",
        who=roles.READERS,
        menu=N_("角色"),
        aside=N_("谁在哪里负责什么；要两个人的在这里同意。"),
    ),
    Door("/roles", asked_again(roles.create), name="roles.create", who=roles.GRANTERS, methods=["POST"]),
    Door("/roles/requests/{request}", roles.show_request, name="roles.request", who=roles.READERS),
    Door(
        "/roles/requests/{request}",
        asked_again(roles.decide),
        name="roles.decide",
        who=role_requests.APPROVERS,
        methods=["POST"],
    ),
    Door(
        "/roles/{grant}/revocation",
        asked_again(roles.revoke),
        name="roles.revoke",
        who=roles.GRANTERS,
        methods=["POST"],
    ),
    Door("/staff", staff.new, name="staff.new", who=staff.ROLES),
    Door("/staff", asked_again(staff.create), name="staff.create", who=staff.ROLES, methods=["POST"]),
    Door("/staff/password", asked_again(staff.reset), name="staff.reset", who=staff.ROLES, methods=["POST"]),
    Door("/teams", teams.index, name="teams", who=areas.STAFF),
    Door("/teams", teams.create, name="teams.create", who=KEEPERS, methods=["POST"]),
    Door("/teams/{team}", teams.show, name="teams.show", who=areas.STAFF),
    Door("/teams/{team}", teams.change, name="teams.change", who=KEEPERS, methods=["POST"]),
    Door("/members", members.index, name="members", who=REGISTER, menu=N_("成员")),
    Door("/members", members.search, name="members.search", who=REGISTER, methods=["POST"]),
    Door("/members/new", members.new, name="members.new", who=REGISTER),
    Door("/members/new", members.create, name="members.create", who=REGISTER, methods=["POST"]),
    Door("/members/duplicates", duplicates.index, name="duplicates", who=REGISTER),
    Door("/members/pair", duplicates.pair, name="pair", who=REGISTER),
    Door("/members/pair", duplicates.apart, name="pair.apart", who=REGISTER, methods=["POST"]),
    Door(ONE + "/merging/{closed}", merging.show, name="merging", who=HANDS_OUT),
    Door(ONE + "/merging/{closed}", merging.create, name="merging.create", who=HANDS_OUT, methods=["POST"]),
    Door(ONE + "/merges/{merge}/undo", merging.undo, name="merging.undo", who=HANDS_OUT, methods=["POST"]),
    Door("/members/cards", card_printings.choose, name="members.cards", who=HANDS_OUT),
    Door(
        "/card-printings",
        card_printings.create,
        name="card_printings.create",
        who=HANDS_OUT,
        methods=["POST"],
    ),
    Door(PRINTING, card_printings.show, name="card_printings", who=HANDS_OUT),
    Door(PRINTING + "/cards.pdf", card_printings.as_pdf, name="card_printings.pdf", who=HANDS_OUT),
    Door(
        "/members/applications",
        applications.index,
        name="applications",
        who=REGISTER,
        menu=N_("登记申请"),
        aside=N_("扫海报来申请的人：登记，或者退回。"),
    ),
    Door(
        "/members/applications/{application}",
        applications.decide,
        name="applications.decide",
        who=REGISTER,
        methods=["POST"],
    ),
    Door("/e/{poster}", applications.show, name="apply", who=ANYONE),
    Door("/e/{poster}", applications.create, name="apply.create", who=ANYONE, methods=["POST"]),
    Door(ONE, members.show, name="member", who=REGISTER),
    Door(ONE + "/mendings", member_changes.mend, name="member.mend", who=REGISTER, methods=["POST"]),
    Door(ONE + "/consents", member_changes.consent, name="member.consent", who=REGISTER, methods=["POST"]),
    Door(
        ONE + "/erasure-requests",
        member_changes.ask_erasure,
        name="member.erasure",
        who=REGISTER,
        methods=["POST"],
    ),
    Door(
        ONE + "/erasure",
        asked_again(member_changes.erase),
        name="member.erase",
        who=ERASERS,
        methods=["POST"],
    ),
    Door(ONE + "/household", households.move, name="member.household", who=REGISTER, methods=["POST"]),
    Door(HOME, households.show, name="household", who=REGISTER),
    Door(HOME + "/split", households.split, name="household.split", who=REGISTER, methods=["POST"]),
    Door(HOME + "/merge", households.merge, name="household.merge", who=REGISTER, methods=["POST"]),
    Door(HOME + "/undo", households.undo, name="household.undo", who=REGISTER, methods=["POST"]),
    Door(ONE + "/pin", member_changes.pin, name="member.pin", who=HANDS_OUT, methods=["POST"]),
    Door(ONE + "/cards", member_changes.card, name="member.card", who=HANDS_OUT, methods=["POST"]),
    Door(ONE + "/lost-cards", member_changes.lost, name="member.lost", who=REGISTER, methods=["POST"]),
]
