"""What the checks of an audit share: a finding, the book they look at, and reading it page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

PAGE = 1000

Row = dict[str, Any]
Values = Sequence[Any]
"""A row as its values in the order of the query, which costs a third of a dictionary."""
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something is not as it must be: at which transaction, in which row, and what."""

    check: str
    position: int | None
    row: str
    what: str


@dataclass
class Audit:
    """One audit of one book: what the checks share."""

    db: BaseDBAsyncClient
    size: int
    guards: Mapping[str, str]
    vkey: str | None = None
    progress: Progress | None = None
    done: int = 0
    goal: int = 0
    total: int = 0

    async def values(self, query: str, *given: Any) -> Sequence[Values]:
        """The rows of a query, each as its values."""
        rows: Sequence[Any] = (await self.db.execute_query(query, list(given)))[1]
        return rows

    def step(self, done: int) -> None:
        """So many more rows have been read; what a check reads beyond its share of the whole is not told."""
        self.done = min(self.done + done, self.goal)
        if self.progress:
            self.progress(self.done, self.total)


Check = Callable[[Audit], AsyncIterator[Finding]]
"""A check yields what it found wrong; nothing, when all is well."""


async def pages(audit: Audit, query: str, size: int = PAGE) -> AsyncIterator[list[Row]]:
    """The rows of a query, in pages by its `position`. The query takes the position to start after, and a limit."""
    after = 0
    while True:
        page = await audit.db.execute_query_dict(query, [after, size])
        if not page:
            return
        yield page
        after = page[-1]["position"]
        audit.step(len(page))
