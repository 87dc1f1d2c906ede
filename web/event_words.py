"""Events in words: kinds, lanes, states and steps as pages call them, filters as links, and a life as a timeline."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from points.events import categories, life, steps, workdays
from points.events.dispatches import Sent
from points.events.events import Whole
from points.events.life import Life
from points.events.models import Step
from points.events.satisfaction import Rating
from web import text, words
from web.i18n import N_, Say
from web.words import Shown

KINDS = {
    "report": N_("上报"),
    "mediation": N_("调解"),
    "activity": N_("活动"),
    "meeting": N_("议事会"),
    "decision": N_("决定"),
}
DECISIONS = {
    "建议采纳": N_("建议采纳"),
    "镇街表扬": N_("镇街表扬"),
    "区县表扬": N_("区县表扬"),
    "市级表扬": N_("市级表扬"),
    "见义勇为": N_("见义勇为"),
}
"""What a meeting decides on members: `points.events.decisions.DECISIONS`, for the catalogue."""
LANES = {
    "own": N_("自办自结"),
    "direct": N_("点对点推送部门"),
    "joint": N_("部门会商"),
    "whistle": N_("吹哨"),
}
STATES = {
    "reported": (N_("等受理派遣"), "checking"),
    "assigned": (N_("正在处置"), "held"),
    "handled": (N_("等任务核查"), "checking"),
    "verified": (N_("等归档"), "held"),
    "archived": (N_("已归档"), "entered"),
    "rated": (N_("已评价"), "entered"),
    "found_false": (N_("查明不实"), "returned"),
}
"""Where an event stands, and the look of its tag."""
ACTIONS = {
    "handled": N_("记处置反馈"),
    "verified": N_("记任务核查"),
    "archived": N_("归档"),
    "rated": N_("考核评价"),
    "assigned": N_("受理派遣"),
    "reopened": N_("重新办理"),
    "found_false": N_("查明不实"),
}
"""What a button says that takes a step, in the order of the buttons; the first is what usually comes next."""
PERIODS = {"7": N_("七天内"), "30": N_("三十天内"), "365": N_("一年内")}
UNIT_KINDS = {"department": N_("职能部门"), "sponsor": N_("包保单位")}
PROBLEMS = (
    N_("还没到那个时候"),
    N_("只能是 2000 年以后到一年以内"),
    N_("结束要晚于开始，一天之内"),
    N_("时长要在 1 分钟到 24 小时之间"),
)
"""What may be wrong with a time, as points.events says it: for the catalogue."""
STARS = (N_("很不满意"), N_("不满意"), N_("一般"), N_("满意"), N_("很满意"))

Link = tuple[object, str, bool]


def filters(kept: Mapping[str, str], *, everywhere: bool) -> list[tuple[Say, list[Link]]]:
    """Rows of links, each setting one filter and keeping the others: a label, and (text, address, whether it is on)."""
    shortcuts: list[Link] = [
        (
            Say(N_("超过两个工作日")),
            _with(kept, "overdue", "" if kept.get("overdue") else "1"),
            "overdue" in kept,
        )
    ]
    if everywhere:
        off = "" if kept.get("unplaced") else "1"
        shortcuts.append((Say(N_("没有社区的")), _with(kept, "unplaced", off), "unplaced" in kept))
    letters = {letter: words.category(letter) for letter in categories.read().names}
    return [
        (Say(N_("提醒")), shortcuts),
        (Say(N_("哪一种")), _row(kept, "kind", {key: Say(label) for key, label in KINDS.items()})),
        (Say(N_("哪一路")), _row(kept, "lane", {key: Say(label) for key, label in LANES.items()})),
        (Say(N_("多久以内")), _row(kept, "period", {key: Say(label) for key, label in PERIODS.items()})),
        (Say(N_("类别")), _row(kept, "category", letters)),
    ]


def _row(kept: Mapping[str, str], name: str, options: Mapping[str, object]) -> list[Link]:
    every: Link = (Say(N_("全部")), _with(kept, name, ""), name not in kept)
    return [
        every,
        *((label, _with(kept, name, key), kept.get(name) == key) for key, label in options.items()),
    ]


def _with(kept: Mapping[str, str], name: str, value: str) -> str:
    """The address of the list with one filter set or, with no value, taken off."""
    asked = {**kept, name: value}
    return "/events?" + urlencode({key: each for key, each in asked.items() if each})


def state(standing: Life) -> tuple[Say, str]:
    """The tag of an event: its words and its look."""
    label, look = STATES[standing.state]
    return Say(label), look


Row = tuple[object, object, object, bool]


def timeline(
    whole: Whole, standing: Life, staff: Mapping[str | None, str], notes: Mapping[str, str]
) -> list[Row]:
    """The steps as they were taken, round by round, and of the last round those that are to come.

    What a source skipped before something it said is “not told”; verification is ours, and never skipped.
    """
    *earlier, last = _rounds(whole.steps)
    rows = [_taken(step, staff, notes) for each in earlier for step in each]
    rows += [_taken(step, staff, notes) for step in last if step.name in steps.TURNS and step is last[0]]
    by_name = {
        name: list(found)
        for name, found in groupby(
            sorted((step for step in last if step.name in words.STEPS), key=lambda s: ORDER.index(s.name)),
            key=lambda step: step.name,
        )
    }
    reached = max((ORDER.index(name) for name in by_name), default=0)
    skipped = {"assigned", "handled"} if whole.event.kind in life.GATHERINGS else set()
    if whole.event.kind == life.MEDIATION:
        skipped = {"assigned"}
    for place, (name, label) in enumerate(words.STEPS.items()):
        if name in by_name:
            rows += [_taken(step, staff, notes) for step in by_name[name]]
        elif name in skipped:
            continue
        elif place < reached and name != "verified":
            rows.append((Say(label), None, Say(N_("来源没有写")), True))
        elif not standing.false:
            rows.append((Say(label), None, None, False))
    return rows + [_taken(step, staff, notes) for step in last[1:] if step.name == "found_false"]


ORDER = tuple(steps.NAMES)


def _rounds(taken: Sequence[Step]) -> list[list[Step]]:
    """The steps from the beginning, and from each reopening on."""
    rounds: list[list[Step]] = [[]]
    for step in taken:
        if step.name == "reopened":
            rounds.append([])
        rounds[-1].append(step)
    return rounds


def _taken(step: Step, staff: Mapping[str | None, str], notes: Mapping[str, str]) -> Row:
    label = Say(words.TAKEN[step.name])
    parts: list[object] = [staff[step.actor]] if step.actor else []
    if step.on_time is not None:
        parts.append(Say(N_("按时")) if step.on_time else Say(N_("超时")))
    if note := notes.get(step.id):
        parts.append(note)
    return (
        label,
        step.taken_at,
        Shown(lambda each: " · ".join(map(str, each)), parts) if parts else None,
        True,
    )


def ratings(given: Sequence[Rating], sent: Sequence[Sent]) -> list[tuple[object, Say]]:
    """Rows that say how content the reporter was, with the whole and with each unit."""
    names = {each.dispatch.unit: each.unit_name for each in sent}
    return [(names.get(each.unit) or Say(N_("整件事")), stars(each.stars)) for each in given]


def stars(number: int) -> Say:
    """4 → 满意（4 星）."""
    return Say(N_("{words}（{n} 星）"), words=Say(STARS[number - 1]), n=number)


def due(day: Any) -> Say:
    """Until when something is to be done, and what that is reckoned by once the holidays are not known."""
    told = Shown(text.full_day, words.parse(day))
    if int(day[:4]) > workdays.known_until():
        return Say(N_("{day}前（{year} 年的放假安排还没有，先按周一到周五算）"), day=told, year=day[:4])
    return Say(N_("{day}前"), day=told)
