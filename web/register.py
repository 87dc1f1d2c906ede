"""What the pages of the register share: whose members they are, and the one that an address names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request

from points.people import application_lapsing, clerks, directory
from points.people.directory import Known
from web import access, places
from web.access import Who
from web.i18n import N_, Say

KINDS = {
    "party_member": N_("在职党员"),
    "local_worthy": N_("乡贤代表"),
    "volunteer": N_("志愿服务人员"),
    "resident_delegate": N_("群众代表"),
    "special": N_("特约网格员"),
    "resident": N_("居民"),
    "staff": N_("社区工作者"),
}
CONSENTS = {
    "named": N_("公示时写出姓名"),
    "photo": N_("使用照片"),
    "board": N_("上光荣榜"),
    "pooled": N_("家里人一起用积分"),
    "guardian": N_("监护人同意"),
}
FIELDS = {"name": N_("姓名"), "phone": N_("手机"), "born": N_("出生日期")}
REASONS = {"asked": N_("本人要求"), "died": N_("去世"), "retention": N_("保存期满")}
REFUSALS = {
    "unreachable": N_("打电话联系不上"),
    "member": N_("已经是成员"),
    "elsewhere": N_("不在这一带活动，请到所在的社区报名"),
    "mistaken": N_("姓名或手机写得不对，请再报一次"),
    "withdrawn": N_("本人不报了"),
}
"""Why an application was refused: `points.people.applications.REASONS`, for the catalogue."""
ENDED = REFUSALS | {application_lapsing.LAPSED: N_("两个月没有人答复，请再报一次，或到社区窗口来")}
"""Why one ended without being accepted."""
LEVELS = ("community", "grid", "building")


def mine(asking: Who, roles: tuple[str, ...] = clerks.ROLES) -> tuple[str | None, ...]:
    """The areas whose members somebody may look up."""
    return places.codes(asking, roles)


async def the_member(request: Request, roles: tuple[str, ...] = clerks.ROLES) -> Known:
    """The member of this address, for whoever keeps the register where they are; 404 for anybody else's."""
    asking = access.who(request)
    found = await directory.known(access.book(request), request.path_params["member"], mine(asking, roles))
    if found is None:
        raise HTTPException(404)
    return found


@dataclass(frozen=True)
class Pressed:
    """What was pressed on a member's page and could not be done: shown there again with its sentence."""

    field: str
    sentence: Say


def shown_card(number: str) -> str:
    """4827 1936, as it is read out."""
    return f"{number[:4]} {number[4:]}"


def options(words: dict[str, str], *without: str) -> list[tuple[str, Any]]:
    """(value, label) of a list of choices."""
    return [(value, Say(label)) for value, label in words.items() if value not in without]
