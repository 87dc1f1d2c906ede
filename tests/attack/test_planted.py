"""Every fault that is planted somewhere still fits the product, also those that only `make attack` plants."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.attack.faults import ROOT, Change

PLANTERS = sorted(
    path
    for room in ("attack", "soak")
    for path in (ROOT / "tests" / room).glob("*.py")
    if path != Path(__file__) and "faults import" in (text := path.read_text("utf-8")) and "Change(" in text
)


@pytest.mark.parametrize("path", PLANTERS, ids=lambda path: path.stem)
def test_what_a_fault_replaces_stands_there_once(path: Path) -> None:
    """Otherwise the product was changed and nobody would know that its attack catches anything."""
    module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    found = [changes for name in vars(module) for changes in changes_of(vars(module)[name])]
    assert found, "no fault was found in it"
    for changes in found:
        texts: dict[str, str] = {}
        for change in changes:
            text = texts.get(change.file) or (ROOT / change.file).read_text(encoding="utf-8")
            assert text.count(change.right) == 1, f"{change.file}: {change.right}"
            texts[change.file] = text.replace(change.right, change.wrong)


def changes_of(value: Any) -> Iterator[tuple[Change, ...]]:
    """What is changed together, wherever in a module's constants it stands."""
    if isinstance(value, Change):
        yield (value,)
    elif isinstance(value, tuple | list) and value and all(isinstance(one, Change) for one in value):
        yield tuple(value)
    elif isinstance(value, dict | tuple | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from changes_of(one)
    elif type(value).__module__.startswith("tests.") and hasattr(value, "__dict__"):
        yield from changes_of(list(vars(value).values()))
