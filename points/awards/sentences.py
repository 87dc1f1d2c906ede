"""Rules and arithmetic in words, Chinese and English, made from their own figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from points.awards.caps import Cap, Step
from points.awards.rule_text import REPEAT
from points.awards.rules import Rule, RuleBook
from points.awards.shares import equal
from points.people import roles

_OUTCOMES = {
    "oral": ("口头", "oral"),
    "ordinary": ("普通", "ordinary"),
    "difficult": ("疑难", "difficult"),
    "failed": ("未成但记录完整", "failed but well documented"),
}


def rule(rule_book: RuleBook, name: str, language: str = "zh") -> str:
    """One sentence that says what a rule gives, with a worked example where there is something to work out.

    `name` is a rule's id or `repeat`. Raises KeyError for a name the rule book does not have.
    """
    en = language == "en"
    if name == REPEAT:
        repeats = rule_book.repeats
        said = _repeats_en(rule_book) if en else _repeats_zh(rule_book)
        return _close(said, _caps(rule_book, repeats.caps, en=en), en=en)
    found = {each.id: each for each in rule_book.rules}[name]
    said = _en(found) if en else _zh(found)
    return _close(said, _caps(rule_book, found.caps, en=en), en=en) + _example(found, en=en)


def rules(rule_book: RuleBook, language: str = "zh") -> list[tuple[str, str]]:
    """Every rule's name and sentence, in the order in which they are asked."""
    names = [each.id for each in rule_book.rules] + [REPEAT]
    return [(name, rule(rule_book, name, language)) for name in names]


def _zh(found: Rule) -> str:
    if found.outcomes:
        pools = "、".join(f"{_OUTCOMES[name][0]} {points} 分" for name, points in found.outcomes)
        return f"{found.zh}：{pools}，由参加调解的人均分"
    if not found.points:
        return f"{found.zh}：不计分"
    if found.per_hours:
        every = "每小时" if found.per_hours == 1 else f"每 {found.per_hours} 小时"
        return f"{found.zh}：{every} {found.points} 分"
    more = f"，未诉先办再加 {found.found_first} 分" if found.found_first else ""
    return f"{found.zh}：{found.points} 分{more}"


def _en(found: Rule) -> str:
    name = found.en[0].upper() + found.en[1:]
    if found.outcomes:
        pools = ", ".join(f"{_OUTCOMES[outcome][1]} {points}" for outcome, points in found.outcomes)
        return f"{name}: {pools} points, shared equally among the mediators"
    if not found.points:
        return f"{name}: no points"
    if found.per_hours:
        every = "an hour" if found.per_hours == 1 else f"for every {found.per_hours} hours"
        return f"{name}: {_points(found.points)} {every}"
    more = f", and {found.found_first} more if nobody had complained before" if found.found_first else ""
    return f"{name}: {_points(found.points)}{more}"


def _repeats_zh(rule_book: RuleBook) -> str:
    repeats = rule_book.repeats
    return (
        f"{repeats.zh}（同一社区、同一小类，{repeats.within_hours} 小时内）："
        f"第一次重复 {repeats.first} 分，以后每次 {repeats.later} 分"
    )


def _repeats_en(rule_book: RuleBook) -> str:
    repeats = rule_book.repeats
    return (
        f"{repeats.en[0].upper()}{repeats.en[1:]} (same community and subtype within {repeats.within_hours} hours): "
        f"{_points(repeats.first)} for the first repeat, then {repeats.later}"
    )


def _caps(rule_book: RuleBook, names: Sequence[str], *, en: bool) -> list[str]:
    return [_cap_en(rule_book.caps[name]) if en else _cap_zh(rule_book.caps[name]) for name in names]


def _cap_zh(cap: Cap) -> str:
    return f"{cap.zh}每人每{'天' if cap.per == 'day' else '月'}最多 {_amount_zh(cap.unit, cap.limit)}"


def _cap_en(cap: Cap) -> str:
    return f"{cap.en}: at most {_amount_en(cap.unit, cap.limit)} a {cap.per} for each member"


def _close(said: str, caps: list[str], *, en: bool) -> str:
    if en:
        return "; ".join([said, *caps]) + "."
    return "；".join([said, *caps]) + "。"


def _example(found: Rule, *, en: bool) -> str:
    if found.per_hours and found.points:
        minutes = 90 * found.per_hours
        points = minutes * found.points // (60 * found.per_hours)
        if en:
            return (
                f" Example: {minutes} minutes × {found.points} ÷ {60 * found.per_hours} = {_points(points)}."
            )
        return f"例：{minutes} 分钟 × {found.points} ÷ {60 * found.per_hours} 分钟 = {points} 分（不足 1 分的不计）。"
    if found.outcomes:
        outcome, pool = found.outcomes[-1] if len(found.outcomes) == 1 else found.outcomes[1]
        shares = equal(pool, 3)
        if en:
            return f" Example: {_OUTCOMES[outcome][1]}, three mediators: {', '.join(map(str, shares))}."
        return f"例：{_OUTCOMES[outcome][0]}、三位调解人，各得 {'、'.join(map(str, shares))} 分。"
    return ""


def arithmetic(steps: Sequence[Step], rule_book: RuleBook, language: str = "zh") -> str:
    """The steps of an award in one line: `每小时 2 分 × 2 小时 = 4 分；上报本日上限 10 分，已用 8 分，得 2 分`.

    A cap that took nothing away is not spoken of.
    """
    en = language == "en"
    said = []
    for step in steps:
        if step["step"] == "cap":
            if step["got"] < step["wanted"]:
                said.append(_cap_step(step, rule_book, en=en))
        else:
            said.append(_STEPS[step["step"]](step, en))
    return ("; " if en else "；").join(said)


def _cap_step(step: Step, rule_book: RuleBook, *, en: bool) -> str:
    cap, unit = rule_book.caps[step["cap"]], step["unit"]
    if en:
        used, got = _amount_en(unit, step["used"]), _amount_en(unit, step["got"])
        limit = _amount_en(unit, step["limit"])
        return f"{cap.en}: at most {limit} a {step['per']}, {used} already used, {got} counted"
    period = "本日" if step["per"] == "day" else "本月"
    amounts = (_amount_zh(unit, step[key]) for key in ("limit", "used", "got"))
    return "{}{}上限 {}，已用 {}，得 {}".format(cap.zh, period, *amounts)


def _fixed(step: Step, en: bool) -> str:
    return _points(step["points"]) if en else f"{step['points']} 分"


def _found_first(step: Step, en: bool) -> str:
    return f"found before anyone complained + {step['points']}" if en else f"未诉先办 + {step['points']} 分"


def _repeat(step: Step, en: bool) -> str:
    if en:
        return f"repeat number {step['ordinal']} within the time: {_points(step['points'])}"
    return f"时限内第 {step['ordinal']} 次重复上报，{step['points']} 分"


def _hours(step: Step, en: bool) -> str:
    hours = f"{step['minutes'] / 60:.2f}".rstrip("0").rstrip(".")
    if en:
        every = "an hour" if step["per_hours"] == 1 else f"for every {step['per_hours']} hours"
        return f"{step['each']} {every} × {hours} hours = {_points(step['points'])}"
    every = "每小时" if step["per_hours"] == 1 else f"每 {step['per_hours']} 小时"
    return f"{every} {step['each']} 分 × {hours} 小时 = {step['points']} 分"


def _share(step: Step, en: bool) -> str:
    words = _OUTCOMES.get(step["outcome"], ("没有写明结果", "no outcome given"))
    if "parts" in step:
        return _claimed(step, words, en)
    if en:
        return (
            f"{words[1]}: {step['pool']} shared by {step['mediators']}, "
            f"share {step['place']} = {_points(step['points'])}"
        )
    pool, shares = step["pool"], step["mediators"]
    return f"{words[0]}共 {pool} 分，{shares} 人分，第 {step['place']} 份 = {step['points']} 分"


def _claimed(step: Step, words: tuple[str, str], en: bool) -> str:
    """Shares that somebody agreed on, in parts of their sum."""
    if en:
        return f"{words[1]}: {step['pool']}, {step['parts']} of {step['of']} = {_points(step['points'])}"
    return f"{words[0]}共 {step['pool']} 分，占 {step['of']} 分之 {step['parts']} = {step['points']} 分"


def _no_rule(_step: Step, en: bool) -> str:
    return "no rule speaks of this: 0 points" if en else "细则里没有这一项，0 分"


def _duty(step: Step, en: bool) -> str:
    named = roles.NAMES.get(str(step["role"]), str(step["role"]))
    return "part of their paid duty: 0 points" if en else f"{named}在岗做的，是本职，不计分"


def _returned(_step: Step, en: bool) -> str:
    return "returned" if en else "退回，不计分"


_STEPS: dict[str, Callable[[Step, bool], str]] = {
    "fixed": _fixed,
    "found_first": _found_first,
    "repeat": _repeat,
    "hours": _hours,
    "share": _share,
    "no_rule": _no_rule,
    "duty": _duty,
    "returned": _returned,
}


def _points(points: int) -> str:
    return "1 point" if points == 1 else f"{points} points"


def _amount_zh(unit: str, amount: int) -> str:
    if unit == "points":
        return f"{amount} 分"
    return f"{amount // 60} 小时" if amount % 60 == 0 else f"{amount} 分钟"


def _amount_en(unit: str, amount: int) -> str:
    if unit == "points":
        return _points(amount)
    if amount % 60 == 0:
        return "1 hour" if amount == 60 else f"{amount // 60} hours"
    return f"{amount} minutes"
