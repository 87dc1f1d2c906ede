"""Check a whole book against itself: run a list of small checks, each of which returns findings that name the row.

Everything is read in pages in the order of its key, so that memory does not grow with the ledger.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import OperationalError

from ledger import schema, tree
from ledger.checks_of_balances import balances_add_up, reversals_give_back
from ledger.checks_of_proofs import checkpoints_match_tree, tiles_match_leaves
from ledger.checks_of_texts import rows_match_texts
from ledger.errors import LedgerError
from ledger.findings import Audit, Check, Finding, Progress


@dataclass(frozen=True)
class Report:
    """What an audit found. `whole` when it found nothing."""

    size: int
    root: str
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def whole(self) -> bool:
        """Nothing was found."""
        return not self.findings


async def run(
    db: BaseDBAsyncClient,
    checks: Sequence[Check] | None = None,
    *,
    guards: Mapping[str, str],
    vkey: str | None = None,
    progress: Progress | None = None,
) -> Report:
    """Run the checks one after another over the book as it stands now."""
    begun = time.monotonic()
    size = await tree.head(db)
    chosen = tuple(CHECKS if checks is None else checks)
    audit = Audit(db, size, guards, vkey, progress, total=max(1, size * len(chosen)))
    findings: list[Finding] = []
    for order, check in enumerate(chosen, 1):
        audit.goal = size * order
        findings += await _found(check, audit)
        audit.step(audit.goal - audit.done)
    root = await _root(db, size)
    return Report(size, root, tuple(c.__name__ for c in chosen), tuple(findings), time.monotonic() - begun)


async def _found(check: Check, audit: Audit) -> list[Finding]:
    """What a check finds. One that cannot read what stands there is run again where damage is shown."""
    try:
        return [finding async for finding in check(audit)]
    except OperationalError:
        with _damage_shown(audit.db):
            return [finding async for finding in check(audit)]


@contextmanager
def _damage_shown(db: BaseDBAsyncClient) -> Iterator[None]:
    """SQLite keeps a text whose bytes are no text any more; it is read as \\xff…, so that its row can be named.

    That is slow for every text, so it is done only when it is needed.
    """
    connection: Any = getattr(db, "connection", None)
    if not hasattr(connection, "text_factory"):
        yield
        return
    before = connection.text_factory
    connection.text_factory = lambda data: data.decode("utf-8", "backslashreplace")
    try:
        yield
    finally:
        connection.text_factory = before


async def _root(db: BaseDBAsyncClient, size: int) -> str:
    try:
        return (await tree.root_at(db, size)).hex()
    except LedgerError:
        return ""


async def guards_are_in_place(audit: Audit) -> AsyncIterator[Finding]:
    """Tables, indexes and triggers stand as the migrations' SQL files say."""
    for name in schema.missing_from(await schema.present(audit.db), audit.guards):
        yield Finding("guards", None, name, "缺少，或与迁移文件不同；请从备份恢复结构")


CHECKS: list[Check] = [
    guards_are_in_place,
    rows_match_texts,
    balances_add_up,
    tiles_match_leaves,
    checkpoints_match_tree,
    reversals_give_back,
]
"""What must hold inside the ledger. Whoever opened the book adds what must hold around it, such as its evidence."""
