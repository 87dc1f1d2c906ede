"""Edits: change single figures of a rule book's text and leave every other letter as it was written, comments too.

A figure is named by its path: `in_force_from`, `notice.days`, `caps.report-day.limit`, `rules.hazard.points`,
`rules.mediation.outcomes.oral`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from points.awards.errors import NoSuchFigure, NotEditable

Value = int | str | date

BOOK = ("in_force_from", "title.zh", "title.en", "notice.days", "expiry.years_after")
REPEATS = ("within_hours", "first", "later")
OF_A_RULE = ("points", "per_hours", "found_first")
"""Figures of a rule that a form offers, also where the text leaves them out; then they are nought.

Hours only where time is counted, and what was found first only where somebody reports: elsewhere they say nothing.
"""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(
    r"""^(?P<indent>\s*)(?P<key>[A-Za-z0-9_-]+)(?P<is>\s*=\s*)
    (?P<value>"(?:[^"\\]|\\.)*"|'[^']*'|[^\s#"'\[{][^\s#]*)(?P<rest>\s*(?:\#.*)?)$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its path and its value; `None`: the text leaves it out."""

    path: str
    value: Value | None


@dataclass(frozen=True, slots=True)
class Rule:
    """The figures of one rule, those of its outcomes among them."""

    id: str
    zh: str
    en: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """What a form offers to change: the book's own figures, the repeats, each cap's limit, each rule's figures."""

    book: tuple[Figure, ...]
    repeats: tuple[Figure, ...]
    caps: tuple[Rule, ...]
    rules: tuple[Rule, ...]

    @property
    def every(self) -> dict[str, Value | None]:
        """All of them by path."""
        groups = (self.book, self.repeats, *(each.figures for each in (*self.caps, *self.rules)))
        return {figure.path: figure.value for group in groups for figure in group}


def figures(text: str) -> Figures:
    """The figures of a text that `rule_text` reads."""
    said = tomllib.loads(text)
    return Figures(
        book=tuple(_figure(said, path) for path in BOOK),
        repeats=tuple(_figure(said, f"repeats.{key}") for key in REPEATS),
        caps=tuple(
            Rule(name, cap["zh"], cap["en"], (_figure(said, f"caps.{name}.limit"),))
            for name, cap in said.get("caps", {}).items()
        ),
        rules=tuple(_rule(said, rule) for rule in said.get("rules", [])),
    )


def _rule(said: dict[str, Any], rule: dict[str, Any]) -> Rule:
    begins = f"rules.{rule['id']}"
    outcomes = rule.get("outcomes", {})
    keys = [f"outcomes.{name}" for name in outcomes] or [key for key in OF_A_RULE if _says(rule, key)]
    return Rule(rule["id"], rule["zh"], rule["en"], tuple(_figure(said, f"{begins}.{key}") for key in keys))


def _says(rule: dict[str, Any], key: str) -> bool:
    where = {
        "per_hours": rule.get("counts_minutes", False),
        "found_first": "reporter" in rule.get("roles", ()),
    }
    return key in rule or bool(where.get(key, True))


def _figure(said: dict[str, Any], path: str) -> Figure:
    return Figure(path, _value(said, path))


def _value(said: dict[str, Any], path: str) -> Any:
    """What stands at a path; None where nothing does."""
    here: Any = said
    for name in path.split("."):
        if isinstance(here, list):
            here = next((each for each in here if each.get("id") == name), None)
        elif isinstance(here, dict):
            here = here.get(name)
        if here is None:
            return None
    return here


def changed(text: str, values: Mapping[str, Value]) -> str:
    """The text with these figures; nought for one that is left out changes nothing.

    What came of it is read again, and must say just that and nothing else. Raises NoSuchFigure where a path leads
    nowhere, and NotEditable where the text says it in a way that only a person can change.
    """
    for path, value in values.items():
        before = tomllib.loads(text)
        if _value(before, path) == value or (_value(before, path) is None and not value):
            continue
        text = _with(text, path, value, before)
        if not _said_just_that(before, text, path, value):
            raise NotEditable(key=path)
    return text


def _said_just_that(before: dict[str, Any], text: str, path: str, value: Value) -> bool:
    try:
        after = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    if _value(after, path) != value:
        return False
    _put(after, path, _value(before, path))
    return after == before


def _put(said: dict[str, Any], path: str, value: Any) -> None:
    """Put a value back, or take it away, in what was read."""
    *above, key = path.split(".")
    here = _value(said, ".".join(above)) if above else said
    if value is None:
        here.pop(key, None)
    else:
        here[key] = value


def _with(text: str, path: str, value: Value, said: dict[str, Any]) -> str:
    *above, key = path.split(".")
    table = ".".join(above)
    if above and _value(said, table) is None:
        raise NoSuchFigure(key=path)
    lines = text.split("\n")
    last = None
    for place, where in enumerate(_tables(lines)):
        if where != table:
            continue
        found = _KEY.match(lines[place])
        if found and found["key"] == key:
            lines[place] = f"{found['indent']}{key}{found['is']}{written(value)}{found['rest']}"
            return "\n".join(lines)
        if found or (above and _HEADER.match(lines[place])):
            last = place
    if last is None:
        raise NotEditable(key=path)
    lines.insert(last + 1, f"{key} = {written(value)}")
    return "\n".join(lines)


def _tables(lines: list[str]) -> Iterator[str]:
    """The table that each line belongs to, by its path; a rule's by its id, which is looked for further down."""
    where, rule = "", ""
    for place, line in enumerate(lines):
        header = _HEADER.match(line)
        if header and header[1] == "[[":
            rule = where = f"{header[2]}.{_id_below(lines, place)}"
        elif header:
            inside = header[2].split(".", 1)
            nested = rule and rule.startswith(inside[0] + ".") and len(inside) == 2
            where = f"{rule}.{inside[1]}" if nested else header[2]
        yield where


def _id_below(lines: list[str], place: int) -> str:
    """The id of the rule whose header stands here."""
    for line in lines[place + 1 :]:
        if _HEADER.match(line):
            return ""
        found = _KEY.match(line)
        if found and found["key"] == "id":
            return found["value"].strip("\"'")
    return ""


def written(value: Value) -> str:
    """A value in TOML: a whole number, a day, or a line of text."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)
