"""The file a catalogue is read from: items with their kind, cost and first price, as TOML."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources
from typing import Any

from points.market.baskets import folded
from points.market.errors import BadCatalogue

KINDS = ("goods", "service", "honour")
NAME_AT_MOST = 60
POINTS_AT_MOST = 1_000_000
FEN_AT_MOST = 100_000_000

_KEYS = {"name", "name_en", "kind", "cost_fen", "points"}


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it is asked for: its names (zh, en), kind, what one costs in fen, and its price in points."""

    name: str
    name_en: str
    kind: str
    cost_fen: int
    points: int


def default() -> tuple[Entry, ...]:
    """The catalogue a new book begins with (mission.md §5), shipped with this package."""
    return read(resources.files(__package__).joinpath("default_catalogue.toml").read_text(encoding="utf-8"))


def read(text: str) -> tuple[Entry, ...]:
    """The entries of a catalogue file: a table `[[item]]` with name, name_en, kind, cost_fen and points for each.

    Raises BadCatalogue, which lists every problem.
    """
    try:
        tables = tomllib.loads(text).get("item")
    except tomllib.TOMLDecodeError as error:
        raise BadCatalogue(problems=f"不是 TOML：{error}") from None
    if not isinstance(tables, list) or not tables:
        raise BadCatalogue(problems="没有 [[item]]")
    found = [problem for n, table in enumerate(tables, 1) for problem in _problems_of_table(n, table)]
    found += _repeated(tables)
    if found:
        raise BadCatalogue(problems="；".join(found))
    return tuple(Entry(**table) for table in tables)


def problems(entry: Entry) -> Iterator[str]:
    """What is wrong with an entry, in words; nothing when it can be added."""
    for name in (entry.name, entry.name_en):
        if not is_name(name):
            yield f"名字“{name}”要有 1 到 {NAME_AT_MOST} 个字，前后没有空格"
    if entry.kind not in KINDS:
        yield f"种类“{entry.kind}”不是 {'、'.join(KINDS)} 之一"
    if not 0 <= entry.cost_fen <= FEN_AT_MOST:
        yield f"成本 {entry.cost_fen} 分钱不在 0 到 {FEN_AT_MOST} 之间"
    if not 0 <= entry.points <= POINTS_AT_MOST:
        yield f"价格 {entry.points} 分不在 0 到 {POINTS_AT_MOST} 之间"


def is_name(text: str) -> bool:
    """Whether a text can be the name of an item, a shop or a document: printable, trimmed, 1 to 60 characters."""
    return 0 < len(text) <= NAME_AT_MOST and text == text.strip() and text.isprintable()


def _problems_of_table(n: int, table: Any) -> Iterator[str]:
    if not isinstance(table, dict) or table.keys() != _KEYS:
        yield f"第 {n} 项要有且只有 {'、'.join(sorted(_KEYS))}"
        return
    texts = all(isinstance(table[key], str) for key in ("name", "name_en", "kind"))
    if not texts or any(type(table[key]) is not int for key in ("cost_fen", "points")):
        yield f"第 {n} 项的文字要用引号，数要用整数"
        return
    yield from (f"第 {n} 项的{problem}" for problem in problems(Entry(**table)))


def _repeated(tables: list[Any]) -> list[str]:
    names = Counter(
        folded(str(table.get("name", n))) for n, table in enumerate(tables) if isinstance(table, dict)
    )
    return [f"“{name}”出现了 {count} 次" for name, count in names.items() if count > 1]
