"""Differences between two rule books, rule by rule: what was, what it becomes, what is new and what is gone. Pure.

The texts are compared as what they say, key by key under the names in the text; how they are laid out, and their
comments, make no difference, nor does the order in a list. That of the rules does: the first that holds counts.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

BOOK, REPEATS, CAP, GROUP, RULE = "book", "repeats", "cap", "group", "rule"
ADDED, REMOVED, CHANGED, MOVED = "added", "removed", "changed", "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """A key of the text, what it said and what it says; empty where it is left out."""

    key: str
    was: str
    becomes: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs in one part of the book; `kind` is book, repeats, cap, group or rule, `what` became of it.

    `changes` are the keys that differ; of a part that is new or gone, all of them. A rule that moved stands at another
    place among those that both books have.
    """

    kind: str
    what: str
    id: str
    zh: str
    en: str
    changes: tuple[Change, ...]


def between(was: str, becomes: str) -> list[Difference]:
    """What differs between two texts, in the order of the newer one; what is gone comes last in its kind."""
    old, new = tomllib.loads(was), tomllib.loads(becomes)
    return [*_book(old, new), *_parts(old, new), *_rules(old, new)]


def _book(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    plain = [{k: v for k, v in each.items() if k not in _PARTS} for each in (old, new)]
    changes = _changes(_flat(plain[0]), _flat(plain[1]))
    if changes:
        yield Difference(BOOK, CHANGED, "", "", "", changes)
    repeats = _changes(_flat(old.get("repeats", {})), _flat(new.get("repeats", {})))
    if repeats:
        yield Difference(REPEATS, CHANGED, "", "", "", repeats)


_PARTS = ("repeats", "caps", "groups", "rules")


def _parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    for key, kind in (("caps", CAP), ("groups", GROUP)):
        yield from _named(kind, old.get(key, {}), new.get(key, {}))


def _rules(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Difference]:
    was, becomes = ({rule["id"]: rule for rule in each.get("rules", [])} for each in (old, new))
    yield from _named(RULE, was, becomes)
    for name in _moved([n for n in was if n in becomes], [n for n in becomes if n in was]):
        yield _difference(RULE, MOVED, name, becomes[name], ())


def _named(
    kind: str, was: Mapping[str, Mapping[str, Any]], becomes: Mapping[str, Mapping[str, Any]]
) -> Iterator[Difference]:
    for name, new in becomes.items():
        changes = _changes(_flat(was.get(name, {})), _flat(new))
        if name not in was:
            yield _difference(kind, ADDED, name, new, changes)
        elif changes:
            yield _difference(kind, CHANGED, name, new, changes)
    for name, old in was.items():
        if name not in becomes:
            yield _difference(kind, REMOVED, name, old, _changes(_flat(old), {}))


def _difference(
    kind: str, what: str, name: str, said: Mapping[str, Any], changes: tuple[Change, ...]
) -> Difference:
    return Difference(kind, what, name, str(said.get("zh", "")), str(said.get("en", "")), changes)


def _moved(was: Sequence[str], becomes: Sequence[str]) -> list[str]:
    """The fewest names that must have moved: those outside a longest run that kept its order."""
    place = {name: n for n, name in enumerate(was)}
    best: list[list[str]] = []
    for name in becomes:
        kept = _longest([run for run in best if place[run[-1]] < place[name]])
        best.append([*kept, name])
    stayed = set(_longest(best))
    return [name for name in becomes if name not in stayed]


def _longest(runs: Sequence[list[str]]) -> list[str]:
    empty: list[str] = []
    return max(runs, key=len) if runs else empty


def _changes(was: Mapping[str, str], becomes: Mapping[str, str]) -> tuple[Change, ...]:
    keys = [*becomes, *(key for key in was if key not in becomes)]
    pairs = ((key, was.get(key, ""), becomes.get(key, "")) for key in keys if key != "id")
    return tuple(Change(*each) for each in pairs if each[1] != each[2])


def _flat(said: Mapping[str, Any], begins: str = "") -> dict[str, str]:
    """Every key with its path inside the part, and its value as a person reads it."""
    found: dict[str, str] = {}
    for key, value in said.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{begins}{key}.")
        else:
            found[begins + key] = _said(value)
    return found


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "、".join(sorted(map(str, value)))
    return str(value)
