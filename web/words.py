"""What roles, reasons, categories and days are called on pages: sentences that are said when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from points.awards import notes
from points.awards.models import Verification
from points.events import categories
from web import text
from web.i18n import N_, Say, language

ROLES = {
    "reporter": N_("上报"),
    "handler": N_("处置"),
    "mediator": N_("调解"),
    "participant": N_("参加"),
}
DID = {
    "reporter": N_("{who}上报了“{what}”"),
    "handler": N_("{who}处置了“{what}”"),
    "mediator": N_("{who}调解了“{what}”"),
    "participant": N_("{who}参加了“{what}”"),
}
DID_FOR_HOURS = N_("{who}参加了“{what}”{hours} 小时")
STEPS = {
    "reported": N_("发现上报"),
    "assigned": N_("受理派遣"),
    "handled": N_("处置反馈"),
    "verified": N_("任务核查"),
    "archived": N_("事件归档"),
    "rated": N_("考核评价"),
}
TAKEN = {**STEPS, "reopened": N_("重新办理"), "found_false": N_("查明不实")}
"""Everything that can be written down of an event: its steps, and what turns it."""
REASONS = {
    "time": N_("时长不对"),
    "person": N_("不是本人做的"),
    "proof": N_("看不出做过"),
    "again": N_("已经报过了"),
}
"""Why a contribution is returned: what is written down is the Chinese sentence, and a note after a colon."""


CORRECTED = {
    "wrong_person": N_("记错人"),
    "entered_twice": N_("重复入账"),
    "not_true": N_("情况不实"),
    "wrong_hours": N_("时长不对"),
    "wrong_sum": N_("算错"),
    "returned_item": N_("退回物品"),
    "objection_upheld": N_("异议成立"),
    "event_false": N_("事件查明不实"),
    "event_reopened": N_("事件重新办理"),
    "other": N_("其他"),
}
"""Why an award was corrected: `points.awards.reasons.REASONS`, for the catalogue."""


class Shown:
    """A value written by a function when it is shown, so that it is in the language of the page."""

    def __init__(self, write: Callable[[Any], str], value: Any) -> None:
        self.write, self.value = write, value

    def __str__(self) -> str:
        return self.write(self.value)


def day(value: date | datetime, today: date) -> Shown:
    """11月18日, with its year when that is not this one."""
    return Shown(text.day if value.year == today.year else text.full_day, value)


def category(letter: str) -> Shown:
    """消防隐患, Fire hazards."""
    return Shown(lambda named: named.zh if language() == "zh" else named.en, categories.named(letter))


def by_role(doing: Any) -> tuple[int, str]:
    """A key to sort contributions by: who reported comes first, then in the order of ROLES."""
    return list(ROLES).index(doing.role), doing.id


def parse(iso: str) -> date:
    """2018-11-18 as a day."""
    return date.fromisoformat(iso)


def did(role: str, who: object, what: str, minutes: int) -> Say:
    """您上报了“消防通道堵塞”; 王*兰参加了“清理整治”2 小时."""
    if role == "participant" and minutes:
        return Say(DID_FOR_HOURS, who=who, what=what, hours=hours(minutes))
    return Say(DID[role], who=who, what=what)


def hours(minutes: int) -> str:
    """90 → 1.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def corrected(reason: str) -> Say:
    """Why an award was corrected; a row from before there was a list says it itself."""
    return Say(CORRECTED.get(reason, reason))


def returned(decided: Verification, noted: Mapping[str, str]) -> list[object]:
    """Why something came back, in two parts: the reason, translated, and the verifier's own note."""
    said, note = notes.read(decided, noted)
    return [Say(said) if said in REASONS.values() else said, note]
