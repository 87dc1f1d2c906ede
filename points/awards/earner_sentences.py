"""Whose the points are, in words: what a rule says of it, and the steps of an award that say it."""

from __future__ import annotations

from collections.abc import Callable

from points.awards.caps import Step
from points.awards.rule import Rule

_TO = {
    "household": ("记给家庭户", "for the household"),
    "team": ("记给志愿队", "for the team"),
    "studio": ("记给调解室", "for the mediation studio"),
    "community": ("记进社区的积分资金", "into the community's fund"),
}
_NONE = {
    "household": ("没有登记家庭户，不计分", "in no household: 0 points"),
    "team": ("那天不在志愿队里，不计分", "in no team that day: 0 points"),
    "studio": ("没有写明调解室，不计分", "no studio was named: 0 points"),
}
_KINDS = {"household": ("家庭户", "household"), "team": ("志愿队", "team"), "studio": ("调解室", "studio")}


def rule(found: Rule, *, en: bool) -> str:
    """The half-sentence that says whom a rule gives to, with its comma; empty when it is the member."""
    if found.studio_percent:
        percent = found.studio_percent
        return f", {percent}% of it for the studio" if en else f"，其中 {percent}% 归调解室"
    if found.earns == "member":
        return ""
    if found.earns == "community" and found.score_from:
        least = found.score_from
        return (
            f", for a score of {least} or more, {_TO['community'][1]}"
            if en
            else f"，考核得分 {least} 以上，{_TO['community'][0]}"
        )
    return f", {_TO[found.earns][1]}" if en else f"，{_TO[found.earns][0]}"


def _earner(step: Step, en: bool) -> str:
    return (
        f"all {step['points']} for the {_named(step, en)}"
        if en
        else f"{step['points']} 分都记给{_named(step, en)}"
    )


def _studio(step: Step, en: bool) -> str:
    if en:
        return f"{step['percent']}% of the pool, {step['points']} of this, for the {_named(step, en)}"
    return f"其中 {step['points']} 分归{_named(step, en)}（占 {step['percent']}%）"


def _no_earner(step: Step, en: bool) -> str:
    return _NONE[str(step["earns"])][en]


def _named(step: Step, en: bool) -> str:
    kind, _, number = str(step["owner"]).partition("/")
    return f"{_KINDS[kind][en]} {number}"


STEPS: dict[str, Callable[[Step, bool], str]] = {
    "earner": _earner,
    "studio": _studio,
    "no_earner": _no_earner,
}
"""How each of these steps is said, in Chinese or English."""
