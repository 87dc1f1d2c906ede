"""The text of a rule book: TOML in, a RuleBook out, or every problem in it at once."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources

from points.awards import rule_checks
from points.awards.caps import Cap
from points.awards.errors import BadRuleBook
from points.awards.rule import GIFTS_A_MONTH, Group, Repeats, Rule, RuleBook
from points.awards.rule_problems import N_, Problem, Where
from points.awards.rule_table import Table
from points.people import kinds

CATEGORIES = frozenset("DSFHENPTWCAVMZ")
ROLES = frozenset({"reporter", "handler", "mediator", "participant"})
EVENT_KINDS = frozenset({"report", "mediation", "activity", "meeting", "decision"})
SEVERITIES = frozenset({"ordinary", "major"})
OUTCOMES = frozenset({"oral", "ordinary", "difficult", "failed"})
LANES = frozenset({"own", "direct", "joint", "whistle"})
EARNERS = ("member", "household", "team", "studio", "community")
"""Whom a rule may give points to."""
PERIODS = ("day", "week", "month", "year")
REPEAT = rule_checks.REPEAT
"""The name under which repeated reports are awarded; no rule may take it."""


def default() -> str:
    """The default rule book that is shipped with Jishan."""
    return resources.files(__package__).joinpath("default_rules.toml").read_text(encoding="utf-8")


def parse(text: str) -> RuleBook:
    """The rule book that a text says, to be published. Raises BadRuleBook, its fact `found` every problem in a list."""
    rule_book, doubts = _read(text)
    if doubts:
        raise _bad(list(doubts))
    return rule_book


def published(text: str) -> RuleBook:
    """The rule book that a published text says: by what was refused when it was published, and nothing newer.

    A version never changes, so a text that was good then must be read for ever.
    """
    return _read(text)[0]


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[RuleBook, tuple[Problem, ...]]:
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _bad([Problem(Where(), N_("不是 TOML：{error}"), error=str(error))]) from error
    problems: list[Problem] = []
    doubts: list[Problem] = []
    rule_book = _rule_book(Table(said, Where(), problems, doubts))
    if problems:
        raise _bad(problems + doubts)
    return rule_book, tuple(doubts)


def _bad(problems: list[Problem]) -> BadRuleBook:
    return BadRuleBook(count=len(problems), problems="；".join(problems), found=problems)


def _rule_book(said: Table) -> RuleBook:
    title, notice, expiry = said.table("title"), said.table("notice"), said.table("expiry")
    caps = {name: _cap(name, each) for name, each in said.tables("caps").items()}
    groups = {name: _group(name, each, caps) for name, each in said.tables("groups").items()}
    tables = said.list_of_tables("rules")
    gifts = said.table("gifts") if "gifts" in said.said else None
    rule_book = RuleBook(
        title_zh=title.text("zh"),
        title_en=title.text("en"),
        in_force_from=said.day("in_force_from"),
        notice_days=notice.whole("days", most=30),
        lapses_after_years=expiry.whole("years_after", most=50),
        repeats=_repeats(said.table("repeats"), caps),
        caps=caps,
        rules=tuple(_rule(each, caps, groups) for each in tables),
        groups=groups,
        gifts_a_month=gifts.whole("a_month", most=100_000) if gifts else GIFTS_A_MONTH,
    )
    for table in (title, notice, expiry, said, *([gifts] if gifts else [])):
        table.end()
    rule_checks.book(said, rule_book, tables)
    return rule_book


def _cap(name: str, said: Table) -> Cap:
    rule_checks.name(said, name)
    cap = Cap(
        id=name,
        zh=said.text("zh"),
        en=said.text("en"),
        unit=said.one_of("unit", ("minutes", "points")),
        limit=said.whole("limit", least=1),
        per=said.one_of("per", PERIODS),
        of=said.one_of("of", ("member", "household"), default="member"),
    )
    said.end()
    return cap


def _group(name: str, said: Table, caps: dict[str, Cap]) -> Group:
    rule_checks.name(said, name)
    group = Group(id=name, zh=said.text("zh"), en=said.text("en"), caps=said.names("caps", frozenset(caps)))
    said.end()
    return group


def _repeats(said: Table, caps: dict[str, Cap]) -> Repeats:
    repeats = Repeats(
        zh=said.text("zh"),
        en=said.text("en"),
        within_hours=said.whole("within_hours", least=1, most=720),
        first=said.whole("first"),
        later=said.whole("later"),
        caps=said.names("caps", frozenset(caps)),
    )
    said.end()
    return repeats


def _rule(said: Table, caps: dict[str, Cap], groups: dict[str, Group]) -> Rule:
    name = said.text("id")
    rule_checks.name(said, name)
    outcomes = said.amounts("outcomes", OUTCOMES) if "outcomes" in said.said else ()
    rule = Rule(
        id=name,
        zh=said.text("zh"),
        en=said.text("en"),
        roles=frozenset(said.names("roles", ROLES)),
        kinds=frozenset(said.names("kinds", EVENT_KINDS)),
        categories=frozenset(said.names("categories", CATEGORIES)),
        severities=frozenset(said.names("severities", SEVERITIES)),
        types=frozenset(said.names("types", None)),
        member_kinds=frozenset(said.names("member_kinds", frozenset(kinds.NAMES), doubtful=True)),
        lanes=frozenset(said.names("lanes", LANES)),
        teams=frozenset(said.names("teams", None)),
        campaigns=frozenset(said.names("campaigns", None)),
        group=said.one_of("group", tuple(groups)) if groups or "group" in said.said else "",
        points=0 if outcomes else said.whole("points"),
        per_hours=said.whole("per_hours", least=1, most=1000, default=0),
        per_person=said.flag("per_person"),
        shared=said.flag("shared"),
        earns=said.one_of("earns", EARNERS, default="member"),
        studio_percent=said.whole("studio_percent", most=100, default=0),
        score_from=said.whole("score_from", most=100, default=0),
        found_first=said.whole("found_first", default=0),
        outcomes=outcomes,
        counts_minutes=said.flag("counts_minutes"),
        caps=said.names("caps", frozenset(caps)),
    )
    rule_checks.rule(said, rule, caps, groups)
    said.end()
    return rule
