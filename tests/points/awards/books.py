"""Rule books that Hypothesis makes up: whatever may be written, and nothing that may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from points.awards.caps import Cap
from points.awards.rule import Group, Repeats, Rule, RuleBook

NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,11}", fullmatch=True).filter(lambda name: name != "repeat")
WORDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=80)
SELECTORS: dict[str, list[str]] = {
    "kinds": ["report", "mediation", "activity", "meeting", "decision"],
    "categories": ["D", "F", "Z"],
    "severities": ["ordinary", "major"],
    "types": ["巡逻", "镇街表扬", 'a "quoted" \\ word'],
    "member_kinds": ["volunteer", "staff", "special"],
    "lanes": ["own", "direct", "joint", "whistle"],
    "teams": ["T-0001", "D-0002"],
    "campaigns": ["0" * 32],
}
CAP = st.builds(
    Cap,
    id=NAMES,
    zh=WORDS,
    en=WORDS,
    unit=st.sampled_from(["points", "minutes"]),
    limit=st.integers(500, 1_000_000),
    per=st.sampled_from(["day", "week", "month", "year"]),
    of=st.sampled_from(["member", "household"]),
)


@st.composite
def rule_books(draw: st.DrawFn) -> RuleBook:
    """A book with up to four caps, three groups and six rules."""
    caps = {cap.id: cap for cap in draw(st.lists(CAP, max_size=4, unique_by=lambda cap: cap.id))}
    points = [name for name, cap in caps.items() if cap.unit == "points"]
    some = st.lists(st.sampled_from(sorted(points)), unique=True).map(tuple) if points else st.just(())
    groups = {
        name: Group(name, draw(WORDS), draw(WORDS), draw(some))
        for name in draw(st.lists(NAMES, max_size=3, unique=True))
    }
    ids = draw(st.lists(NAMES, min_size=1, max_size=6, unique=True))
    rules = [draw(_rule(name, sorted(caps), sorted(points), sorted(groups))) for name in ids]
    return RuleBook(
        title_zh=draw(WORDS),
        title_en=draw(WORDS),
        in_force_from=draw(st.dates(date(2000, 1, 1), date(2100, 1, 1))),
        notice_days=draw(st.integers(0, 30)),
        lapses_after_years=draw(st.integers(0, 50)),
        repeats=Repeats("重复", "repeat", draw(st.integers(1, 720)), 1, 0, draw(some)),
        caps=caps,
        rules=tuple(rules),
        groups=groups,
        gifts_a_month=draw(st.sampled_from([0, 30, 100])),
    )


@st.composite
def _rule(draw: st.DrawFn, name: str, caps: list[str], points: list[str], groups: list[str]) -> Rule:
    shape: dict[str, Any] = draw(
        st.sampled_from(
            [
                {"roles": ["reporter"], "found_first": 2},
                {"roles": ["reporter", "participant"]},
                {"roles": ["participant"], "per_hours": 2, "counts_minutes": True},
                {"roles": ["reporter"], "per_person": True},
                {"roles": ["handler"], "shared": True},
                {"roles": ["mediator"], "outcomes": (("oral", 5), ("failed", 1))},
            ]
        )
    )
    selects = {
        key: frozenset(draw(st.lists(st.sampled_from(words), max_size=2))) for key, words in SELECTORS.items()
    }
    allowed = caps if shape.get("counts_minutes") else points
    rule = Rule(
        id=name,
        zh=draw(WORDS),
        en=draw(WORDS),
        group=draw(st.sampled_from(groups)) if groups else "",
        points=0 if shape.get("outcomes") else draw(st.integers(0, 400)),
        caps=tuple(draw(st.lists(st.sampled_from(allowed), unique=True))) if allowed else (),
        **selects,
        **{**shape, "roles": frozenset(shape["roles"])},
    )
    return replace(rule, found_first=shape.get("found_first", 0))
