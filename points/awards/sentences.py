"""The arithmetic of an award in words, Chinese and English; what its rule says is in `rule_sentences`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from points.awards import earner_sentences
from points.awards.caps import Step
from points.awards.rule import RuleBook
from points.awards.rule_sentences import OUTCOMES, amount, every, points, rule, rules
from points.people import roles

__all__ = ["arithmetic", "limits", "rule", "rules"]

_NOW = {"day": "本日", "week": "本周", "month": "本月", "year": "本年"}


def arithmetic(steps: Sequence[Step], rule_book: RuleBook, language: str = "zh") -> str:
    """The steps of an award in one line: `每小时 2 分 × 2 小时 = 4 分；上报本日上限 10 分，已用 8 分，得 2 分`.

    A cap that took nothing away is not spoken of.
    """
    en = language == "en"
    said, before = [], 0
    for step in steps:
        if step["step"] == "cap":
            if step["got"] < step["wanted"]:
                said.append(_cap_step(step, rule_book, en=en))
        else:
            whole = {**step, "whole": before + step["points"]} if step["step"] == "found_first" else step
            said.append(_STEPS[step["step"]](whole, en))
            before = step.get("points", 0)
    return ("; " if en else "；").join(said)


def limits(steps: Sequence[Step], rule_book: RuleBook, language: str = "zh") -> list[str]:
    """Every cap that was asked, also those that took nothing away: for who checks the arithmetic."""
    return [_cap_step(step, rule_book, en=language == "en") for step in steps if step["step"] == "cap"]


def _cap_step(step: Step, rule_book: RuleBook, *, en: bool) -> str:
    """Which cap bit, how much of it was used before, and what was left."""
    cap, home = rule_book.caps[step["cap"]], step.get("of") == "household"
    limit, used, got = (amount(step["unit"], step[key], en) for key in ("limit", "used", "got"))
    if en:
        whose = " for the household" if home else ""
        return f"{cap.en}: at most {limit} a {step['per']}{whose}, {used} already used, {got} counted"
    return f"{cap.zh}{'全家' if home else ''}{_NOW[step['per']]}上限 {limit}，已用 {used}，得 {got}"


def _fixed(step: Step, en: bool) -> str:
    return points(step["points"], en)


def _found_first(step: Step, en: bool) -> str:
    more, whole = step["points"], points(step["whole"], en)
    return f"found before anyone complained + {more} = {whole}" if en else f"未诉先办 + {more} 分 = {whole}"


def _repeat(step: Step, en: bool) -> str:
    if en:
        return f"repeat number {step['ordinal']}: {points(step['points'], en)}"
    return f"第 {step['ordinal']} 次重复上报，{step['points']} 分"


def _hours(step: Step, en: bool) -> str:
    hours = f"{step['minutes'] / 60:.2f}".rstrip("0").rstrip(".")
    if en:
        hours += " hour" if hours == "1" else " hours"
        return f"{step['each']} {every(step['per_hours'], en)} × {hours} = {points(step['points'], en)}"
    return f"{every(step['per_hours'], en)} {step['each']} 分 × {hours} 小时 = {step['points']} 分"


def _share(step: Step, en: bool) -> str:
    words = OUTCOMES.get(step["outcome"], ("没有写明结果", "no outcome given"))
    if "parts" in step:
        return _claimed(step, words, en)
    if en:
        return (
            f"{words[1]}: {step['pool']} shared by {step['mediators']}, "
            f"share {step['place']} = {points(step['points'], en)}"
        )
    pool, shares = step["pool"], step["mediators"]
    return f"{words[0]}共 {pool} 分，{shares} 人分，第 {step['place']} 份 = {step['points']} 分"


def _claimed(step: Step, words: tuple[str, str], en: bool) -> str:
    """Shares that somebody agreed on, in parts of their sum."""
    if en:
        return f"{words[1]}: {step['pool']}, {step['parts']} of {step['of']} = {points(step['points'], en)}"
    return f"{words[0]}共 {step['pool']} 分，占 {step['of']} 分之 {step['parts']} = {step['points']} 分"


def _persons(step: Step, en: bool) -> str:
    """For everybody who came."""
    if en:
        return f"{step['each']} for each person × {step['persons']} = {points(step['points'], en)}"
    return f"每位 {step['each']} 分 × 来了 {step['persons']} 位 = {step['points']} 分"


def _split(step: Step, en: bool) -> str:
    """A share of what several did together."""
    if en:
        part = f"{step['parts']} of {step['of']}" if "parts" in step else f"share {step['place']}"
        return f"{step['pool']} shared by {step['persons']}, {part} = {points(step['points'], en)}"
    part = f"占 {step['of']} 分之 {step['parts']}" if "parts" in step else f"第 {step['place']} 份"
    return f"{step['persons']} 人分 {step['pool']} 分，{part} = {step['points']} 分"


def _no_rule(_step: Step, en: bool) -> str:
    return "no rule speaks of this: 0 points" if en else "细则里没有这一项，0 分"


def _duty(step: Step, en: bool) -> str:
    named = roles.NAMES.get(str(step["role"]), str(step["role"]))
    return "part of their paid duty: 0 points" if en else f"{named}在岗做的，是本职，不计分"


def _once(_step: Step, en: bool) -> str:
    if en:
        return "one event counts once by one rule, and it was counted for another role: 0 points"
    return "一件事同一细则只记一次，另一项已经记了，0 分"


def _returned(_step: Step, en: bool) -> str:
    return "returned" if en else "退回，不计分"


_STEPS: dict[str, Callable[[Step, bool], str]] = {
    "fixed": _fixed,
    "found_first": _found_first,
    "repeat": _repeat,
    "hours": _hours,
    "share": _share,
    "persons": _persons,
    "split": _split,
    "no_rule": _no_rule,
    "duty": _duty,
    "once": _once,
    "returned": _returned,
    **earner_sentences.STEPS,
}
