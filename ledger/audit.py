"""Check a whole book against itself: run a list of small checks, each of which returns findings that name the row.

Everything is read in pages in the order of its key, so that memory does not grow with the ledger.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.exceptions import OperationalError

from ledger import checks_of_balances, checks_of_texts, schema, stretches, tree
from ledger.checks_of_proofs import Tiles, checkpoints_match_tree, cosignatures_have_heads
from ledger.errors import LedgerError
from ledger.findings import N_, Audit, Check, Finding, Progress, is_long, long

AT_MOST = 10_000
"""Findings of one check; where there are as many, nobody counts further."""
UNREADABLE = N_("有一处写的不是它该有的样子，读不下去：{problem}")
TRIES = 5
"""So often a check looks again when the book grew under it."""


@dataclass(frozen=True)
class Report:
    """What an audit found. `whole` when it found nothing.

    since   entries before were not read again: the record of an earlier audit stands for them; 0: all were read
    known   what was found and people have answered for
    why     the sentence that says why it began there, with its facts; empty when nobody asked
    """

    size: int
    root: str
    checks: tuple[str, ...]
    findings: tuple[Finding, ...]
    seconds: float
    since: int = 0
    known: tuple[Finding, ...] = ()
    why: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def told(self, why: str, facts: Mapping[str, Any]) -> Report:
        """The same report, with why it began where it did."""
        return replace(self, why=why, facts=facts)

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
    since: int = 0,
) -> Report:
    """Run the checks one after another over the book as it stands now, or over what came after the entry `since`."""
    begun = time.monotonic()
    size = await tree.head(db)
    chosen = tuple(CHECKS if checks is None else checks)
    audit = Audit(db, size, guards, vkey, progress, since)
    audit.total = max(1, (size - since) * sum(map(is_long, chosen)))
    findings: list[Finding] = []
    for check in chosen:
        audit.goal += size - since if is_long(check) else 0
        findings += await _standing(check, audit)
        audit.step(audit.goal - audit.done)
    root = await _root(db, size)
    faults = tuple(one for one in findings if not one.known)
    known = tuple(one for one in findings if one.known)
    return Report(
        size, root, tuple(c.__name__ for c in chosen), faults, time.monotonic() - begun, since, known
    )


async def _standing(check: Check, audit: Audit) -> list[Finding]:
    """What a check finds, and finds again. An audit stops nobody, so two statements of a check may see a book before an
    entry and after it: what they disagree on counts when the book did not grow meanwhile, or is still so later. A long
    check reads only what was there when the audit began."""
    before = await tree.head(audit.db)
    found = await _found(check, audit)
    for _ in range(0 if is_long(check) else TRIES):
        if not found or before == (before := await tree.head(audit.db)):
            break
        still = {_place(one) for one in found}
        found = [one for one in await _found(check, audit) if _place(one) in still]
    return found


def _place(finding: Finding) -> tuple[object, ...]:
    """What a finding is about; its numbers may have moved on."""
    return finding.check, finding.position, finding.row, finding.template


async def _found(check: Check, audit: Audit) -> list[Finding]:
    """What a check finds. One that cannot read what stands there is run again where damage is shown."""
    try:
        return await _first(check, audit)
    except OperationalError:
        with _damage_shown(audit.db):
            return await _first(check, audit)


async def _first(check: Check, audit: Audit) -> list[Finding]:
    """What a check finds, up to a number: a book that is wrong all through must not fill the memory."""
    found: list[Finding] = []
    try:
        async for finding in check(audit):
            found.append(finding)
            if len(found) >= AT_MOST:
                break
    # A moment that is none, a number of nothing: said, and the other checks go on.
    except (ValueError, LookupError, TypeError) as error:
        found.append(Finding(check.__name__, None, "", UNREADABLE, {"problem": repr(error)}))
    return found


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
        yield Finding("guards", None, name, N_("缺少、多出，或与迁移文件不同"))


@long
async def entries_hold_together(audit: Audit) -> AsyncIterator[Finding]:
    """Texts say what rows say, numbers add up, corrections give back, tiles are made of the leaves: in one reading."""
    tiles = Tiles(audit)
    await tiles.begin()
    async for stretch in stretches.read(audit):
        for finding in checks_of_texts.of_stretch(stretch):
            yield finding
        for finding in checks_of_balances.of_stretch(stretch):
            yield finding
        for finding in await checks_of_balances.corrections_give_back(audit, stretch):
            yield finding
        for finding in await tiles.take(stretch):
            yield finding
    for finding in await tiles.end():
        yield finding
    async for finding in checks_of_texts.beyond(audit):
        yield finding


CHECKS: list[Check] = [
    guards_are_in_place,
    entries_hold_together,
    checkpoints_match_tree,
    cosignatures_have_heads,
]
