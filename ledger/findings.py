"""What the checks of an audit share: a finding that says what to do, the book they look at, and reading it in pages."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient

PAGE = 2048
"""Transactions that are read at once: eight tiles of them."""

Row = dict[str, Any]
Values = Sequence[Any]
"""A row as its values in the order of the query, which costs a third of a dictionary."""
Progress = Callable[[int, int], None]


def N_(sentence: str) -> str:
    """Marks a sentence for the catalogue of whoever shows it; it is translated there."""
    return sentence


_RESTORE = N_(
    "先停止记账，不要改动数据库，留一份副本作证据；再用 jishan restore 从备份和分段恢复到新地址，和见证人的检查点核对"
)
ADVICE = {
    "guards": N_(
        "数据库的结构被动过：查清是谁，留一份副本作证据，"
        "再用 jishan restore 恢复到新地址；刚升级的先运行 jishan migrate"
    ),
    "checkpoints": N_(
        "和见证人手里的检查点对照；历史少了或改了就用 jishan restore 恢复，补不回来的由两个人 jishan recover"
    ),
    "cosignatures": N_("请见证人核对自己留着的检查点；查清谁写过数据库"),
    "history": N_("不要再记账；用 jishan restore 从备份和分段恢复，补不回来的由两个人 jishan recover"),
}
"""What to do about a finding of a check; about any other it is to restore the book."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something is not as it must be: at which transaction, in which row, what it is, and what to do about it.

    template   the Chinese sentence with `{names}`; it and `advice` are keys of the catalogue
    facts      what stands in the sentence under those names
    advice     what to do, where it is something else than for the other findings of the check
    known      people have answered for it: it is told, and is no fault
    """

    check: str
    position: int | None
    row: str
    template: str
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)
    advice: str = ""
    known: bool = False

    @property
    def what(self) -> str:
        """What is wrong, in Chinese."""
        return self.template.format(**self.facts) if self.facts else self.template

    @property
    def todo(self) -> str:
        """What to do about it, in Chinese: a key of the catalogue."""
        return self.advice or ADVICE.get(self.check, _RESTORE)


@dataclass
class Audit:
    """One audit of one book: what the checks share. Entries up to `since` were found whole before."""

    db: BaseDBAsyncClient
    size: int
    guards: Mapping[str, str]
    vkey: str | None = None
    progress: Progress | None = None
    since: int = 0
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
C = TypeVar("C", bound=Check)

_LONG: set[str] = set()


def long(check: C) -> C:
    """Marks a check that reads every entry since: progress is counted in those."""
    _LONG.add(check.__name__)
    return check


def is_long(check: Check) -> bool:
    """Whether a check was so marked."""
    return check.__name__ in _LONG


async def pages(audit: Audit, query: str, size: int = PAGE) -> AsyncIterator[list[Row]]:
    """The rows of a query, in pages by its `position`. The query takes the position to start after, and a limit."""
    after = audit.since
    while True:
        page = await audit.db.execute_query_dict(query, [after, size])
        if not page:
            return
        yield page
        after = page[-1]["position"]
        audit.step(len(page))
