"""What kinds of acts the product writes, read from its own source: a new one is met by the test of the words."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

POINTS = Path(__file__).resolve().parents[2] / "points"
PEOPLE, EVIDENCE = "points.people", "points.evidence"


def written() -> dict[str, str]:
    """Each kind of evidence of an act, with where it is posted; where it cannot be read, `?` and the place."""
    found: dict[str, str] = {}
    for file in sorted(POINTS.rglob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        room = _acts_of(tree)
        for call in _calls(tree) if room else ():
            where = f"{file.relative_to(POINTS.parent)}:{call.lineno}"
            names = list(_kinds(tree, call, room))
            for name in names or [f"?{where}"]:
                found.setdefault(name, where)
    return found


def _acts_of(tree: ast.Module) -> str:
    """Which of the two rooms' acts a module posts with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and any(one.name == "acts" for one in node.names):
            return node.module or ""
    return ""


def _calls(tree: ast.Module) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("post", "draft")
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "acts"
        ):
            yield node


def _kinds(tree: ast.Module, call: ast.Call, room: str) -> Iterator[str]:
    """The second argument is the kind itself where acts are about people; else the third begins with it."""
    given = call.args[1] if room == PEOPLE else call.args[2]
    for one in _values(tree, given):
        kind = one.elts[0] if isinstance(one, ast.Tuple) else one
        for value in _values(tree, kind):
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


def _values(tree: ast.Module, given: ast.expr) -> Iterator[ast.expr]:
    """What a name is set to anywhere in its module, or the expression itself."""
    if isinstance(given, ast.IfExp):
        yield from _values(tree, given.body)
        yield from _values(tree, given.orelse)
    elif isinstance(given, ast.Name):
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                yield from _assigned(node, given.id)
    else:
        yield given


def _assigned(node: ast.Assign, name: str) -> Iterator[ast.expr]:
    for target in node.targets:
        if isinstance(target, ast.Name) and target.id == name:
            yield node.value
        elif isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
            pairs = zip(target.elts, node.value.elts, strict=False)
            yield from (value for one, value in pairs if isinstance(one, ast.Name) and one.id == name)
