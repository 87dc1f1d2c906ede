"""The areas of a file as a tree, put by outside memory: a nation has as many of them as it has communities."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from points.events.imports.firsts import scratch

_TABLE = "CREATE TABLE node (code TEXT PRIMARY KEY, parent TEXT, level INTEGER NOT NULL) WITHOUT ROWID"
_SELECT = "SELECT parent, level FROM node WHERE code = ?"
REMEMBERED = 1024
Node = tuple[str | None, int]


class Tree:
    """Parent and level of each area by its code; whole before anything is asked of it."""

    def __init__(self) -> None:
        self._db = scratch(_TABLE)
        self.get = lru_cache(REMEMBERED)(self._get)

    def add(self, code: str, parent: str | None, level: int) -> None:
        """One area more; each code once."""
        self._db.execute("INSERT INTO node (code, parent, level) VALUES (?, ?, ?)", (code, parent, level))

    def _get(self, code: str) -> Node | None:
        """The parent and level of an area, None when the file has it not."""
        found: Node | None = self._db.execute(_SELECT, (code,)).fetchone()
        return found

    def above(self, codes: Iterable[str]) -> set[str]:
        """These areas and all on their ways up, as far as the file goes and one step further."""
        met: set[str] = set()
        for code in codes:
            at: str | None = code
            while at is not None and at not in met:
                met.add(at)
                node = self.get(at)
                at = node[0] if node else None
        return met
